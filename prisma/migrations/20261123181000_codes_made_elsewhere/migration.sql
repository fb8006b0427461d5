-- Codes that were made elsewhere, successors of temporary codes, and permanent codes that a batch takes over instead of
-- spending slots. A fact at WeChat is recorded as it is; only what this app gives out is bound by the laws of new codes.

CREATE TYPE "code_origin" AS ENUM ('made', 'imported');
ALTER TYPE "batch_source" ADD VALUE 'channels';
ALTER TYPE "batch_source" ADD VALUE 'renewal';

CREATE TABLE "code_imports" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "file_name" TEXT,
  "total" INTEGER NOT NULL DEFAULT 0,
  "known" INTEGER NOT NULL DEFAULT 0,
  "adopted" INTEGER NOT NULL DEFAULT 0,
  "created_by_id" UUID,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "code_imports_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "code_imports_account_id_created_at_idx" ON "code_imports" ("account_id", "created_at" DESC);
ALTER TABLE "code_imports"
  ADD CONSTRAINT "code_imports_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "code_imports_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT "code_import_counts" CHECK ("total" >= 0 AND "known" >= 0 AND "adopted" BETWEEN 0 AND "total");

ALTER TABLE "codes"
  ADD COLUMN "origin" "code_origin" NOT NULL DEFAULT 'made',
  ADD COLUMN "flags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "import_id" UUID,
  ADD COLUMN "import_line" INTEGER,
  ADD COLUMN "renews_id" UUID,
  ADD CONSTRAINT "codes_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "code_imports" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "codes_renews_id_fkey" FOREIGN KEY ("renews_id") REFERENCES "codes" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT "code_import_origin" CHECK (
    ("origin" = 'imported') = ("import_id" IS NOT NULL) AND ("import_id" IS NULL) = ("import_line" IS NULL)),
  ADD CONSTRAINT "code_flags_of_imports" CHECK ("origin" = 'imported' OR cardinality("flags") = 0),
  ADD CONSTRAINT "code_renews_temporary" CHECK ("renews_id" IS NULL OR ("kind" = 'temporary' AND "renews_id" <> "id"));

-- A code is renewed once; a successor that is discarded makes room for another.
CREATE UNIQUE INDEX "codes_renewed_once" ON "codes" ("renews_id") WHERE "renews_id" IS NOT NULL;
CREATE UNIQUE INDEX "codes_import_line" ON "codes" ("import_id", "import_line") WHERE "import_id" IS NOT NULL;
CREATE INDEX "codes_flagged" ON "codes" ("account_id", "sequence") WHERE cardinality("flags") > 0;
CREATE INDEX "codes_imported" ON "codes" ("account_id", "sequence") WHERE "origin" = 'imported';

-- What is true at WeChat may be longer than what we would send, may be 0 (a temporary code that was asked for without a
-- scene), may have lost its ticket and url, and may not say how long it was to live.
ALTER TABLE "codes"
  DROP CONSTRAINT "code_temporary_expires",
  DROP CONSTRAINT "code_temporary_integer",
  DROP CONSTRAINT "code_scene_string",
  DROP CONSTRAINT "code_issued_has_ticket",
  ADD CONSTRAINT "code_temporary_expires" CHECK (
    "kind" <> 'temporary' OR ("expire_seconds" IS NOT NULL AND "expire_seconds" BETWEEN 1 AND 2592000)
    OR ("origin" = 'imported' AND "expire_seconds" IS NULL AND "expires_at" IS NOT NULL)),
  ADD CONSTRAINT "code_temporary_integer" CHECK (
    "kind" <> 'temporary' OR "scene_kind" <> 'integer'
    OR ("scene" ~ '^[1-9][0-9]{0,9}$' AND "scene"::bigint BETWEEN 1 AND 4294967295)
    OR ("origin" = 'imported' AND "scene" = '0')),
  ADD CONSTRAINT "code_scene_string" CHECK (
    octet_length(convert_to("scene", 'UTF8')) BETWEEN 1 AND (CASE WHEN "origin" = 'imported' THEN 512 ELSE 64 END)),
  ADD CONSTRAINT "code_issued_has_ticket" CHECK (
    "status" <> 'issued' OR ("issued_at" IS NOT NULL AND ("kind" = 'permanent' OR "expires_at" IS NOT NULL)
      AND ("origin" = 'imported' OR ("ticket" IS NOT NULL AND "url" IS NOT NULL))));

ALTER TABLE "permanent_scenes"
  -- Until when it was known as another system's; then a code here took it over.
  ADD COLUMN "external_until" TIMESTAMPTZ(3),
  DROP CONSTRAINT "permanent_scene_string",
  ADD CONSTRAINT "permanent_scene_string" CHECK (
    "kind" <> 'string' OR ("scene_id" IS NULL
      AND octet_length(convert_to("scene", 'UTF8')) BETWEEN 1 AND (CASE WHEN "state" = 'reserved' THEN 64 ELSE 512 END))),
  ADD CONSTRAINT "permanent_scene_was_external" CHECK ("external_until" IS NULL OR "state" IN ('issued', 'archived'));

CREATE OR REPLACE FUNCTION "keep_code_identity"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."account_id", NEW."kind", NEW."scene_kind", NEW."scene", NEW."permanent_scene_id", NEW."origin") IS DISTINCT FROM
     (OLD."account_id", OLD."kind", OLD."scene_kind", OLD."scene", OLD."permanent_scene_id", OLD."origin")
     OR (NEW."renews_id" IS NOT NULL AND NEW."renews_id" IS DISTINCT FROM OLD."renews_id")
     OR (OLD."status" = 'issued' AND (NEW."status" <> 'issued'
         OR (NEW."ticket", NEW."url", NEW."expires_at") IS DISTINCT FROM (OLD."ticket", OLD."url", OLD."expires_at"))
       -- One that came without its url may be asked for again.
       AND NOT (OLD."origin" = 'imported' AND OLD."url" IS NULL)) THEN
    RAISE EXCEPTION 'law code_identity: a code keeps its kind and scene, and an issued one its ticket'
      USING ERRCODE = '23514', CONSTRAINT = 'code_identity', TABLE = 'codes';
  END IF;
  -- A scene that was given up may have been taken since; it is not taken back.
  IF NEW."is_living" AND NOT OLD."is_living" THEN
    RAISE EXCEPTION 'law code_identity: an expired scene does not come back to life'
      USING ERRCODE = '23514', CONSTRAINT = 'code_identity', TABLE = 'codes';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION "judge_renewals"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "made" m JOIN "codes" p ON p."id" = m."renews_id"
             WHERE p."account_id" <> m."account_id" OR p."kind" <> 'temporary') THEN
    RAISE EXCEPTION 'law code_renewal_matches: a code renews a temporary one of its own account'
      USING ERRCODE = '23514', CONSTRAINT = 'code_renewal_matches', TABLE = 'codes';
  END IF;
  IF EXISTS (SELECT 1 FROM "made" m JOIN "code_imports" i ON i."id" = m."import_id"
             WHERE i."account_id" <> m."account_id") THEN
    RAISE EXCEPTION 'law code_import_same_account: the import belongs to another account'
      USING ERRCODE = '23514', CONSTRAINT = 'code_import_same_account', TABLE = 'codes';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "codes_judge_renewals" AFTER INSERT ON "codes"
  REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "judge_renewals"();

-- Successors of many codes go through the queue as a batch, each with the campaign of its own predecessor.
ALTER TABLE "batches"
  ALTER COLUMN "campaign_id" DROP NOT NULL,
  -- Rows that got a permanent code which their channel had already.
  ADD COLUMN "reused" INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT "batch_has_campaign" CHECK ("campaign_id" IS NOT NULL OR "source"::text = 'renewal'),
  ADD CONSTRAINT "batch_reused" CHECK ("reused" >= 0 AND ("reused" = 0 OR "kind" = 'permanent'));

CREATE OR REPLACE FUNCTION "keep_batch_within_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."campaign_id" IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM "campaigns" g WHERE g."id" = NEW."campaign_id" AND g."account_id" = NEW."account_id"))
     OR (NEW."channel_id" IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM "channels" h WHERE h."id" = NEW."channel_id" AND h."account_id" = NEW."account_id")) THEN
    RAISE EXCEPTION 'law batch_same_account: campaign or channel belongs to another account'
      USING ERRCODE = '23514', CONSTRAINT = 'batch_same_account', TABLE = 'batches';
  END IF;
  RETURN NEW;
END $$;

CREATE TABLE "batch_reuses" (
  "batch_id" UUID NOT NULL,
  "line" INTEGER NOT NULL,
  "code_id" UUID NOT NULL,
  "from_at" TIMESTAMPTZ(3) NOT NULL,
  "row_key" TEXT,
  "row_digest" UUID,
  CONSTRAINT "batch_reuses_pkey" PRIMARY KEY ("batch_id", "line")
);
-- A row of a file is reused for once, like one that is made; and a code serves one row of a batch.
CREATE UNIQUE INDEX "batch_reuses_row_digest_key" ON "batch_reuses" ("row_digest");
CREATE UNIQUE INDEX "batch_reuses_batch_id_code_id_key" ON "batch_reuses" ("batch_id", "code_id");
CREATE INDEX "batch_reuses_code_id_idx" ON "batch_reuses" ("code_id");
ALTER TABLE "batch_reuses"
  ADD CONSTRAINT "batch_reuses_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "batch_reuses_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION "judge_batch_reuses"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "taken" t JOIN "batches" b ON b."id" = t."batch_id" JOIN "codes" c ON c."id" = t."code_id"
             WHERE b."account_id" <> c."account_id" OR b."kind" <> c."kind" OR c."kind" <> 'permanent') THEN
    RAISE EXCEPTION 'law batch_reuse_matches: a batch takes over permanent codes of its own account'
      USING ERRCODE = '23514', CONSTRAINT = 'batch_reuse_matches', TABLE = 'batch_reuses';
  END IF;
  UPDATE "batches" b SET "reused" = b."reused" + n."count"
  FROM (SELECT "batch_id", count(*)::int AS "count" FROM "taken" GROUP BY "batch_id") n WHERE b."id" = n."batch_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "batch_reuses_judge" AFTER INSERT ON "batch_reuses"
  REFERENCING NEW TABLE AS "taken" FOR EACH STATEMENT EXECUTE FUNCTION "judge_batch_reuses"();

-- The permanent codes of a channel, the oldest first.
CREATE INDEX "codes_of_channel" ON "codes" ("channel_id", "sequence")
  WHERE "kind" = 'permanent' AND "status" = 'issued' AND "archived_at" IS NULL AND "channel_id" IS NOT NULL;
