import 'server-only';
import type { Context } from '../context';
import type { Db, JsonObject } from '../db/open-database';

export type AuditNote = {
  /** noun.verb, such as `code.archive` */
  action: string;
  target: { kind: string; id?: string; label?: string };
  accountId?: string;
  /** What changed, as the person may read it. Never a secret, a token or an openid. */
  details?: JsonObject;
};

/** Writes one entry of the audit log, in the transaction of what it tells. */
export async function recordAudit(ctx: Pick<Context, 'actor'>, db: Db, note: AuditNote): Promise<void> {
  const { actor } = ctx;
  await db.auditEntry.create({
    data: {
      accountId: note.accountId ?? null,
      actorKind: actor.kind,
      actorId: actor.kind === 'user' || actor.kind === 'apiKey' ? actor.id : null,
      actorName: actor.kind === 'stranger' ? '' : actor.name,
      action: note.action,
      targetKind: note.target.kind,
      targetId: note.target.id ?? null,
      targetLabel: note.target.label ?? '',
      details: note.details ?? {},
    },
    select: { id: true },
  });
}
