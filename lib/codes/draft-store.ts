import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import { maxPermanentSceneId, maxTemporarySceneId } from './scene-limits';
import type { Maker } from './store';
import type { CodeKind, SceneKind } from './types';

/** A code that is to be made, a row of a batch. */
export type DraftRow = {
  line: number;
  label: string;
  /** Null: the next free integer. A temporary code brings one always. */
  sceneKind: SceneKind | null;
  scene: string | null;
  /** Of a channel that exists by the time the codes are made; null: the batch's own. */
  channelNumber: string | null;
  expireSeconds: number | null;
  rowKey: string | null;
  /** A UUID out of what makes the row the same row when its file comes again. */
  rowDigest: string | null;
  /** By names that there are by the time the codes are made. */
  tags: string[];
};

/** The drafts of one transaction, in a table of its own session that ends with it: rows are joined there and never sent twice. */
export async function openDraft(tx: Db): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE "code_draft" (
      "line" integer PRIMARY KEY, "label" text NOT NULL, "scene_kind" "scene_kind", "scene" text, "channel_number" text,
      "expire_seconds" integer, "row_key" text, "row_digest" uuid, "slot" bigint, "place" integer, "renews" uuid,
      "tags" json
    ) ON COMMIT DROP`;
}

export async function insertDraft(tx: Db, rows: DraftRow[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "code_draft" ("line", "label", "scene_kind", "scene", "channel_number", "expire_seconds", "row_key",
      "row_digest", "tags")
    SELECT r."line", r."label", r."sceneKind", r."scene", r."channelNumber", r."expireSeconds", r."rowKey", r."rowDigest",
      CASE WHEN json_array_length(r."tags") > 0 THEN r."tags" END
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r("line" integer, "label" text, "sceneKind" "scene_kind",
      "scene" text, "channelNumber" text, "expireSeconds" integer, "rowKey" text, "rowDigest" uuid, "tags" json)`;
}

/** @returns how many rows an earlier batch had made */
export async function dropKnownDrafts(tx: Db): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "code_draft" d USING (
      SELECT "row_digest" FROM "codes" WHERE "row_digest" IN (SELECT "row_digest" FROM "code_draft")
      UNION ALL SELECT "row_digest" FROM "batch_reuses" WHERE "row_digest" IN (SELECT "row_digest" FROM "code_draft")
    ) made WHERE made."row_digest" = d."row_digest"`;
}

/**
 * Permanent codes that channels have and that serve another campaign than this one at that moment and after it: issued, not
 * archived, with a symbol. The oldest of a channel comes first, since its print has hung there longest.
 */
const reusableCodes = (
  accountId: string,
  campaignId: string,
  fromAt: Date,
  channels: Prisma.Sql,
) => Prisma.sql`
  SELECT c."id", c."channel_id", c."sequence" FROM "codes" c
  WHERE c."channel_id" IN (${channels}) AND c."account_id" = ${accountId}::uuid AND c."kind" = 'permanent'
    AND c."status" = 'issued' AND c."archived_at" IS NULL AND c."channel_id" IS NOT NULL AND c."url" IS NOT NULL
    AND (SELECT a."campaign_id" FROM "assignments" a WHERE a."code_id" = c."id" AND a."from_at" <= ${fromAt}
         ORDER BY a."from_at" DESC LIMIT 1) IS DISTINCT FROM ${campaignId}::uuid
    AND NOT EXISTS (SELECT 1 FROM "assignments" a
                    WHERE a."code_id" = c."id" AND a."from_at" > ${fromAt} AND a."campaign_id" = ${campaignId}::uuid)`;

/** How many codes of these channels a batch for the campaign could take over, by channel. */
export function countReusable(
  db: Db,
  accountId: string,
  { campaignId, fromAt }: { campaignId: string; fromAt: Date },
  channelIds: string[],
): Promise<{ channelId: string; count: number }[]> {
  const channels = Prisma.sql`SELECT unnest(${channelIds}::uuid[])`;
  return db.$queryRaw`
    SELECT r."channel_id"::text AS "channelId", count(*)::int AS "count"
    FROM (${reusableCodes(accountId, campaignId, fromAt, channels)}) r GROUP BY 1`;
}

/**
 * Takes the rows that name a channel and no scene out of the draft, as far as their channel has codes to take over.
 *
 * @returns how many
 */
export async function takeOverCodes(
  tx: Db,
  accountId: string,
  { campaignId, fromAt }: { campaignId: string; fromAt: Date },
): Promise<number> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE "code_reuse" (
      "line" integer PRIMARY KEY, "code_id" uuid NOT NULL, "row_key" text, "row_digest" uuid, "tags" json
    ) ON COMMIT DROP`;
  const ofDraft = Prisma.sql`
    SELECT h."id" FROM "code_draft" d JOIN "channels" h ON h."account_id" = ${accountId}::uuid AND h."number" = d."channel_number"
    WHERE d."scene" IS NULL`;
  await tx.$executeRaw`
    INSERT INTO "code_reuse" ("line", "code_id", "row_key", "row_digest", "tags")
    SELECT d."line", r."id", d."row_key", d."row_digest", d."tags"
    FROM (
      SELECT d."line", d."row_key", d."row_digest", d."tags", h."id" AS "channel_id",
        row_number() OVER (PARTITION BY h."id" ORDER BY d."line") AS "nth"
      FROM "code_draft" d JOIN "channels" h ON h."account_id" = ${accountId}::uuid AND h."number" = d."channel_number"
      WHERE d."scene" IS NULL
    ) d JOIN (
      SELECT u."id", u."channel_id", row_number() OVER (PARTITION BY u."channel_id" ORDER BY u."sequence") AS "nth"
      FROM (${reusableCodes(accountId, campaignId, fromAt, ofDraft)}) u
    ) r ON r."channel_id" = d."channel_id" AND r."nth" = d."nth"`;
  return tx.$executeRaw`DELETE FROM "code_draft" d USING "code_reuse" r WHERE r."line" = d."line"`;
}

/** Hands the codes that were taken over to the campaign, from that moment on; the trigger counts them. */
export async function insertReuses(
  tx: Db,
  { batchId, campaignId, fromAt }: { batchId: string; campaignId: string; fromAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "batch_reuses" ("batch_id", "line", "code_id", "from_at", "row_key", "row_digest")
    SELECT ${batchId}::uuid, "line", "code_id", ${fromAt}, "row_key", "row_digest" FROM "code_reuse" ORDER BY "line"`;
  await tx.$executeRaw`
    INSERT INTO "assignments" ("code_id", "from_at", "campaign_id")
    SELECT "code_id", ${fromAt}, ${campaignId}::uuid FROM "code_reuse"
    ON CONFLICT ("code_id", "from_at") DO UPDATE SET "campaign_id" = excluded."campaign_id"`;
}

/** Those of their rows, added to what the codes had. */
export async function tagReuses(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "code_tags" ("code_id", "tag_id")
    SELECT r."code_id", t."id" FROM "code_reuse" r CROSS JOIN LATERAL json_array_elements_text(r."tags") AS n("name")
    JOIN "tags" t ON t."account_id" = ${accountId}::uuid AND t."name" = n."name" WHERE r."tags" IS NOT NULL
    ON CONFLICT DO NOTHING`;
}

export async function analyseDraft(tx: Db): Promise<void> {
  await tx.$executeRaw`ANALYZE "code_draft"`;
}

export type DraftTally = { count: number; nextIntegers: number; strings: number; tagged: number };

export async function tallyDraft(tx: Db): Promise<DraftTally> {
  const rows = await tx.$queryRaw<DraftTally[]>`
    SELECT count(*)::int AS "count", (count(*) FILTER (WHERE "scene" IS NULL))::int AS "nextIntegers",
      (count(*) FILTER (WHERE "scene_kind" = 'string'))::int AS "strings",
      count("tags")::int AS "tagged" FROM "code_draft"`;
  return rows[0] ?? { count: 0, nextIntegers: 0, strings: 0, tagged: 0 };
}

/** Numbers the rows without a scene, in the order of their lines. */
export async function numberDraft(tx: Db): Promise<void> {
  await tx.$executeRaw`
    UPDATE "code_draft" d SET "place" = n."place"
    FROM (SELECT "line", row_number() OVER (ORDER BY "line") AS "place" FROM "code_draft" WHERE "scene" IS NULL) n
    WHERE d."line" = n."line"`;
}

/** The given scenes of the draft, `count` in all, window by window. */
export async function* findGivenScenes(
  tx: Db,
  count: number,
  size: number,
): AsyncGenerator<{ line: number; sceneKind: SceneKind; scene: string }[]> {
  for (let found = 0, afterLine = -1; found < count; ) {
    const window = await tx.$queryRaw<{ line: number; sceneKind: SceneKind; scene: string }[]>`
      SELECT "line", "scene_kind"::text AS "sceneKind", "scene" FROM "code_draft"
      WHERE "scene" IS NOT NULL AND "line" > ${afterLine}::int ORDER BY "line" LIMIT ${size}::int`;
    yield window;
    found += window.length;
    const last = window.at(-1);
    if (!last) return;
    afterLine = last.line;
  }
}

/** Gives the rows from place `from` on the slots that were reserved for them just now. */
export async function placeSlots(
  tx: Db,
  accountId: string,
  { firstId, lastId, from }: { firstId: bigint; lastId: bigint; from: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "code_draft" d SET "slot" = s."id", "scene" = s."scene", "scene_kind" = 'integer'
    FROM (
      SELECT "id", "scene", row_number() OVER (ORDER BY "id") AS "place" FROM "permanent_scenes"
      WHERE "id" BETWEEN ${firstId} AND ${lastId} AND "account_id" = ${accountId}::uuid
    ) s WHERE d."place" = s."place" + ${from}::int - 1`;
}

export async function placeGivenSlots(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "code_draft" d SET "slot" = s."id" FROM "permanent_scenes" s
    WHERE d."slot" IS NULL AND s."account_id" = ${accountId}::uuid AND s."kind" = d."scene_kind" AND s."scene" = d."scene"`;
}

/** Temporary scenes of this draft that have expired elsewhere may be taken again. */
export async function releaseExpiredOfDraft(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "codes" c SET "is_living" = false FROM "code_draft" d
    WHERE c."account_id" = ${accountId}::uuid AND c."scene" = d."scene" AND c."is_living" AND c."expires_at" <= now()`;
}

/**
 * Draws integers above those that permanent codes may take, for numbered rows that have none yet or whose scene is another
 * row's or lives already. To be repeated until it returns 0, since what is drawn may collide again.
 */
export async function drawFreeScenes(tx: Db, accountId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE "code_draft" d SET "scene_kind" = 'integer', "scene" = (
      ${maxPermanentSceneId + 1}::bigint + floor(random() * ${maxTemporarySceneId - maxPermanentSceneId}::float8)::bigint)::text
    FROM (
      SELECT "line", "scene", "place", row_number() OVER (PARTITION BY "scene" ORDER BY "place" NULLS FIRST) AS "nth"
      FROM "code_draft"
    ) n
    WHERE d."line" = n."line" AND n."place" IS NOT NULL AND (n."scene" IS NULL OR n."nth" > 1 OR EXISTS (
      SELECT 1 FROM "codes" c WHERE c."account_id" = ${accountId}::uuid AND c."scene" = n."scene" AND c."is_living"))`;
}

export type Lines = { from: number; to: number };

/** Splits the drafts into windows of at most `size` rows, so that no statement grows with the batch. */
export async function findWindows(tx: Db, size: number): Promise<Lines[]> {
  return tx.$queryRaw<Lines[]>`
    SELECT min("line") AS "from", max("line") AS "to" FROM (
      SELECT "line", (row_number() OVER (ORDER BY "line") - 1) / ${size}::int AS "window" FROM "code_draft"
    ) numbered GROUP BY "window" ORDER BY 1`;
}

export type DraftedCodes = {
  accountId: string;
  kind: CodeKind;
  batchId: string;
  /** Where codes hang whose row names no channel. */
  channelId: string | null;
  maker: Maker;
};

/**
 * Makes the codes of a window, due at once, in the order of their lines; then who holds their slots and what they serve.
 *
 * @param campaignId  null: the drafts renew codes, and each serves what its predecessor serves
 */
export async function insertDraftedCodes(
  tx: Db,
  { accountId, kind, batchId, channelId, maker }: DraftedCodes,
  campaignId: string | null,
  { from, to }: Lines,
): Promise<void> {
  const ofBatch = Prisma.sql`"batch_id" = ${batchId}::uuid AND "batch_line" BETWEEN ${from}::int AND ${to}::int`;
  const channel = campaignId === null ? Prisma.sql`p."channel_id"` : Prisma.sql`h."id"`;
  const place =
    campaignId === null
      ? Prisma.sql`JOIN "codes" p ON p."id" = d."renews"`
      : Prisma.sql`LEFT JOIN "channels" h ON h."account_id" = ${accountId}::uuid AND h."number" = d."channel_number"`;
  await tx.$executeRaw`
    INSERT INTO "codes" ("account_id", "kind", "scene_kind", "scene", "permanent_scene_id", "is_living", "channel_id",
      "label", "expire_seconds", "created_by_id", "created_by_name", "created_at", "next_attempt_at",
      "batch_id", "batch_line", "row_key", "row_digest", "renews_id")
    SELECT ${accountId}::uuid, ${kind}::"code_kind", d."scene_kind", d."scene", d."slot", ${kind === 'temporary'},
      coalesce(${channel}, ${channelId}::uuid), d."label", d."expire_seconds", ${maker.createdById}::uuid, ${maker.createdByName},
      ${maker.createdAt}, now(), ${batchId}::uuid, d."line", d."row_key", d."row_digest", d."renews"
    FROM "code_draft" d ${place}
    WHERE d."line" BETWEEN ${from}::int AND ${to}::int ORDER BY d."line"`;
  if (kind === 'permanent') {
    await tx.$executeRaw`
      INSERT INTO "scene_tenures" ("permanent_scene_id", "code_id", "from_at")
      SELECT "permanent_scene_id", "id", ${maker.createdAt} FROM "codes" WHERE ${ofBatch}`;
  }
  await tx.$executeRaw`
    INSERT INTO "assignments" ("code_id", "from_at", "campaign_id")
    ${
      campaignId === null
        ? Prisma.sql`SELECT c."id", ${maker.createdAt}::timestamptz, present."campaign_id" FROM "codes" c CROSS JOIN LATERAL (
            SELECT a."campaign_id" FROM "assignments" a
            WHERE a."code_id" = c."renews_id" AND a."from_at" <= ${maker.createdAt} ORDER BY a."from_at" DESC LIMIT 1
          ) present WHERE ${ofBatch} AND present."campaign_id" IS NOT NULL`
        : Prisma.sql`SELECT "id", ${maker.createdAt}::timestamptz, ${campaignId}::uuid FROM "codes" WHERE ${ofBatch}`
    }`;
}

/** Puts the tags of their rows on the codes of a window; on those that renew others, the tags of their predecessors. */
export async function tagDraftedCodes(
  tx: Db,
  { accountId, batchId }: DraftedCodes,
  campaignId: string | null,
  { from, to }: Lines,
): Promise<void> {
  const ofBatch = Prisma.sql`c."batch_id" = ${batchId}::uuid AND c."batch_line" BETWEEN ${from}::int AND ${to}::int`;
  const tags =
    campaignId === null
      ? Prisma.sql`SELECT c."id", p."tag_id" FROM "codes" c JOIN "code_tags" p ON p."code_id" = c."renews_id" WHERE ${ofBatch}`
      : Prisma.sql`
          SELECT c."id", t."id" FROM "codes" c JOIN "code_draft" d ON d."line" = c."batch_line" AND d."tags" IS NOT NULL
          CROSS JOIN LATERAL json_array_elements_text(d."tags") AS n("name")
          JOIN "tags" t ON t."account_id" = ${accountId}::uuid AND t."name" = n."name" WHERE ${ofBatch}`;
  await tx.$executeRaw`INSERT INTO "code_tags" ("code_id", "tag_id") ${tags}`;
}

/** Of these rows of files, those that have been made. */
export async function findRowDigests(db: Db, digests: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ digest: string }[]>`
    SELECT "row_digest"::text AS "digest" FROM "codes" WHERE "row_digest" = ANY(${digests}::uuid[])
    UNION ALL SELECT "row_digest"::text FROM "batch_reuses" WHERE "row_digest" = ANY(${digests}::uuid[])`;
  return rows.map(({ digest }) => digest);
}

export async function findLivingScenes(db: Db, accountId: string, scenes: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ scene: string }[]>`
    SELECT "scene" FROM "codes" WHERE "account_id" = ${accountId}::uuid AND "scene" = ANY(${scenes}::text[])
      AND "is_living" AND ("expires_at" IS NULL OR "expires_at" > now())`;
  return rows.map(({ scene }) => scene);
}
