import 'server-only';
import type { Db } from '../db/open-database';
import type { QuotaCountsDto } from './types';

export async function findCounts(db: Db, accountId: string): Promise<QuotaCountsDto | null> {
  const row = await db.permanentLedger.findUnique({
    where: { accountId },
    select: { cap: true, issued: true, reserved: true, external: true, unlisted: true, archived: true },
  });
  if (!row) return null;
  const { cap, issued, reserved, external, unlisted } = row;
  return { ...row, remaining: Math.max(0, cap - issued - reserved - external - unlisted) };
}

/** @returns what stood there before; null where there is no such account */
export async function writeUnlisted(db: Db, accountId: string, unlisted: number): Promise<number | null> {
  const rows = await db.$queryRaw<{ unlisted: number }[]>`
    SELECT unlisted FROM permanent_ledgers WHERE account_id = ${accountId}::uuid FOR UPDATE`;
  const before = rows[0]?.unlisted;
  if (before === undefined) return null;
  await db.permanentLedger.update({ where: { accountId }, data: { unlisted }, select: { accountId: true } });
  return before;
}

/** @param day  of WeChat's clock, `2026-11-24` */
export async function countCalls(db: Db, accountId: string, path: string, day: string): Promise<number> {
  const row = await db.apiCallDay.findUnique({
    where: { accountId_path_day: { accountId, path, day: new Date(`${day}T00:00:00Z`) } },
    select: { calls: true },
  });
  return row?.calls ?? 0;
}

/** Whether WeChat has answered this account before and nothing stops it now. */
export async function isAnswering(db: Db, accountId: string, now: Date): Promise<boolean> {
  const row = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: { connectedAt: true, stoppedCode: true, stoppedUntil: true },
  });
  if (!row?.connectedAt) return false;
  return row.stoppedCode === null || (row.stoppedUntil !== null && row.stoppedUntil <= now);
}

type Audit = {
  reserved: number;
  issued: number;
  archived: number;
  external: number;
  free_kept: number;
  free_counted: number;
  free_same: boolean;
};

/** Counts the rows anew, and the gaps that they leave. */
export async function countRows(db: Db, accountId: string): Promise<Audit | null> {
  const rows = await db.$queryRaw<Audit[]>`
    WITH scenes AS (
      SELECT state, digits_taken(kind, scene_id, scene) AS id FROM permanent_scenes WHERE account_id = ${accountId}::uuid
    ),
    gaps AS (
      SELECT int4multirange(int4range(1, 100001))
        - coalesce(range_agg(int4range(id, id + 1)), int4multirange()) AS ids
      FROM scenes WHERE id IS NOT NULL
    ),
    kept AS (
      SELECT coalesce(range_agg(int4range(from_id, to_id + 1)), int4multirange()) AS ids,
        coalesce(sum(to_id - from_id + 1), 0)::int AS total
      FROM free_ranges WHERE account_id = ${accountId}::uuid
    )
    SELECT
      (SELECT count(*) FROM scenes WHERE state = 'reserved')::int AS reserved,
      (SELECT count(*) FROM scenes WHERE state IN ('issued', 'archived'))::int AS issued,
      (SELECT count(*) FROM scenes WHERE state = 'archived')::int AS archived,
      (SELECT count(*) FROM scenes WHERE state = 'external')::int AS external,
      kept.total AS free_kept,
      (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(gaps.ids) AS r) AS free_counted,
      kept.ids = gaps.ids AS free_same
    FROM gaps, kept`;
  return rows[0] ?? null;
}
