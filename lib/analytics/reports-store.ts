import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import { notOfBindings } from './figures-store';
import type { Comparable, DateRange } from './types';

const uuid = (text: string) => Prisma.sql`${text}::uuid`;
const date = (text: string) => Prisma.sql`${text}::date`;

/** Campaigns that have a cost, with all that they ever brought. */
export function readCampaignCosts(
  db: Db,
  accountId: string,
): Promise<{ id: string; name: string; cost: number; new_followers: number; refollows: number }[]> {
  return db.$queryRaw`
    SELECT c."id"::text AS "id", c."name", c."cost"::float8 AS "cost",
      coalesce(sum(d."new_followers"), 0)::float8 AS "new_followers",
      coalesce(sum(d."refollows"), 0)::float8 AS "refollows"
    FROM "campaigns" c
    LEFT JOIN "scan_days" d ON d."scope_id" = c."id" AND d."scope" = 'campaign'
    WHERE c."account_id" = ${uuid(accountId)} AND c."cost" IS NOT NULL
    GROUP BY c."id" ORDER BY c."cost" DESC, c."id" LIMIT 200`;
}

export type MoverRow = { key: string; before: number; after: number };

/** What gained and what lost the most scans from one range to a later one. */
export async function readMovers(
  db: Db,
  accountId: string,
  by: Comparable,
  { before, after }: { before: DateRange; after: DateRange },
  take: number,
): Promise<{ up: MoverRow[]; down: MoverRow[] }> {
  const rows = await db.$queryRaw<(MoverRow & { rises: boolean })[]>`
    WITH sums AS MATERIALIZED (
      SELECT d."scope_id" AS "key",
        coalesce(sum(d."scans") FILTER (WHERE d."local_date" < ${date(after.from)}), 0)::float8 AS "before",
        coalesce(sum(d."scans") FILTER (WHERE d."local_date" >= ${date(after.from)}), 0)::float8 AS "after"
      FROM "scan_days" d
      WHERE d."account_id" = ${uuid(accountId)} AND d."scope" = ${by}::"scan_scope"
        AND d."local_date" BETWEEN ${date(before.from)} AND ${date(after.to)}
        ${by === 'code' ? Prisma.sql`AND ${notOfBindings(accountId)}` : Prisma.empty}
      GROUP BY 1)
    (SELECT "key"::text AS "key", "before", "after", true AS "rises" FROM sums WHERE "after" > "before"
      ORDER BY "after" - "before" DESC, "key" LIMIT ${take})
    UNION ALL
    (SELECT "key"::text, "before", "after", false FROM sums WHERE "after" < "before"
      ORDER BY "after" - "before", "key" LIMIT ${take})`;
  return { up: rows.filter(({ rises }) => rises), down: rows.filter(({ rises }) => !rises) };
}

/** Codes `c`, with their first print `p`, that have been out since before a moment: printed then, or issued and printed elsewhere. */
const neverScanned = (accountId: string, now: Date, outSince: Date) => Prisma.sql`
  c."account_id" = ${uuid(accountId)} AND c."status" = 'issued' AND c."archived_at" IS NULL
  AND c."origin" IN ('made', 'imported')
  AND c."issued_at" <= ${outSince} AND (p."printed_at" IS NULL OR p."printed_at" <= ${outSince})
  AND (c."expires_at" IS NULL OR c."expires_at" > ${now})
  AND NOT EXISTS (SELECT 1 FROM "code_totals" t WHERE t."code_id" = c."id" AND t."scans" > 0)`;

/** Issued codes that nobody has scanned, by where they should hang; those that expired left out. */
export function readNeverScannedPlaces(
  db: Db,
  accountId: string,
  now: Date,
  outSince: Date,
  take: number,
): Promise<{ city: string; region: string; codes: number; channels: number }[]> {
  return db.$queryRaw`
    SELECT coalesce(h."city", '') AS "city", coalesce(h."region", '') AS "region",
      count(*)::int AS "codes", count(DISTINCT h."id")::int AS "channels"
    FROM "codes" c LEFT JOIN "first_prints" p ON p."code_id" = c."id" LEFT JOIN "channels" h ON h."id" = c."channel_id"
    WHERE ${neverScanned(accountId, now, outSince)}
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${take}`;
}

export type NeverScannedRow = {
  id: string;
  label: string;
  url: string | null;
  issued_at: Date;
  printed_at: Date | null;
  channel_id: string | null;
  number: string | null;
  name: string | null;
  city: string | null;
  region: string | null;
};

/** The same codes one by one, the longest issued first. */
export function readNeverScanned(
  db: Db,
  accountId: string,
  now: Date,
  outSince: Date,
  place: { city: string | null; region: string | null },
  take: number,
): Promise<NeverScannedRow[]> {
  const { city, region } = place;
  const ofCity = city === null ? Prisma.empty : Prisma.sql`AND coalesce(h."city", '') = ${city}`;
  const ofRegion = region === null ? Prisma.empty : Prisma.sql`AND coalesce(h."region", '') = ${region}`;
  return db.$queryRaw<NeverScannedRow[]>`
    SELECT c."id"::text AS "id", c."label", c."url", c."issued_at", p."printed_at", h."id"::text AS "channel_id",
      h."number", h."name", h."city", h."region"
    FROM "codes" c LEFT JOIN "first_prints" p ON p."code_id" = c."id" LEFT JOIN "channels" h ON h."id" = c."channel_id"
    WHERE ${neverScanned(accountId, now, outSince)} ${ofCity} ${ofRegion}
    ORDER BY c."sequence" LIMIT ${take}`;
}

export type LifeUsedRow = { quarter: number | null; codes: number };

/** Temporary codes that were issued in these moments, by the quarter of their life of the last scan (0…3; null: none). */
export function readLifeUsed(db: Db, accountId: string, from: Date, until: Date): Promise<LifeUsedRow[]> {
  return db.$queryRaw<LifeUsedRow[]>`
    SELECT CASE WHEN t."last_scan_at" IS NOT NULL THEN
        least(3, greatest(0, floor(4 * extract(epoch FROM t."last_scan_at" - c."issued_at")
          / nullif(extract(epoch FROM c."expires_at" - c."issued_at"), 0))))::int END AS "quarter",
      count(*)::int AS "codes"
    FROM "codes" c LEFT JOIN "code_totals" t ON t."code_id" = c."id" AND t."scans" > 0
    WHERE c."account_id" = ${uuid(accountId)} AND c."kind" = 'temporary' AND c."expires_at" IS NOT NULL
      AND c."origin" IN ('made', 'imported')
      AND c."issued_at" >= ${from} AND c."issued_at" < ${until}
    GROUP BY 1`;
}

export type WeChatDayRow = { day: string; follows: number; new_users: number | null };

/** Follows by code as counted here, beside WeChat's total of its source 30, for the days that have either. */
export function readWeChatDays(
  db: Db,
  accountId: string,
  { from, to }: DateRange,
  source: number,
): Promise<WeChatDayRow[]> {
  return db.$queryRaw<WeChatDayRow[]>`
    SELECT coalesce(o."day", w."day")::text AS "day", coalesce(o."follows", 0)::float8 AS "follows",
      w."new_users"::int AS "new_users"
    FROM (
      SELECT "local_date" AS "day", sum("new_followers" + "refollows") AS "follows"
      FROM "scan_days" WHERE "scope_id" = ${uuid(accountId)} AND "scope" = 'account'
        AND "local_date" BETWEEN ${date(from)} AND ${date(to)}
      GROUP BY 1) o
    FULL JOIN (
      SELECT "day", "new_users" FROM "wechat_day_totals"
      WHERE "account_id" = ${uuid(accountId)} AND "source" = ${source}
        AND "day" BETWEEN ${date(from)} AND ${date(to)}) w ON w."day" = o."day"
    ORDER BY 1`;
}
