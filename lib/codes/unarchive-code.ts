import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { holdLedger, unarchiveScene } from '../ledger/move-scenes';
import { authorise } from '../people/authorise';
import { requireCode, requireLockedCode } from './require-code';
import { changeCode } from './store';
import type { CodeDto } from './types';

/**
 * Undoes `archiveCode`. Done twice, it is done once.
 *
 * @throws AppError SLOT_GIVEN_ON  its slot has been given to another code since: `details.label`
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function unarchiveCode(ctx: Context, accountId: string, codeId: string): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  const code = await requireCode(ctx, ctx.db, accountId, codeId);
  if (code.archivedAt === null) return code;
  return ctx.db.$transaction(async (tx) => {
    if (code.kind === 'permanent') await holdLedger(tx, accountId);
    const locked = await requireLockedCode(tx, accountId, codeId);
    if (locked.archivedAt !== null) {
      if (locked.permanentSceneId !== null) await unarchiveScene(tx, locked.permanentSceneId, codeId);
      await changeCode(tx, codeId, { archivedAt: null });
      await recordAudit(ctx, tx, {
        action: 'code.unarchive',
        target: { kind: 'code', id: codeId, label: locked.label },
        accountId,
      });
    }
    return requireCode(ctx, tx, accountId, codeId);
  });
}
