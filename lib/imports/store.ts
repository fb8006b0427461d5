import 'server-only';
import type { CodeFlag, CodeKind, SceneKind } from '../codes/types';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

/** A code that is to be brought in; moments in ISO 8601. */
export type ImportDraft = {
  line: number;
  kind: CodeKind;
  sceneKind: SceneKind;
  scene: string;
  label: string;
  channelNumber: string | null;
  campaignId: string | null;
  ticket: string | null;
  url: string | null;
  issuedAt: string | null;
  expiresAt: string | null;
  expireSeconds: number | null;
  flags: CodeFlag[];
  digest: string;
};

/** The rows of one import, in a table of its own session that ends with the transaction: they are sent once and joined there. */
export async function openImportDraft(tx: Db): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE "import_draft" (
      "line" integer PRIMARY KEY, "kind" "code_kind" NOT NULL, "scene_kind" "scene_kind" NOT NULL, "scene" text NOT NULL,
      "label" text NOT NULL, "channel_number" text, "campaign_id" uuid, "ticket" text, "url" text, "issued_at" timestamptz,
      "expires_at" timestamptz, "expire_seconds" integer, "flags" text[] NOT NULL, "digest" uuid NOT NULL,
      "slot" bigint, "adopts" boolean NOT NULL DEFAULT false, "is_twin" boolean NOT NULL DEFAULT false,
      "is_living" boolean NOT NULL DEFAULT false
    ) ON COMMIT DROP`;
}

export async function insertImportDraft(tx: Db, rows: ImportDraft[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "import_draft" ("line", "kind", "scene_kind", "scene", "label", "channel_number", "campaign_id", "ticket", "url",
      "issued_at", "expires_at", "expire_seconds", "flags", "digest")
    SELECT r."line", r."kind", r."sceneKind", r."scene", r."label", r."channelNumber", r."campaignId", r."ticket", r."url",
      r."issuedAt", r."expiresAt", r."expireSeconds",
      ARRAY(SELECT json_array_elements_text(r."flags")), r."digest"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r("line" integer, "kind" "code_kind", "sceneKind" "scene_kind",
      "scene" text, "label" text, "channelNumber" text, "campaignId" uuid, "ticket" text, "url" text, "issuedAt" timestamptz,
      "expiresAt" timestamptz, "expireSeconds" integer, "flags" json, "digest" uuid)`;
}

export async function indexImportDraft(tx: Db): Promise<void> {
  await tx.$executeRaw`CREATE INDEX ON "import_draft" ("scene")`;
  await tx.$executeRaw`ANALYZE "import_draft"`;
}

/** @returns how many rows are codes here already: brought in before, or permanent ones whose scene a code of ours has */
export async function dropKnownImports(tx: Db, accountId: string): Promise<number> {
  const rows = await tx.$executeRaw`
    DELETE FROM "import_draft" d USING "codes" c WHERE c."row_digest" = d."digest"`;
  const held = await tx.$executeRaw`
    DELETE FROM "import_draft" d USING "permanent_scenes" s
    WHERE d."kind" = 'permanent' AND s."account_id" = ${accountId}::uuid AND s."kind" = d."scene_kind" AND s."scene" = d."scene"
      AND EXISTS (SELECT 1 FROM "codes" c WHERE c."permanent_scene_id" = s."id")`;
  return rows + held;
}

/** What is another system's in the ledger becomes this code's. */
export async function placeOnExternal(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "import_draft" d SET "slot" = s."id", "adopts" = s."state" = 'external',
      "flags" = CASE WHEN s."state" = 'external' THEN d."flags" || 'wasExternal'::text ELSE d."flags" END
    FROM "permanent_scenes" s
    WHERE d."kind" = 'permanent' AND s."account_id" = ${accountId}::uuid AND s."kind" = d."scene_kind" AND s."scene" = d."scene"`;
}

/** Of temporary codes of one scene one holds it against others: the first that lives, unless somebody has it already. */
export async function chooseLiving(tx: Db, accountId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "import_draft" d SET "is_living" = true
    FROM (SELECT min("line") AS "line" FROM "import_draft"
          WHERE "kind" = 'temporary' AND "expires_at" > ${now} GROUP BY "scene") first
    WHERE d."line" = first."line"
      AND NOT EXISTS (SELECT 1 FROM "permanent_scenes" s WHERE s."account_id" = ${accountId}::uuid AND s."scene" = d."scene")
      AND NOT EXISTS (SELECT 1 FROM "import_draft" o WHERE o."scene" = d."scene" AND o."kind" = 'permanent')
      AND NOT EXISTS (SELECT 1 FROM "codes" c WHERE c."account_id" = ${accountId}::uuid AND c."scene" = d."scene"
                      AND c."is_living" AND (c."expires_at" IS NULL OR c."expires_at" > ${now}))`;
}

export async function markTwins(tx: Db, accountId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "import_draft" d SET "flags" = d."flags" || 'twin'::text,
      "is_twin" = d."kind" = 'permanent' AND d."slot" IS NULL AND (
        EXISTS (SELECT 1 FROM "permanent_scenes" s
                WHERE s."account_id" = ${accountId}::uuid AND s."scene" = d."scene" AND NOT s."is_twin")
        OR (d."scene_kind" = 'string' AND EXISTS (
          SELECT 1 FROM "import_draft" o WHERE o."scene" = d."scene" AND o."kind" = 'permanent' AND o."scene_kind" = 'integer')))
    WHERE (d."kind" = 'permanent' AND (
        EXISTS (SELECT 1 FROM "permanent_scenes" s WHERE s."account_id" = ${accountId}::uuid AND s."scene" = d."scene"
                AND s."kind" <> d."scene_kind")
        OR EXISTS (SELECT 1 FROM "import_draft" o WHERE o."scene" = d."scene" AND o."line" <> d."line"
                   AND (o."kind" = 'permanent' OR o."expires_at" > ${now}))
        OR EXISTS (SELECT 1 FROM "codes" c WHERE c."account_id" = ${accountId}::uuid AND c."scene" = d."scene"
                   AND c."is_living" AND (c."expires_at" IS NULL OR c."expires_at" > ${now}))))
      OR (d."kind" = 'temporary' AND d."expires_at" > ${now} AND NOT d."is_living")`;
}

export async function markNotOurs(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "import_draft" d SET "flags" = d."flags" || 'notOurs'::text
    WHERE d."kind" = 'permanent' AND CASE d."scene_kind"
      WHEN 'integer' THEN NOT EXISTS (
        SELECT 1 FROM "own_ranges" r WHERE r."account_id" = ${accountId}::uuid
          AND d."scene"::int BETWEEN r."from_id" AND r."to_id")
      ELSE EXISTS (
        SELECT 1 FROM "permanent_ledgers" l WHERE l."account_id" = ${accountId}::uuid AND cardinality(l."own_prefixes") > 0
          AND NOT EXISTS (SELECT 1 FROM unnest(l."own_prefixes") p WHERE starts_with(d."scene", p))) END`;
}

/** The rows that come after the last slot that WeChat allows, in the order of lines. */
export async function markBeyondCap(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    WITH "numbered" AS (
      SELECT d."line", d."scene_kind", l."shares_pool",
        row_number() OVER (PARTITION BY CASE WHEN l."shares_pool" THEN 'both' ELSE d."scene_kind"::text END ORDER BY d."line") AS "n",
        l."cap" - (l."issued" + l."reserved" + l."external" + l."unlisted") AS "left_of_both",
        l."cap" - (l."issued_strings" + l."reserved_strings" + l."external_strings" + l."unlisted_strings") AS "left_of_strings",
        l."cap" - (l."issued" + l."reserved" + l."external" + l."unlisted" - l."issued_strings" - l."reserved_strings"
          - l."external_strings" - l."unlisted_strings") AS "left_of_integers"
      FROM "import_draft" d JOIN "permanent_ledgers" l ON l."account_id" = ${accountId}::uuid
      WHERE d."kind" = 'permanent' AND d."slot" IS NULL
    )
    UPDATE "import_draft" d SET "flags" = d."flags" || 'beyondCap'::text FROM "numbered" n
    WHERE d."line" = n."line" AND n."n" > CASE
      WHEN n."shares_pool" THEN n."left_of_both" WHEN n."scene_kind" = 'string' THEN n."left_of_strings"
      ELSE n."left_of_integers" END`;
}

export type ImportTally = {
  total: number;
  permanent: number;
  adopted: number;
  missingUrls: number;
  askable: number;
};

export async function tallyImport(tx: Db, now: Date): Promise<ImportTally> {
  const rows = await tx.$queryRaw<ImportTally[]>`
    SELECT count(*)::int AS "total", (count(*) FILTER (WHERE "kind" = 'permanent'))::int AS "permanent",
      (count(*) FILTER (WHERE "adopts"))::int AS "adopted", (count(*) FILTER (WHERE "url" IS NULL))::int AS "missingUrls",
      (count(*) FILTER (WHERE "url" IS NULL AND ("kind" = 'permanent' OR "expires_at" > ${now})))::int AS "askable"
    FROM "import_draft"`;
  return rows[0] ?? { total: 0, permanent: 0, adopted: 0, missingUrls: 0, askable: 0 };
}

export async function tallyFlags(tx: Db): Promise<{ flag: CodeFlag; count: number }[]> {
  return tx.$queryRaw`
    SELECT f AS "flag", count(*)::int AS "count" FROM "import_draft" d, unnest(d."flags") AS f GROUP BY 1 ORDER BY 2 DESC, 1`;
}

export type SampleRow = Pick<
  ImportDraft,
  'line' | 'label' | 'kind' | 'sceneKind' | 'scene' | 'url' | 'flags'
> & { channelNumber: string | null; expiresAt: Date | null };

/** The first rows, and those with flags before the others: what is odd is what is worth a look. */
export function sampleImport(tx: Db, take: number): Promise<SampleRow[]> {
  return tx.$queryRaw<SampleRow[]>`
    SELECT * FROM (
      SELECT "line", "label", "kind"::text AS "kind", "scene_kind"::text AS "sceneKind", "scene", "url", "flags",
        "channel_number" AS "channelNumber", "expires_at" AS "expiresAt" FROM "import_draft"
      ORDER BY cardinality("flags") = 0, "line" LIMIT ${take}::int
    ) odd ORDER BY "line"`;
}

export type Lines = { from: number; to: number };

/** Splits the rows into windows of at most `size`, so that no statement grows with the file. */
export function findImportWindows(tx: Db, size: number): Promise<Lines[]> {
  return tx.$queryRaw<Lines[]>`
    SELECT min("line") AS "from", max("line") AS "to" FROM (
      SELECT "line", (row_number() OVER (ORDER BY "line") - 1) / ${size}::int AS "window" FROM "import_draft"
    ) numbered GROUP BY "window" ORDER BY 1`;
}

/** A slot that was known as another system's was seen by WeChat when it was taken, at the latest. */
export async function adoptExternal(tx: Db, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE "permanent_scenes" s SET "state" = 'issued', "sent_at" = coalesce(s."sent_at", s."taken_at"), "external_until" = ${now}
    FROM "import_draft" d WHERE d."adopts" AND s."id" = d."slot"`;
}

/** Facts, not reservations: the cap does not bind them. */
export async function insertImportedSlots(
  tx: Db,
  accountId: string,
  { from, to }: Lines,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "permanent_scenes" ("account_id", "kind", "scene", "scene_id", "state", "is_twin", "sent_at")
    SELECT ${accountId}::uuid, d."scene_kind", d."scene", CASE WHEN d."scene_kind" = 'integer' THEN d."scene"::int END,
      'issued', d."is_twin", coalesce(d."issued_at", ${now})
    FROM "import_draft" d
    WHERE d."kind" = 'permanent' AND d."slot" IS NULL AND d."line" BETWEEN ${from}::int AND ${to}::int ORDER BY d."line"`;
}

export async function placeImportedSlots(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "import_draft" d SET "slot" = s."id" FROM "permanent_scenes" s
    WHERE d."kind" = 'permanent' AND d."slot" IS NULL AND s."account_id" = ${accountId}::uuid
      AND s."kind" = d."scene_kind" AND s."scene" = d."scene"`;
}

/** Temporary scenes that have expired may be held by others. */
export async function releaseExpiredOfImport(tx: Db, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "codes" c SET "is_living" = false FROM "import_draft" d
    WHERE d."is_living" AND c."account_id" = ${accountId}::uuid AND c."scene" = d."scene" AND c."is_living"
      AND c."expires_at" <= now()`;
}

export type NewImport = {
  id: string;
  accountId: string;
  fileName: string | null;
  total: number;
  known: number;
  adopted: number;
  createdById: string | null;
  createdByName: string;
  createdAt: Date;
};

export async function insertImport(tx: Db, row: NewImport): Promise<void> {
  await tx.codeImport.create({ data: row, select: { id: true } });
}

/** @param asks  what has no url is due in the queue at once, unless its time is over */
export async function insertImportedCodes(
  tx: Db,
  {
    id,
    accountId,
    createdById,
    createdByName,
    createdAt,
  }: Omit<NewImport, 'total' | 'known' | 'adopted' | 'fileName'>,
  { from, to }: Lines,
  asks: boolean,
): Promise<void> {
  const isAsked = Prisma.sql`(${asks} AND d."url" IS NULL AND (d."kind" = 'permanent' OR d."expires_at" > ${createdAt}))`;
  const ofWindow = Prisma.sql`"import_id" = ${id}::uuid AND "import_line" BETWEEN ${from}::int AND ${to}::int`;
  await tx.$executeRaw`
    INSERT INTO "codes" ("account_id", "kind", "scene_kind", "scene", "permanent_scene_id", "is_living", "channel_id", "label",
      "status", "ticket", "url", "issued_at", "expires_at", "expire_seconds", "created_by_id", "created_by_name", "created_at",
      "next_attempt_at", "row_digest", "origin", "flags", "import_id", "import_line")
    SELECT ${accountId}::uuid, d."kind", d."scene_kind", d."scene", d."slot", d."is_living", h."id", d."label",
      CASE WHEN ${isAsked} THEN 'reserved'::"code_status" ELSE 'issued'::"code_status" END, d."ticket", d."url",
      CASE WHEN ${isAsked} THEN NULL ELSE coalesce(d."issued_at", ${createdAt}) END, d."expires_at",
      CASE WHEN ${isAsked} AND d."kind" = 'temporary' THEN ${secondsLeft(Prisma.sql`d."expires_at"`, createdAt)}
        ELSE d."expire_seconds" END,
      ${createdById}::uuid, ${createdByName}, ${createdAt}, CASE WHEN ${isAsked} THEN now() END, d."digest", 'imported',
      d."flags", ${id}::uuid, d."line"
    FROM "import_draft" d
    LEFT JOIN "channels" h ON h."account_id" = ${accountId}::uuid AND h."number" = d."channel_number"
    WHERE d."line" BETWEEN ${from}::int AND ${to}::int ORDER BY d."line"`;
  await tx.$executeRaw`
    INSERT INTO "scene_tenures" ("permanent_scene_id", "code_id", "from_at")
    SELECT "permanent_scene_id", "id", ${createdAt} FROM "codes" WHERE ${ofWindow} AND "permanent_scene_id" IS NOT NULL`;
  await tx.$executeRaw`
    INSERT INTO "assignments" ("code_id", "from_at", "campaign_id")
    SELECT c."id", ${createdAt}, d."campaign_id" FROM "codes" c JOIN "import_draft" d ON d."line" = c."import_line"
    WHERE c."import_id" = ${id}::uuid AND c."import_line" BETWEEN ${from}::int AND ${to}::int AND d."campaign_id" IS NOT NULL`;
}

/** A temporary code that is asked for again shall end when the one ends that it stands for. */
const secondsLeft = (expiresAt: Prisma.Sql, now: Date) =>
  Prisma.sql`least(2592000, greatest(1, extract(epoch FROM ${expiresAt} - ${now}::timestamptz)::int))`;

export type ImportRecord = Omit<NewImport, 'createdById'> & {
  waiting: number;
  failed: number;
  missingUrls: number;
};

export async function findImport(db: Db, accountId: string, id: string): Promise<ImportRecord | null> {
  const rows = await db.$queryRaw<ImportRecord[]>`
    SELECT i."id"::text AS "id", i."account_id"::text AS "accountId", i."file_name" AS "fileName", i."total", i."known",
      i."adopted", i."created_by_name" AS "createdByName", i."created_at" AS "createdAt", n.*
    FROM "code_imports" i CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE c."status" = 'reserved'))::int AS "waiting",
        (count(*) FILTER (WHERE c."status" = 'failed'))::int AS "failed",
        (count(*) FILTER (WHERE c."status" = 'issued' AND c."url" IS NULL))::int AS "missingUrls"
      FROM "codes" c WHERE c."import_id" = i."id"
    ) n
    WHERE i."id" = ${id}::uuid AND i."account_id" = ${accountId}::uuid`;
  return rows[0] ?? null;
}

/** Puts imported codes without url into the queue. @returns how many */
export async function queueForUrls(
  tx: Db,
  accountId: string,
  { importId, codeId }: { importId?: string; codeId?: string },
  now: Date,
): Promise<number> {
  const which = importId
    ? Prisma.sql`c."import_id" = ${importId}::uuid`
    : Prisma.sql`c."id" = ${codeId ?? null}::uuid`;
  return tx.$executeRaw`
    UPDATE "codes" c SET "status" = 'reserved', "issued_at" = NULL, "attempts" = 0, "next_attempt_at" = now(),
      "expire_seconds" = CASE WHEN c."kind" = 'temporary' THEN ${secondsLeft(Prisma.sql`c."expires_at"`, now)} END
    WHERE c."account_id" = ${accountId}::uuid AND ${which} AND c."origin" = 'imported' AND c."url" IS NULL
      AND c."status" <> 'reserved' AND c."archived_at" IS NULL AND (c."kind" = 'permanent' OR c."expires_at" > ${now})`;
}
