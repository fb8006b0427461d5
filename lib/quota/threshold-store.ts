import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { ThresholdDto } from './types';

export async function findThresholds(db: Db, accountId: string): Promise<ThresholdDto[]> {
  const rows = await db.quotaThreshold.findMany({
    where: { accountId },
    orderBy: { percent: 'asc' },
    select: { percent: true, raisedAt: true, clearedAt: true },
  });
  return rows.map(({ percent, raisedAt, clearedAt }) => ({
    percent,
    raisedAt: raisedAt?.toISOString() ?? null,
    clearedAt: clearedAt?.toISOString() ?? null,
  }));
}

/** Those that stay keep what has been told of them. */
export async function replaceThresholds(tx: Db, accountId: string, percents: number[]): Promise<void> {
  await tx.quotaThreshold.deleteMany({ where: { accountId, percent: { notIn: percents } } });
  await tx.quotaThreshold.createMany({
    data: percents.map((percent) => ({ accountId, percent })),
    skipDuplicates: true,
  });
}

export type Crossing = { accountId: string; percent: number; spent: number; cap: number; remaining: number };

/** What is spent of the one pool, or of the fuller one where integers and strings have one each. */
const spending = Prisma.sql`(
  SELECT "account_id", "cap"::bigint AS "cap", CASE WHEN "shares_pool" THEN "total" ELSE greatest("total" - "strings", "strings") END AS "spent"
  FROM (
    SELECT "account_id", "cap", "shares_pool", ("issued" + "reserved" + "external" + "unlisted")::bigint AS "total",
      ("issued_strings" + "reserved_strings" + "external_strings" + "unlisted_strings")::bigint AS "strings"
    FROM "permanent_ledgers"
  ) sums
) l`;

/** Marks the thresholds that are reached and were not before. Each is marked once, by one process. */
export function raiseThresholds(tx: Db, now: Date): Promise<Crossing[]> {
  return tx.$queryRaw<Crossing[]>`
    UPDATE "quota_thresholds" t SET "raised_at" = ${now}, "cleared_at" = NULL
    FROM ${spending}
    WHERE l."account_id" = t."account_id" AND t."raised_at" IS NULL AND l."cap" > 0
      AND l."spent" * 100 >= l."cap" * t."percent"
    RETURNING t."account_id"::text AS "accountId", t."percent"::int AS "percent", l."cap"::int AS "cap",
      l."spent"::int AS "spent", greatest(0, l."cap" - l."spent")::int AS "remaining"`;
}

/** Arms again those that use has fallen a whole percent below: what goes to and fro at the line is told once. */
export function clearThresholds(tx: Db, now: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE "quota_thresholds" t SET "raised_at" = NULL, "cleared_at" = ${now}
    FROM ${spending}
    WHERE l."account_id" = t."account_id" AND t."raised_at" IS NOT NULL
      AND l."spent" * 100 < l."cap" * (t."percent" - 1)`;
}
