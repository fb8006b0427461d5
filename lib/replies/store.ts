import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { Sql } from '../db/sql';
import { replyContentSchema } from './schemas';
import type { ReplyContent, ReplyDto } from './types';

const select = { enabled: true, forNew: true, forReturning: true, changedAt: true } as const;

type Owner = { codeId: string } | { campaignId: string };

export async function findReply(db: Db, owner: Owner): Promise<ReplyDto | null> {
  const row = await db.reply.findFirst({ where: owner, select });
  if (!row) return null;
  return {
    enabled: row.enabled,
    forNew: replyContentSchema.parse(row.forNew),
    forReturning: row.forReturning === null ? null : replyContentSchema.parse(row.forReturning),
    changedAt: row.changedAt.toISOString(),
  };
}

export async function saveReply(
  db: Db,
  accountId: string,
  owner: Owner,
  reply: { enabled: boolean; forNew: ReplyContent; forReturning: ReplyContent | null; changedAt: Date },
): Promise<void> {
  const data = { ...reply, forReturning: reply.forReturning ?? Prisma.DbNull };
  const where = 'codeId' in owner ? { codeId: owner.codeId } : { campaignId: owner.campaignId };
  await db.reply.upsert({
    where,
    create: { ...data, ...owner, accountId },
    update: data,
    select: { id: true },
  });
}

/** @returns false where there is none */
export async function deleteReply(db: Db, owner: Owner): Promise<boolean> {
  const { count } = await db.reply.deleteMany({ where: owner });
  return count > 0;
}

export type ScanPlace = {
  place: number;
  codeId: string;
  campaignId: string | null;
  channelId: string | null;
};
export type ReplyFor = {
  place: number;
  label: string;
  campaign: string | null;
  channel: string | null;
  forNew: unknown;
  forReturning: unknown;
};

/** The replies to some scans: a code's own before its campaign's; scans without one are left out. */
export function findRepliesFor(sql: Sql, scans: ScanPlace[]): Promise<ReplyFor[]> {
  return sql(
    `SELECT s."place", c."label", m."name" AS "campaign", h."name" AS "channel",
       r."for_new" AS "forNew", r."for_returning" AS "forReturning"
     FROM json_to_recordset($1::json) AS s("place" int, "codeId" uuid, "campaignId" uuid, "channelId" uuid)
     JOIN "codes" c ON c."id" = s."codeId"
     CROSS JOIN LATERAL (
       SELECT * FROM "replies" r WHERE r."enabled" AND (r."code_id" = s."codeId" OR r."campaign_id" = s."campaignId")
       ORDER BY r."code_id" NULLS LAST LIMIT 1) r
     LEFT JOIN "campaigns" m ON m."id" = s."campaignId" LEFT JOIN "channels" h ON h."id" = s."channelId"`,
    [JSON.stringify(scans)],
  );
}

export async function insertGiven(
  sql: Sql,
  accountId: string,
  given: { digest: string; content: ReplyContent }[],
): Promise<void> {
  await sql(
    `INSERT INTO "given_replies" ("account_id", "digest", "content")
     SELECT $1::uuid, g."digest", g."content" FROM json_to_recordset($2::json) AS g("digest" uuid, "content" jsonb)
     ON CONFLICT DO NOTHING`,
    [accountId, JSON.stringify(given)],
  );
}

export function findGiven(
  sql: Sql,
  accountId: string,
  digests: string[],
): Promise<{ digest: string; content: ReplyContent }[]> {
  return sql(
    `SELECT "digest"::text AS "digest", "content" FROM "given_replies"
     WHERE "account_id" = $1::uuid AND "digest" = ANY($2::uuid[])`,
    [accountId, digests],
  );
}

/** @returns how many */
export function deleteGivenBefore(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "given_replies" WHERE ("account_id", "digest") IN (
      SELECT "account_id", "digest" FROM "given_replies" WHERE "given_at" < ${before}
      ORDER BY "given_at" LIMIT ${limit}::int)`;
}
