import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import { filterConditions } from './list-store';
import type { CodeChoice, LeftOutReason } from './selection-types';

export type Moments = { now: Date; usableUntil: Date | null };

type Summary = {
  found: number;
  printable: number;
  temporary: number;
  notIssued: number;
  expired: number;
  expiring: number;
  ids: string | null;
  urlBytes: number | null;
  longestUrl: string | null;
  longestLabels: string[] | null;
  labelBytes: number | null;
  sceneBytes: number | null;
};

const expiry = Prisma.sql`coalesce(c."expires_at", 'infinity'::timestamptz)`;

/** Why a row would not be printed, as an expression; NULL: it would be. */
function reason({ now, usableUntil }: Moments): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN c."url" IS NULL OR c."status" <> 'issued' THEN 'notIssued'
    WHEN ${expiry} <= ${now} THEN 'expired'
    WHEN ${usableUntil ?? now} > ${expiry} THEN 'expiring' END`;
}

function where(accountId: string, choice: CodeChoice, now: Date): Prisma.Sql {
  const conditions =
    choice.ids === null
      ? filterConditions(accountId, choice.filter, now)
      : [
          Prisma.sql`c."account_id" = ${accountId}::uuid`,
          Prisma.sql`c."id" = ANY(${[...choice.ids]}::uuid[])`,
        ];
  return Prisma.join(conditions, ' AND ');
}

/** Everything in one reading: 100,000 ids cross as one text of 3.2 MB, not as so many rows. */
export async function readSelection(
  db: Db,
  accountId: string,
  choice: CodeChoice,
  moments: Moments,
  limit: number,
): Promise<Summary | null> {
  const [summary] = await db.$queryRaw<Summary[]>`
    WITH found AS (
      SELECT c."id", c."sequence", c."kind", c."url", c."label", c."scene", ${reason(moments)} AS "reason"
      FROM "codes" c WHERE ${where(accountId, choice, moments.now)} LIMIT ${limit}::int)
    SELECT count(*)::int AS "found",
      count(*) FILTER (WHERE "reason" IS NULL)::int AS "printable",
      count(*) FILTER (WHERE "reason" IS NULL AND "kind" = 'temporary')::int AS "temporary",
      count(*) FILTER (WHERE "reason" = 'notIssued')::int AS "notIssued",
      count(*) FILTER (WHERE "reason" = 'expired')::int AS "expired",
      count(*) FILTER (WHERE "reason" = 'expiring')::int AS "expiring",
      string_agg(replace("id"::text, '-', ''), '' ORDER BY "sequence") FILTER (WHERE "reason" IS NULL) AS "ids",
      max(octet_length("url")) FILTER (WHERE "reason" IS NULL) AS "urlBytes",
      (array_agg("url" ORDER BY octet_length("url") DESC, "sequence") FILTER (WHERE "reason" IS NULL))[1] AS "longestUrl",
      (SELECT array_agg(l."id"::text) FROM (
        SELECT "id" FROM found WHERE "reason" IS NULL ORDER BY octet_length("label") DESC, "sequence" LIMIT 8) l) AS "longestLabels",
      max(octet_length(replace("label", '"', '""'))) FILTER (WHERE "reason" IS NULL) AS "labelBytes",
      max(octet_length(replace("scene", '"', '""'))) FILTER (WHERE "reason" IS NULL) AS "sceneBytes"
    FROM found`;
  return summary ?? null;
}

export type LeftOutRow = { id: string; label: string; reason: LeftOutReason; expiresAt: Date | null };

/** Those that would not be printed, in the order of making. */
export function findLeftOut(
  db: Db,
  accountId: string,
  choice: CodeChoice,
  moments: Moments,
  take: number,
): Promise<LeftOutRow[]> {
  return db.$queryRaw<LeftOutRow[]>`
    SELECT c."id"::text AS "id", c."label", ${reason(moments)} AS "reason", c."expires_at" AS "expiresAt"
    FROM "codes" c WHERE ${where(accountId, choice, moments.now)} AND ${reason(moments)} IS NOT NULL
    ORDER BY c."sequence" LIMIT ${take}::int`;
}
