import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { CodeFlag, CodeKind, CodeOrigin, SceneKind } from './types';

export type CodeRow = {
  id: string;
  sequence: bigint;
  accountId: string;
  kind: CodeKind;
  sceneKind: SceneKind;
  scene: string;
  permanentSceneId: bigint | null;
  label: string;
  status: 'reserved' | 'issued' | 'failed';
  expireSeconds: number | null;
  expiresAt: Date | null;
  issuedAt: Date | null;
  ticket: string | null;
  url: string | null;
  scans: number;
  createdByName: string;
  createdAt: Date;
  archivedAt: Date | null;
  isLeased: boolean;
  nextAttemptAt: Date | null;
  errorKind: string | null;
  errorCode: number | null;
  errorMessage: string | null;
  errorRid: string | null;
  errorAt: Date | null;
  /** Since when WeChat may have seen its permanent slot. */
  slotSentAt: Date | null;
  channelId: string | null;
  channelNumber: string | null;
  channelName: string | null;
  channelCity: string | null;
  campaignId: string | null;
  campaignName: string | null;
  origin: CodeOrigin;
  flags: CodeFlag[];
  renewsId: string | null;
  renewsLabel: string | null;
  renewedById: string | null;
  renewedByLabel: string | null;
  tags: { id: string; name: string }[] | null;
};

const columns = Prisma.sql`
  c."id"::text AS "id", c."sequence", c."account_id"::text AS "accountId", c."kind"::text AS "kind",
  c."scene_kind"::text AS "sceneKind", c."scene", c."permanent_scene_id" AS "permanentSceneId", c."label",
  c."status"::text AS "status", c."expire_seconds" AS "expireSeconds", c."expires_at" AS "expiresAt",
  c."issued_at" AS "issuedAt", c."ticket", c."url", coalesce(k."scans", 0) AS "scans", c."created_by_name" AS "createdByName",
  c."created_at" AS "createdAt", c."archived_at" AS "archivedAt", coalesce(c."lease_until" > now(), false) AS "isLeased",
  c."next_attempt_at" AS "nextAttemptAt", c."last_error_kind" AS "errorKind", c."last_error_code" AS "errorCode",
  c."last_error_message" AS "errorMessage", c."last_error_rid" AS "errorRid", c."last_error_at" AS "errorAt",
  s."sent_at" AS "slotSentAt", h."id"::text AS "channelId", h."number" AS "channelNumber", h."name" AS "channelName",
  h."city" AS "channelCity", g."id"::text AS "campaignId", g."name" AS "campaignName",
  c."origin"::text AS "origin", c."flags", p."id"::text AS "renewsId", p."label" AS "renewsLabel",
  f."id"::text AS "renewedById", f."label" AS "renewedByLabel", (
    SELECT json_agg(json_build_object('id', t."id", 'name', t."name") ORDER BY t."name")
    FROM "code_tags" e JOIN "tags" t ON t."id" = e."tag_id" WHERE e."code_id" = c."id"
  ) AS "tags"`;

/** Whole rows, with channel and present campaign; not in order. */
export function findRows(db: Db, ids: string[], now: Date): Promise<CodeRow[]> {
  return db.$queryRaw<CodeRow[]>`
    SELECT ${columns}
    FROM "codes" c
    LEFT JOIN "permanent_scenes" s ON s."id" = c."permanent_scene_id"
    LEFT JOIN "channels" h ON h."id" = c."channel_id"
    LEFT JOIN "code_totals" k ON k."code_id" = c."id"
    LEFT JOIN LATERAL (
      SELECT a."campaign_id" FROM "assignments" a
      WHERE a."code_id" = c."id" AND a."from_at" <= ${now} ORDER BY a."from_at" DESC LIMIT 1
    ) present ON true
    LEFT JOIN "campaigns" g ON g."id" = present."campaign_id"
    LEFT JOIN "codes" p ON p."id" = c."renews_id"
    LEFT JOIN "codes" f ON f."renews_id" = c."id"
    WHERE c."id" = ANY(${ids}::uuid[])`;
}

export async function findRow(db: Db, accountId: string, id: string, now: Date): Promise<CodeRow | null> {
  const [row] = await findRows(db, [id], now);
  return row?.accountId === accountId ? row : null;
}

export async function findAccountOf(db: Db, id: string): Promise<string | null> {
  const row = await db.code.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

export function countOfAccount(db: Db, accountId: string, ids: string[]): Promise<number> {
  return db.code.count({ where: { accountId, id: { in: ids } } });
}

export type LockedCode = {
  id: string;
  label: string;
  kind: CodeKind;
  status: 'reserved' | 'issued' | 'failed';
  permanentSceneId: bigint | null;
  archivedAt: Date | null;
  isLeased: boolean;
};

export async function lockCode(tx: Db, accountId: string, id: string): Promise<LockedCode | null> {
  const rows = await tx.$queryRaw<LockedCode[]>`
    SELECT "id"::text AS "id", "label", "kind"::text AS "kind", "status"::text AS "status",
      "permanent_scene_id" AS "permanentSceneId", "archived_at" AS "archivedAt",
      coalesce("lease_until" > now(), false) AS "isLeased"
    FROM "codes" WHERE "id" = ${id}::uuid AND "account_id" = ${accountId}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export type NewCodeRow = {
  id: string;
  kind: CodeKind;
  sceneKind: SceneKind;
  scene: string;
  permanentSceneId: bigint | null;
  channelId: string | null;
  label: string;
  expireSeconds: number | null;
  /** The temporary code that it follows. */
  renewsId?: string | null;
  /** `made` when left out. */
  origin?: CodeOrigin;
};

export type Maker = { createdById: string | null; createdByName: string; createdAt: Date };

/**
 * Inserts codes to be issued, in the order given, due at once.
 *
 * @param leaseToken  given: the caller asks WeChat itself, and the queue leaves them alone while the lease lasts
 */
export async function insertCodes(
  tx: Db,
  accountId: string,
  codes: NewCodeRow[],
  maker: Maker,
  lease: { token: string; seconds: number } | null,
): Promise<void> {
  const rows = JSON.stringify(
    codes.map((code) => ({ ...code, permanentSceneId: code.permanentSceneId?.toString() })),
  );
  const leaseUntil = lease
    ? Prisma.sql`now() + make_interval(secs => ${lease.seconds})`
    : Prisma.sql`NULL::timestamptz`;
  await tx.$executeRaw`
    INSERT INTO "codes" ("id", "account_id", "kind", "scene_kind", "scene", "permanent_scene_id", "is_living", "channel_id",
      "label", "expire_seconds", "created_by_id", "created_by_name", "created_at", "lease_token", "lease_until",
      "attempts", "next_attempt_at", "renews_id", "origin")
    SELECT (r->>'id')::uuid, ${accountId}::uuid, (r->>'kind')::"code_kind", (r->>'sceneKind')::"scene_kind", r->>'scene',
      (r->>'permanentSceneId')::bigint, r->>'kind' = 'temporary', (r->>'channelId')::uuid, r->>'label',
      (r->>'expireSeconds')::int, ${maker.createdById}::uuid, ${maker.createdByName}, ${maker.createdAt},
      ${lease?.token ?? null}::uuid, ${leaseUntil}, ${lease ? 1 : 0}::int, coalesce(${leaseUntil}, now()),
      (r->>'renewsId')::uuid, coalesce(r->>'origin', 'made')::"code_origin"
    FROM jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS given(r, place) ORDER BY place`;
}

/** Temporary scenes that have expired may be taken again. */
export async function releaseExpiredScenes(tx: Db, accountId: string, scenes: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE "codes" SET "is_living" = false
    WHERE "account_id" = ${accountId}::uuid AND "scene" = ANY(${scenes}::text[]) AND "is_living"
      AND "expires_at" <= now()`;
}

export async function changeCode(
  tx: Db,
  id: string,
  change: { label?: string; channelId?: string | null; archivedAt?: Date | null },
): Promise<void> {
  await tx.code.update({ where: { id }, data: change, select: { id: true } });
}

export async function deleteCode(tx: Db, id: string): Promise<void> {
  await tx.code.delete({ where: { id }, select: { id: true } });
}

/** Codes of bindings among these that nobody has ever scanned: no event and no count knows them. @returns how many */
export function deleteNeverScanned(db: Db, ids: string[]): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "codes" c WHERE c."id" = ANY(${ids}::uuid[]) AND c."origin" = 'binding'
      AND NOT EXISTS (SELECT 1 FROM "code_totals" t WHERE t."code_id" = c."id")
      AND NOT EXISTS (SELECT 1 FROM "scan_events" e WHERE e."code_id" = c."id")`;
}

export type Summary = { reserved: number; failed: number; temporaryLiving: number };

export async function countStates(db: Db, accountId: string, now: Date): Promise<Summary> {
  const rows = await db.$queryRaw<Summary[]>`
    SELECT
      (SELECT count(*) FROM "codes" WHERE "account_id" = ${accountId}::uuid AND "status" <> 'issued'
         AND "status" = 'reserved' AND "archived_at" IS NULL)::int AS "reserved",
      (SELECT count(*) FROM "codes" WHERE "account_id" = ${accountId}::uuid AND "status" <> 'issued'
         AND "status" = 'failed' AND "archived_at" IS NULL)::int AS "failed",
      (SELECT count(*) FROM "codes" WHERE "account_id" = ${accountId}::uuid
         AND coalesce("expires_at", 'infinity'::timestamptz) > ${now}
         AND coalesce("expires_at", 'infinity'::timestamptz) < 'infinity'
         AND "archived_at" IS NULL AND "origin" IN ('made', 'imported'))::int AS "temporaryLiving"`;
  return rows[0] ?? { reserved: 0, failed: 0, temporaryLiving: 0 };
}
