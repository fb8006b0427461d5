import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { Sql } from '../db/sql';

/**
 * Asks for the tags of scanned codes to be put on who scanned them. Who has been asked for before is left alone, unless
 * they have followed anew since: WeChat takes all tags from who leaves.
 *
 * The tags are held, so that none is deleted meanwhile, and one that is gone by then is passed over.
 *
 * @returns how many were asked for
 */
export async function insertTasks(
  sql: Sql,
  accountId: string,
  scans: { followerId: string; codeId: string }[],
): Promise<number> {
  const [row] = await sql<{ count: number }>(insertTasksSql, [accountId, JSON.stringify(scans)]);
  return row?.count ?? 0;
}

const insertTasksSql = `
  WITH "scans" AS MATERIALIZED (
    SELECT DISTINCT s."followerId" AS "follower_id", c."tag_id"
    FROM json_to_recordset($2::json) AS s("followerId" bigint, "codeId" uuid) JOIN "code_tags" c ON c."code_id" = s."codeId"
  ), "marking" AS MATERIALIZED (
    SELECT t."id" FROM "tags" t
    WHERE t."id" = ANY (ARRAY(SELECT "tag_id" FROM "scans")) AND t."account_id" = $1::uuid AND t."marks_followers"
    ORDER BY t."id" FOR KEY SHARE
  ), "wanted" AS MATERIALIZED (
    SELECT s."follower_id", s."tag_id" FROM "scans" s JOIN "marking" m ON m."id" = s."tag_id"
  ), "again" AS (
    UPDATE "follower_tasks" k SET "state" = 'waiting', "attempts" = 0, "next_attempt_at" = now()
    FROM "wanted" w JOIN "followers" f ON f."id" = w."follower_id"
    WHERE k."follower_id" = w."follower_id" AND k."tag_id" = w."tag_id" AND k."state" <> 'waiting'
      AND f."followed_at" > k."finished_at"
    RETURNING 1
  ), "made" AS (
    INSERT INTO "follower_tasks" ("account_id", "follower_id", "tag_id")
    SELECT $1::uuid, w."follower_id", w."tag_id" FROM "wanted" w ORDER BY 1, 2, 3
    ON CONFLICT ("follower_id", "tag_id") DO NOTHING RETURNING 1
  )
  SELECT (SELECT count(*) FROM "again")::int + (SELECT count(*) FROM "made")::int AS "count"`;

export type DueTag = {
  id: string;
  accountId: string;
  name: string;
  marksFollowers: boolean;
  wechatTagId: number | null;
  stoppedCode: number | null;
  stoppedUntil: Date | null;
};

/**
 * Tags for which somebody is due, by account. Walks from tag to tag by the index, however many wait; accounts that WeChat
 * holds back are passed over.
 */
export function findDueTags(db: Db, now: Date): Promise<DueTag[]> {
  return db.$queryRaw<DueTag[]>`
    WITH RECURSIVE "waiting" AS (
      (SELECT "tag_id" FROM "follower_tasks" WHERE "state" = 'waiting' ORDER BY "tag_id" LIMIT 1)
      UNION ALL
      SELECT (SELECT k."tag_id" FROM "follower_tasks" k
              WHERE k."state" = 'waiting' AND k."tag_id" > w."tag_id" ORDER BY k."tag_id" LIMIT 1)
      FROM "waiting" w WHERE w."tag_id" IS NOT NULL
    )
    SELECT t."id"::text AS "id", t."account_id"::text AS "accountId", t."name", t."marks_followers" AS "marksFollowers",
      t."wechat_tag_id" AS "wechatTagId", o."stopped_code" AS "stoppedCode", o."stopped_until" AS "stoppedUntil"
    FROM "waiting" w JOIN "tags" t ON t."id" = w."tag_id" JOIN "official_accounts" o ON o."id" = t."account_id"
    LEFT JOIN "tagging_holds" h ON h."account_id" = t."account_id"
    CROSS JOIN LATERAL (
      SELECT k."next_attempt_at" AS "at" FROM "follower_tasks" k
      WHERE k."tag_id" = t."id" AND k."state" = 'waiting' ORDER BY k."next_attempt_at" LIMIT 1
    ) d
    WHERE d."at" <= ${now} AND (h."account_id" IS NULL OR h."until" <= ${now})
    ORDER BY t."account_id", d."at", t."id"`;
}

/** One follower, whom the bearer of the lease alone may mark until it ends. */
export type TaskClaim = { id: bigint; attempts: number; openidSealed: string | null };

export type TaskLease = { token: string; until: Date };

/** Claims the first that are due; those that another process is claiming are passed over. A claim that is left comes back by itself. */
export function claimTasks(
  db: Db,
  tagId: string,
  { limit, now, lease }: { limit: number; now: Date; lease: TaskLease },
): Promise<TaskClaim[]> {
  return db.$queryRaw<TaskClaim[]>`
    WITH "due" AS MATERIALIZED (
      SELECT "id" FROM "follower_tasks"
      WHERE "tag_id" = ${tagId}::uuid AND "state" = 'waiting' AND "next_attempt_at" <= ${now}
      ORDER BY "next_attempt_at", "id" LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    )
    UPDATE "follower_tasks" k SET "lease_token" = ${lease.token}::uuid, "lease_until" = ${lease.until},
      "next_attempt_at" = ${lease.until}
    FROM "due" d, "followers" f WHERE k."id" = d."id" AND f."id" = k."follower_id"
    RETURNING k."id", k."attempts", f."openid_sealed" AS "openidSealed"`;
}

/** Prolongs a lease. @returns those that are still held by it */
export async function keepTasks(db: Db, ids: bigint[], { token, until }: TaskLease): Promise<Set<bigint>> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    UPDATE "follower_tasks" SET "lease_until" = ${until}, "next_attempt_at" = ${until}
    WHERE "id" = ANY(${ids}::bigint[]) AND "lease_token" = ${token}::uuid AND "state" = 'waiting' RETURNING "id"`;
  return new Set(rows.map(({ id }) => id));
}

const ended = Prisma.sql`"lease_token" = NULL, "lease_until" = NULL`;
const held = (ids: bigint[], token: string) => Prisma.sql`
  SELECT "id", "tag_id", "marked_at" FROM "follower_tasks"
  WHERE "id" = ANY(${ids}::bigint[]) AND "lease_token" = ${token}::uuid AND "state" = 'waiting' ORDER BY "id" FOR UPDATE`;

/** Writes that they are marked, and counts those who never were before. Who no longer holds the lease writes nothing. */
export async function endTasks(db: Db, ids: bigint[], token: string, now: Date): Promise<void> {
  await db.$executeRaw`
    WITH "held" AS MATERIALIZED (${held(ids, token)}), "done" AS (
      UPDATE "follower_tasks" k SET "state" = 'done', "attempts" = k."attempts" + 1, "next_attempt_at" = NULL, ${ended},
        "finished_at" = ${now}, "marked_at" = coalesce(k."marked_at", ${now}), "last_error" = NULL, "last_error_code" = NULL,
        "last_error_message" = NULL, "last_error_rid" = NULL
      FROM "held" h WHERE k."id" = h."id"
    )
    UPDATE "tags" t SET "marked_followers" = t."marked_followers" + n."count"
    FROM (SELECT "tag_id", count(*)::int AS "count" FROM "held" WHERE "marked_at" IS NULL GROUP BY "tag_id") n
    WHERE t."id" = n."tag_id"`;
}

export type TaskError = { kind: string; errcode: number | null; errmsg: string | null; rid: string | null };

const withError = ({ kind, errcode, errmsg, rid }: TaskError) => Prisma.sql`
  "last_error" = ${kind}, "last_error_code" = ${errcode}::int, "last_error_message" = ${errmsg}, "last_error_rid" = ${rid}`;

export async function failTasks(
  db: Db,
  ids: bigint[],
  token: string,
  error: TaskError,
  now: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "follower_tasks" SET "state" = 'failed', "attempts" = "attempts" + 1, "next_attempt_at" = NULL, ${ended},
      "finished_at" = ${now}, ${withError(error)}
    WHERE "id" = ANY(${ids}::bigint[]) AND "lease_token" = ${token}::uuid AND "state" = 'waiting'`;
}

/** All who wait for a tag that cannot be had, the claimed ones of this lease among them. */
export async function failTag(
  db: Db,
  tagId: string,
  token: string,
  error: TaskError,
  now: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE "follower_tasks" SET "state" = 'failed', "attempts" = "attempts" + 1, "next_attempt_at" = NULL, ${ended},
      "finished_at" = ${now}, ${withError(error)}
    WHERE "tag_id" = ${tagId}::uuid AND "state" = 'waiting'
      AND ("lease_token" IS NULL OR "lease_token" = ${token}::uuid OR "lease_until" <= ${now})`;
}

/** Puts them off. @param error  left out: the attempt does not count */
export async function putOffTasks(
  db: Db,
  tasks: { id: bigint; at: Date }[],
  token: string,
  error: TaskError | null,
): Promise<void> {
  const rows = JSON.stringify(tasks.map(({ id, at }) => ({ id: id.toString(), at: at.toISOString() })));
  await db.$executeRaw`
    UPDATE "follower_tasks" k SET "next_attempt_at" = r."at", ${ended}${
      error === null ? Prisma.empty : Prisma.sql`, "attempts" = k."attempts" + 1, ${withError(error)}`
    }
    FROM json_to_recordset(${rows}::json) AS r("id" bigint, "at" timestamptz)
    WHERE k."id" = r."id" AND k."lease_token" = ${token}::uuid AND k."state" = 'waiting'`;
}

/** People who have left or been forgotten: nothing is left to be done for them. */
export async function forgetTasks(db: Db, ids: bigint[], token: string): Promise<void> {
  const mine = Prisma.sql`"id" = ANY(${ids}::bigint[]) AND "lease_token" = ${token}::uuid AND "state" = 'waiting'`;
  await db.$executeRaw`DELETE FROM "follower_tasks" WHERE ${mine} AND "marked_at" IS NULL`;
  // Who was marked once stays counted once, should they come back.
  await db.$executeRaw`
    UPDATE "follower_tasks" SET "state" = 'done', "next_attempt_at" = NULL, ${ended} WHERE ${mine}`;
}

/** Of a tag that marks nobody any more. */
export async function dropWaitingTasks(db: Db, tagId: string): Promise<void> {
  const waiting = Prisma.sql`"tag_id" = ${tagId}::uuid AND "state" = 'waiting'`;
  await db.$executeRaw`DELETE FROM "follower_tasks" WHERE ${waiting} AND "marked_at" IS NULL`;
  await db.$executeRaw`
    UPDATE "follower_tasks" SET "state" = 'done', "next_attempt_at" = NULL, ${ended} WHERE ${waiting}`;
}

/** Notes which tag at WeChat is meant, unless the tag has got another name meanwhile. */
export async function keepWeChatTag(
  db: Db,
  tag: { id: string; name: string },
  wechatTagId: number,
): Promise<void> {
  await db.tag.updateMany({ where: { id: tag.id, name: tag.name }, data: { wechatTagId } });
}

export async function dropWeChatTag(db: Db, tagId: string, wechatTagId: number): Promise<void> {
  await db.tag.updateMany({ where: { id: tagId, wechatTagId }, data: { wechatTagId: null } });
}

export type HoldRow = { code: number; message: string; rid: string | null; heldAt: Date; until: Date | null };

export async function writeHold(db: Db, accountId: string, hold: HoldRow): Promise<void> {
  await db.taggingHold.upsert({
    where: { accountId },
    create: { ...hold, accountId },
    update: hold,
    select: { accountId: true },
  });
}

export function findHold(db: Db, accountId: string): Promise<HoldRow | null> {
  return db.taggingHold.findUnique({
    where: { accountId },
    select: { code: true, message: true, rid: true, heldAt: true, until: true },
  });
}

export async function liftHold(db: Db, accountId: string): Promise<boolean> {
  return (await db.taggingHold.deleteMany({ where: { accountId } })).count > 0;
}

export function countWaiting(db: Db, accountId: string): Promise<{ tagId: string; count: number }[]> {
  return db.$queryRaw`
    SELECT k."tag_id"::text AS "tagId", count(*)::int AS "count"
    FROM "tags" t JOIN "follower_tasks" k ON k."tag_id" = t."id" AND k."state" = 'waiting'
    WHERE t."account_id" = ${accountId}::uuid GROUP BY 1`;
}

export type FailureRow = {
  tagId: string;
  tagName: string;
  followers: number;
  kind: string | null;
  errcode: number | null;
  errmsg: string | null;
  rid: string | null;
  at: Date | null;
};

export function findFailures(db: Db, accountId: string, take: number): Promise<FailureRow[]> {
  return db.$queryRaw<FailureRow[]>`
    SELECT t."id"::text AS "tagId", t."name" AS "tagName", count(*)::int AS "followers", k."last_error" AS "kind",
      k."last_error_code" AS "errcode", (array_agg(k."last_error_message" ORDER BY k."finished_at" DESC))[1] AS "errmsg",
      (array_agg(k."last_error_rid" ORDER BY k."finished_at" DESC))[1] AS "rid", max(k."finished_at") AS "at"
    FROM "tags" t JOIN "follower_tasks" k ON k."tag_id" = t."id" AND k."state" = 'failed'
    WHERE t."account_id" = ${accountId}::uuid
    GROUP BY t."id", t."name", k."last_error", k."last_error_code" ORDER BY 3 DESC, 2 LIMIT ${take}::int`;
}

/** @returns how many wait again */
export function requeueFailed(db: Db, accountId: string, tagId: string | null, now: Date): Promise<number> {
  const ofTag = tagId === null ? Prisma.empty : Prisma.sql`AND t."id" = ${tagId}::uuid`;
  return db.$executeRaw`
    UPDATE "follower_tasks" k SET "state" = 'waiting', "attempts" = 0, "next_attempt_at" = ${now}
    FROM "tags" t WHERE t."id" = k."tag_id" AND t."account_id" = ${accountId}::uuid AND t."marks_followers" ${ofTag}
      AND k."state" = 'failed'`;
}
