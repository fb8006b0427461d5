import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { LedgerCounts } from './pools';

export type LockedLedger = LedgerCounts & { ownPrefixes: string[]; isDeclared: boolean; coolingDays: number };

/** Whoever changes an account's permanent scenes takes this lock first; ledger, then codes, then scenes. */
export async function lockLedger(tx: Db, accountId: string): Promise<LockedLedger | null> {
  const rows = await tx.$queryRaw<LockedLedger[]>`
    SELECT l."cap", l."shares_pool" AS "sharesPool", l."reserved", l."issued", l."external", l."unlisted",
      l."reserved_strings" AS "reservedStrings", l."issued_strings" AS "issuedStrings",
      l."external_strings" AS "externalStrings", l."unlisted_strings" AS "unlistedStrings",
      l."own_prefixes" AS "ownPrefixes", l."cooling_days" AS "coolingDays",
      o."external_declared_at" IS NOT NULL AS "isDeclared"
    FROM "permanent_ledgers" l JOIN "official_accounts" o ON o."id" = l."account_id"
    WHERE l."account_id" = ${accountId}::uuid FOR UPDATE OF l`;
  return rows[0] ?? null;
}

export async function listOwnPrefixes(db: Db, accountId: string): Promise<string[]> {
  const row = await db.permanentLedger.findUnique({ where: { accountId }, select: { ownPrefixes: true } });
  return row?.ownPrefixes ?? [];
}

export async function listOwnRanges(db: Db, accountId: string): Promise<[number, number][]> {
  const rows = await db.$queryRaw<{ from_id: number; to_id: number }[]>`
    SELECT "from_id", "to_id" FROM "own_ranges" WHERE "account_id" = ${accountId}::uuid ORDER BY "from_id"`;
  return rows.map(({ from_id, to_id }) => [from_id, to_id]);
}

export type InsertedScene = { id: bigint; scene: string };

/**
 * Takes the lowest free ids out of the ranges that this app may give out, fewer than `count` where there are no more.
 *
 * Each own range is met at the gap that it begins in and read on from there, no further than is needed, so the time
 * does not grow with the ledger. Temporary codes that live on low ids are stepped over.
 */
export function insertNextIntegers(
  tx: Db,
  accountId: string,
  count: number,
  campaignId: string | null,
): Promise<InsertedScene[]> {
  return tx.$queryRaw<InsertedScene[]>`
    ${takeNextIntegers(accountId, count, campaignId)} SELECT "id", "scene" FROM "taken"`;
}

/** The same, told as the run of row ids that they were given, in ascending order of scene. */
export async function insertRun(
  tx: Db,
  accountId: string,
  count: number,
  campaignId: string | null,
): Promise<{ firstId: bigint | null; lastId: bigint | null; count: number }> {
  const rows = await tx.$queryRaw<{ firstId: bigint | null; lastId: bigint | null; count: number }[]>`
    ${takeNextIntegers(accountId, count, campaignId)}
    SELECT min("id") AS "firstId", max("id") AS "lastId", count(*)::int AS "count" FROM "taken"`;
  return rows[0] ?? { firstId: null, lastId: null, count: 0 };
}

const takeNextIntegers = (accountId: string, count: number, campaignId: string | null) => Prisma.sql`
    WITH "low_living" AS MATERIALIZED (
      SELECT c."scene" FROM "codes" c
      WHERE c."account_id" = ${accountId}::uuid AND c."is_living" AND char_length(c."scene") <= 6
        AND (c."expires_at" IS NULL OR c."expires_at" > now())
    ), "wanted" AS (SELECT ${count}::int + count(*)::int AS "n" FROM "low_living"
    ), "clipped" AS (
      SELECT greatest(f."from_id", o."from_id") AS "a", least(f."to_id", o."to_id") AS "b"
      FROM "own_ranges" o CROSS JOIN LATERAL (
        (SELECT g."from_id", g."to_id" FROM (
           SELECT "from_id", "to_id" FROM "free_ranges"
           WHERE "account_id" = ${accountId}::uuid AND "from_id" <= o."from_id" ORDER BY "from_id" DESC LIMIT 1
         ) g WHERE g."to_id" >= o."from_id")
        UNION ALL
        (SELECT "from_id", "to_id" FROM "free_ranges"
         WHERE "account_id" = ${accountId}::uuid AND "from_id" > o."from_id" AND "from_id" <= o."to_id"
         ORDER BY "from_id" LIMIT (SELECT "n" FROM "wanted"))
      ) f
      WHERE o."account_id" = ${accountId}::uuid
      ORDER BY o."from_id", f."from_id" LIMIT (SELECT "n" FROM "wanted")
    ), "gaps" AS (
      SELECT lower("ids") AS "a", upper("ids") - 1 AS "b"
      FROM (SELECT unnest(range_agg(int4range("a", "b" + 1))) AS "ids" FROM "clipped") merged
    ), "numbered" AS (
      SELECT "a", "b", (sum("b" - "a" + 1) OVER (ORDER BY "a") - ("b" - "a" + 1))::int AS "before" FROM "gaps"
    ), "picked" AS (
      SELECT free."scene_id" FROM "numbered", "wanted",
        LATERAL generate_series("a", least("b", "a" + "n" - "before" - 1)) AS free("scene_id")
      WHERE "before" < "n"
        AND NOT EXISTS (SELECT 1 FROM "low_living" t WHERE t."scene" = free."scene_id"::text)
      ORDER BY free."scene_id" LIMIT ${count}::int
    ), "taken" AS (
      INSERT INTO "permanent_scenes" ("account_id", "kind", "scene", "scene_id", "state", "spent_for_campaign_id")
      SELECT ${accountId}::uuid, 'integer', p."scene_id"::text, p."scene_id", 'reserved', ${campaignId}::uuid
      FROM "picked" p ORDER BY p."scene_id"
      RETURNING "id", "scene"
    )`;

export async function insertGivenScenes(
  tx: Db,
  accountId: string,
  scenes: { sceneKind: 'integer' | 'string'; scene: string }[],
  campaignId: string | null,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "permanent_scenes" ("account_id", "kind", "scene", "scene_id", "state", "spent_for_campaign_id")
    SELECT ${accountId}::uuid, r."sceneKind", r."scene",
      CASE WHEN r."sceneKind" = 'integer' THEN r."scene"::int END, 'reserved', ${campaignId}::uuid
    FROM json_to_recordset(${JSON.stringify(scenes)}::json) AS r("sceneKind" "scene_kind", "scene" text)`;
}

export type TakenScene = { scene: string; kind: 'integer' | 'string' };

/** Those of these scenes that somebody holds, in either kind. */
export function findTakenScenes(db: Db, accountId: string, scenes: string[]): Promise<TakenScene[]> {
  return db.$queryRaw<TakenScene[]>`
    SELECT "scene", "kind"::text AS "kind" FROM "permanent_scenes"
    WHERE "account_id" = ${accountId}::uuid AND "scene" = ANY(${scenes}::text[])`;
}

export async function insertReservedScene(
  tx: Db,
  accountId: string,
  scene: { id: number } | { str: string },
  spentForCampaignId: string | null,
): Promise<InsertedScene> {
  const reserved = { accountId, state: 'reserved', spentForCampaignId } as const;
  return tx.permanentScene.create({
    data:
      'id' in scene
        ? { ...reserved, kind: 'integer', scene: String(scene.id), sceneId: scene.id }
        : { ...reserved, kind: 'string', scene: scene.str },
    select: { id: true, scene: true },
  });
}

/** Returns slots that WeChat cannot have seen; how many of them that was. */
export async function deleteUnseen(tx: Db, accountId: string, ids: bigint[]): Promise<number> {
  const { count } = await tx.permanentScene.deleteMany({
    where: { accountId, id: { in: ids }, state: 'reserved', sentAt: null },
  });
  return count;
}

/** @returns those that WeChat certainly had not seen before */
export async function markSent(tx: Db, ids: bigint[]): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE "permanent_scenes" SET "sent_at" = now()
    WHERE "id" = ANY(${ids}::bigint[]) AND "sent_at" IS NULL RETURNING "id"`;
  return rows.map(({ id }) => id);
}

export async function unmarkSent(tx: Db, ids: bigint[]): Promise<void> {
  await tx.permanentScene.updateMany({
    where: { id: { in: ids }, state: 'reserved' },
    data: { sentAt: null },
  });
}

export async function markIssued(tx: Db, ids: bigint[]): Promise<void> {
  await tx.permanentScene.updateMany({
    where: { id: { in: ids }, state: 'reserved' },
    data: { state: 'issued' },
  });
}

/** Moves one spent slot between the two states that an issued one may have. */
export async function setArchived(tx: Db, id: bigint, archived: boolean): Promise<number> {
  const { count } = await tx.permanentScene.updateMany({
    where: archived
      ? { id, state: { in: ['issued', 'reserved'] }, sentAt: { not: null } }
      : { id, state: 'archived' },
    data: { state: archived ? 'archived' : 'issued' },
  });
  return count;
}

export async function insertTenures(
  tx: Db,
  tenures: { permanentSceneId: bigint; codeId: string }[],
  fromAt: Date,
): Promise<void> {
  await tx.sceneTenure.createMany({ data: tenures.map((tenure) => ({ ...tenure, fromAt })) });
}

export async function endTenure(tx: Db, permanentSceneId: bigint, toAt: Date): Promise<number> {
  const { count } = await tx.sceneTenure.updateMany({
    where: { permanentSceneId, toAt: null },
    data: { toAt },
  });
  return count;
}

export async function findHolder(
  db: Db,
  permanentSceneId: bigint,
): Promise<{ codeId: string; label: string } | null> {
  const row = await db.sceneTenure.findFirst({
    where: { permanentSceneId, toAt: null },
    select: { codeId: true, code: { select: { label: true } } },
  });
  return row && { codeId: row.codeId, label: row.code.label };
}
