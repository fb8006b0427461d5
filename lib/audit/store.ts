import 'server-only';
import type { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

export type AuditFilter = {
  targetKind?: string | null;
  actorId?: string | null;
  accountId?: string | null;
};

const fields = {
  id: true,
  at: true,
  accountId: true,
  actorKind: true,
  actorId: true,
  actorName: true,
  action: true,
  targetKind: true,
  targetId: true,
  targetLabel: true,
  details: true,
} as const;

function toWhere({ targetKind, actorId, accountId }: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    ...(targetKind ? { targetKind } : {}),
    ...(actorId ? { actorId } : {}),
    ...(accountId ? { accountId } : {}),
  };
}

/** Entries older than one, newest first; from the top where there is none. */
export function findEntriesBefore(db: Db, filter: AuditFilter, before: bigint | null, take: number) {
  return db.auditEntry.findMany({
    where: { ...toWhere(filter), ...(before === null ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take,
    select: fields,
  });
}

/** Entries newer than one, the nearest first. */
export function findEntriesAfter(db: Db, filter: AuditFilter, after: bigint, take: number) {
  return db.auditEntry.findMany({
    where: { ...toWhere(filter), id: { gt: after } },
    orderBy: { id: 'asc' },
    take,
    select: fields,
  });
}

export type AuditEntryRow = Awaited<ReturnType<typeof findEntriesBefore>>[number];

/** What was done to one thing, newest first. */
export function findEntriesOf(
  db: Db,
  target: { targetKind: string; targetId: string; action: string },
  take: number,
) {
  return db.auditEntry.findMany({ where: target, orderBy: { id: 'desc' }, take, select: fields });
}

/** A skip through the index rather than a scan of the whole log: it may hold millions of entries of a dozen kinds. */
export async function findTargetKinds(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ kind: string }[]>`
    WITH RECURSIVE "kinds" AS (
      (SELECT "target_kind" AS "kind" FROM "audit_entries" ORDER BY "target_kind" LIMIT 1)
      UNION ALL
      SELECT (SELECT "target_kind" FROM "audit_entries" WHERE "target_kind" > k."kind" ORDER BY "target_kind" LIMIT 1)
      FROM "kinds" k WHERE k."kind" IS NOT NULL
    ) SELECT "kind" FROM "kinds" WHERE "kind" IS NOT NULL`;
  return rows.map(({ kind }) => kind);
}
