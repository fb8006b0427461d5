import 'server-only';
import type { Db } from '../db/open-database';
import { poolsOf, remainingOf } from '../ledger/pools';
import type { LedgerCounter, QuotaCountsDto } from './types';

const countsSelect = {
  cap: true,
  sharesPool: true,
  issued: true,
  reserved: true,
  external: true,
  unlisted: true,
  archived: true,
  issuedStrings: true,
  reservedStrings: true,
  externalStrings: true,
  unlistedStrings: true,
} as const;

export async function findCounts(db: Db, accountId: string): Promise<QuotaCountsDto | null> {
  const row = await db.permanentLedger.findUnique({ where: { accountId }, select: countsSelect });
  if (!row) return null;
  const { cap, sharesPool, issued, reserved, external, unlisted, archived } = row;
  return {
    cap: sharesPool ? cap : 2 * cap,
    ...{ issued, reserved, external, unlisted, archived },
    remaining: remainingOf(row),
    pools: { shared: sharesPool, ...poolsOf(row) },
  };
}

export type LedgerTotals = Record<LedgerCounter, number>;

/** The counters as triggers keep them. */
export function findCounters(db: Db, accountId: string): Promise<LedgerTotals | null> {
  return db.permanentLedger.findUnique({
    where: { accountId },
    select: {
      ...{ reserved: true, issued: true, archived: true, external: true },
      ...{ reservedStrings: true, issuedStrings: true, externalStrings: true },
    },
  });
}

const rulesSelect = {
  sharesPool: true,
  coolingDays: true,
  approvalThreshold: true,
  unlisted: true,
  unlistedStrings: true,
  unlistedBefore: true,
  unlistedStringsBefore: true,
  refusedAt: true,
  refusedRemaining: true,
} as const;

export function findRules(db: Db, accountId: string) {
  return db.permanentLedger.findUnique({ where: { accountId }, select: rulesSelect });
}

export type RulesRow = NonNullable<Awaited<ReturnType<typeof findRules>>>;

/** Holds the ledger's row for this transaction. */
export async function lockRules(tx: Db, accountId: string): Promise<RulesRow | null> {
  await tx.$queryRaw`SELECT 1 FROM permanent_ledgers WHERE account_id = ${accountId}::uuid FOR UPDATE`;
  return findRules(tx, accountId);
}

export type RulesChange = Partial<
  Pick<
    RulesRow,
    | 'sharesPool'
    | 'coolingDays'
    | 'approvalThreshold'
    | 'unlisted'
    | 'unlistedStrings'
    | 'unlistedBefore'
    | 'unlistedStringsBefore'
  >
>;

export async function changeRules(tx: Db, accountId: string, change: RulesChange): Promise<void> {
  await tx.permanentLedger.update({ where: { accountId }, data: change, select: { accountId: true } });
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

type Audit = LedgerTotals & {
  free_kept: number;
  free_counted: number;
  free_same: boolean;
};

/** Counts the rows anew, and the gaps that they leave. */
export async function countRows(db: Db, accountId: string): Promise<Audit | null> {
  const rows = await db.$queryRaw<Audit[]>`
    WITH scenes AS (
      SELECT state, kind, digits_taken(kind, scene_id, scene) AS id FROM permanent_scenes WHERE account_id = ${accountId}::uuid
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
      (SELECT count(*) FROM scenes WHERE state = 'reserved' AND kind = 'string')::int AS "reservedStrings",
      (SELECT count(*) FROM scenes WHERE state IN ('issued', 'archived') AND kind = 'string')::int AS "issuedStrings",
      (SELECT count(*) FROM scenes WHERE state = 'external' AND kind = 'string')::int AS "externalStrings",
      kept.total AS free_kept,
      (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(gaps.ids) AS r) AS free_counted,
      kept.ids = gaps.ids AS free_same
    FROM gaps, kept`;
  return rows[0] ?? null;
}
