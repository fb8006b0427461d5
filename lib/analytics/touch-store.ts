import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

const uuid = (text: string) => Prisma.sql`${text}::uuid`;

/** Accounts that have had events since their touches were counted, or whose touches were never counted. */
export async function findUncountedAccounts(db: Db, countedBefore: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT a."id"::text AS "id" FROM "official_accounts" a
    WHERE (a."touches_counted_at" IS NULL OR a."touches_counted_at" <= ${countedBefore})
      AND (SELECT e."id" FROM "scan_events" e WHERE e."account_id" = a."id" ORDER BY e."id" DESC LIMIT 1)
        > a."touches_through"`;
  return rows.map(({ id }) => id);
}

/** Counts the touches of one account anew, in the caller's transaction. @returns false: another process is at it */
export async function recountTouches(tx: Db, accountId: string, now: Date): Promise<boolean> {
  // The account's own row stays free while followers are counted: recording writes it.
  const [lock] = await tx.$queryRaw<{ got: boolean; through: bigint | null }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('touches ' || ${accountId}, 0)) AS "got",
      (SELECT "id" FROM "scan_events" WHERE "account_id" = ${uuid(accountId)} ORDER BY "id" DESC LIMIT 1) AS "through"`;
  if (!lock?.got) return false;
  await tx.$executeRaw`DELETE FROM "touch_counts" WHERE "account_id" = ${uuid(accountId)}`;
  await tx.$executeRaw`
    INSERT INTO "touch_counts" ("account_id", "campaign_id", "first_touches", "last_touches")
    SELECT ${uuid(accountId)}, coalesce("campaign", '00000000-0000-0000-0000-000000000000'), sum("first"), sum("last")
    FROM (
      SELECT "first_campaign_id" AS "campaign", count(*) AS "first", 0 AS "last" FROM "followers"
      WHERE "account_id" = ${uuid(accountId)} AND "is_following" AND "first_code_id" IS NOT NULL GROUP BY 1
      UNION ALL
      SELECT "last_campaign_id", 0, count(*) FROM "followers"
      WHERE "account_id" = ${uuid(accountId)} AND "is_following" AND "last_code_id" IS NOT NULL GROUP BY 1
    ) touches GROUP BY 2`;
  await tx.$executeRaw`
    UPDATE "official_accounts" SET "touches_counted_at" = ${now}, "touches_through" = ${lock.through ?? 0n}
    WHERE "id" = ${uuid(accountId)}`;
  return true;
}

export type TouchRow = { campaign_id: string; first_touches: number; last_touches: number };

export async function readTouches(
  db: Db,
  accountId: string,
  take: number,
): Promise<{ rows: TouchRow[]; countedAt: Date | null }> {
  const account = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: { touchesCountedAt: true },
  });
  const rows = await db.$queryRaw<TouchRow[]>`
    SELECT "campaign_id"::text AS "campaign_id", "first_touches", "last_touches" FROM "touch_counts"
    WHERE "account_id" = ${uuid(accountId)}
    ORDER BY greatest("first_touches", "last_touches") DESC, "campaign_id" LIMIT ${take}`;
  return { rows, countedAt: account?.touchesCountedAt ?? null };
}

/** Followers of now whom a code brought first, and who scanned it last. */
export async function countTouchesOfCode(
  db: Db,
  accountId: string,
  codeId: string,
): Promise<{ first: number; last: number; last_scan_at: Date | null }> {
  const [row] = await db.$queryRaw<{ first: number; last: number; last_scan_at: Date | null }[]>`
    SELECT
      (SELECT count(*)::int FROM "followers" WHERE "account_id" = ${uuid(accountId)} AND "is_following"
        AND "first_code_id" = ${uuid(codeId)}) AS "first",
      (SELECT count(*)::int FROM "followers" WHERE "account_id" = ${uuid(accountId)} AND "is_following"
        AND "last_code_id" = ${uuid(codeId)}) AS "last",
      (SELECT "last_scan_at" FROM "code_totals" WHERE "code_id" = ${uuid(codeId)}) AS "last_scan_at"`;
  return row ?? { first: 0, last: 0, last_scan_at: null };
}
