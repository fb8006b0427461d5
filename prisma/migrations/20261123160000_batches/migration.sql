-- Batches: many codes at once. The codes themselves are the queue; a batch keeps their count and says whether they may be
-- asked for.

CREATE TYPE "batch_state" AS ENUM ('queued', 'issuing', 'paused', 'done', 'failed', 'cancelled');
CREATE TYPE "batch_source" AS ENUM ('count', 'rows', 'csv');

CREATE TABLE "batches" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sequence" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "campaign_id" UUID NOT NULL,
  "channel_id" UUID,
  "kind" "code_kind" NOT NULL,
  "source" "batch_source" NOT NULL,
  "file_name" TEXT,
  "label_template" TEXT,
  "expire_seconds" INTEGER,
  "state" "batch_state" NOT NULL DEFAULT 'queued',
  "total" INTEGER NOT NULL DEFAULT 0,
  "known" INTEGER NOT NULL DEFAULT 0,
  "reserved" INTEGER NOT NULL DEFAULT 0,
  "issued" INTEGER NOT NULL DEFAULT 0,
  "failed" INTEGER NOT NULL DEFAULT 0,
  "returned" INTEGER NOT NULL DEFAULT 0,
  "created_by_id" UUID,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "paused_by_name" TEXT,
  "paused_at" TIMESTAMPTZ(3),
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "batches_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "batches_sequence_key" ON "batches" ("sequence");
CREATE INDEX "batches_account_id_sequence_idx" ON "batches" ("account_id", "sequence" DESC);
CREATE INDEX "batches_campaign_id_sequence_idx" ON "batches" ("campaign_id", "sequence" DESC);
-- Those that the issuing workers look at: few, however many there have been.
CREATE INDEX "batches_open" ON "batches" ("account_id", "kind", "sequence") WHERE "reserved" > 0;

ALTER TABLE "batches"
  ADD CONSTRAINT "batches_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "batches_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "batches_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT "batches_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT "batch_counts" CHECK (
    "reserved" >= 0 AND "issued" >= 0 AND "failed" >= 0 AND "returned" >= 0 AND "known" >= 0
    AND "reserved" + "issued" + "failed" + "returned" <= "total"),
  ADD CONSTRAINT "batch_total" CHECK ("total" BETWEEN 0 AND 100000),
  ADD CONSTRAINT "batch_pause_is_told" CHECK ("state" <> 'paused' OR "paused_at" IS NOT NULL),
  ADD CONSTRAINT "batch_open_has_rows" CHECK ("state" NOT IN ('done', 'failed') OR "reserved" = 0),
  ADD CONSTRAINT "batch_done_is_issued" CHECK ("state" <> 'done' OR "failed" = 0);

ALTER TABLE "codes"
  ADD COLUMN "batch_id" UUID,
  ADD COLUMN "batch_line" INTEGER,
  ADD COLUMN "row_key" TEXT,
  ADD COLUMN "row_digest" UUID,
  ADD CONSTRAINT "codes_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "code_batch_line" CHECK (("batch_id" IS NULL) = ("batch_line" IS NULL));

-- What makes a row the same row when its file comes again: campaign and key (or whole content), digested to 128 bits.
CREATE UNIQUE INDEX "codes_one_row" ON "codes" ("row_digest") WHERE "row_digest" IS NOT NULL;
-- The rows of a batch in the file's order. (Also serves the foreign key.)
CREATE UNIQUE INDEX "codes_batch_line" ON "codes" ("batch_id", "batch_line") WHERE "batch_id" IS NOT NULL;
CREATE INDEX "codes_batch_unissued" ON "codes" ("batch_id", "batch_line") WHERE "batch_id" IS NOT NULL AND "status" <> 'issued';

-- The queue, batch by batch, since each may be paused; codes made one by one have a queue of their own.
DROP INDEX "codes_due";
CREATE INDEX "codes_due" ON "codes" ("account_id", "kind", "next_attempt_at", "sequence")
  WHERE "status" = 'reserved' AND "next_attempt_at" IS NOT NULL AND "batch_id" IS NULL;
CREATE INDEX "codes_due_in_batch" ON "codes" ("batch_id", "next_attempt_at", "sequence")
  WHERE "status" = 'reserved' AND "next_attempt_at" IS NOT NULL AND "batch_id" IS NOT NULL;

CREATE FUNCTION "keep_batch_within_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "campaigns" g WHERE g."id" = NEW."campaign_id" AND g."account_id" = NEW."account_id")
     OR (NEW."channel_id" IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM "channels" h WHERE h."id" = NEW."channel_id" AND h."account_id" = NEW."account_id")) THEN
    RAISE EXCEPTION 'law batch_same_account: campaign or channel belongs to another account'
      USING ERRCODE = '23514', CONSTRAINT = 'batch_same_account', TABLE = 'batches';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "batches_within_account" BEFORE INSERT OR UPDATE OF "account_id", "campaign_id", "channel_id" ON "batches"
  FOR EACH ROW EXECUTE FUNCTION "keep_batch_within_account"();

-- A batch is finished when nothing waits any more, and open again when something is tried again.
CREATE FUNCTION "settle_batch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."state" <> 'cancelled' THEN
    IF NEW."reserved" = 0 AND NEW."issued" + NEW."failed" + NEW."returned" = NEW."total" THEN
      NEW."state" := CASE WHEN NEW."failed" > 0 THEN 'failed'::"batch_state" ELSE 'done'::"batch_state" END;
    ELSIF NEW."state" IN ('done', 'failed') AND NEW."reserved" > 0 THEN
      NEW."state" := 'issuing';
    ELSIF NEW."state" = 'queued' AND NEW."issued" + NEW."failed" > 0 THEN
      NEW."state" := 'issuing';
    END IF;
  END IF;
  IF NEW."reserved" = 0 AND NEW."state" IN ('done', 'failed', 'cancelled') THEN
    NEW."finished_at" := coalesce(NEW."finished_at", now());
  ELSE
    NEW."finished_at" := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "batches_settle" BEFORE UPDATE ON "batches"
  FOR EACH ROW EXECUTE FUNCTION "settle_batch"();

-- Counters: one update a statement, however many rows. Locked in one order, so that two groups never wait for each other.
CREATE FUNCTION "count_batch_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "added" a JOIN "batches" b ON b."id" = a."batch_id"
             WHERE b."account_id" <> a."account_id" OR b."kind" <> a."kind") THEN
    RAISE EXCEPTION 'law code_matches_batch: a code and its batch have one account and one kind'
      USING ERRCODE = '23514', CONSTRAINT = 'code_matches_batch', TABLE = 'codes';
  END IF;
  UPDATE "batches" b SET "reserved" = b."reserved" + n."reserved", "issued" = b."issued" + n."issued",
    "failed" = b."failed" + n."failed"
  FROM (
    SELECT "batch_id", count(*) FILTER (WHERE "status" = 'reserved')::int AS "reserved",
      count(*) FILTER (WHERE "status" = 'issued')::int AS "issued",
      count(*) FILTER (WHERE "status" = 'failed')::int AS "failed"
    FROM "added" WHERE "batch_id" IS NOT NULL GROUP BY "batch_id"
  ) n WHERE b."id" = n."batch_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "codes_batch_added" AFTER INSERT ON "codes"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_batch_added"();

CREATE FUNCTION "count_batch_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change record;
BEGIN
  FOR change IN
    SELECT "batch_id",
      coalesce(sum("sign") FILTER (WHERE "status" = 'reserved'), 0)::int AS "reserved",
      coalesce(sum("sign") FILTER (WHERE "status" = 'issued'), 0)::int AS "issued",
      coalesce(sum("sign") FILTER (WHERE "status" = 'failed'), 0)::int AS "failed",
      bool_or("is_leased") AS "is_leased"
    FROM (
      SELECT "batch_id", "status", 1 AS "sign", "lease_token" IS NOT NULL AS "is_leased" FROM "after_change"
      WHERE "batch_id" IS NOT NULL
      UNION ALL SELECT "batch_id", "status", -1, false FROM "before_change" WHERE "batch_id" IS NOT NULL
    ) both_sides GROUP BY "batch_id" ORDER BY "batch_id"
  LOOP
    UPDATE "batches" b SET "reserved" = b."reserved" + change."reserved", "issued" = b."issued" + change."issued",
      "failed" = b."failed" + change."failed",
      "state" = CASE WHEN b."state" = 'queued' THEN 'issuing' ELSE b."state" END,
      "started_at" = coalesce(b."started_at", now())
    WHERE b."id" = change."batch_id"
      AND ((change."reserved", change."issued", change."failed") <> (0, 0, 0)
           OR (change."is_leased" AND b."state" = 'queued'));
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "codes_batch_changed" AFTER UPDATE ON "codes"
  REFERENCING OLD TABLE AS "before_change" NEW TABLE AS "after_change"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_batch_changed"();

CREATE FUNCTION "count_batch_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "batches" b SET "reserved" = b."reserved" - n."reserved", "issued" = b."issued" - n."issued",
    "failed" = b."failed" - n."failed", "returned" = b."returned" + n."returned"
  FROM (
    SELECT "batch_id", count(*)::int AS "returned",
      count(*) FILTER (WHERE "status" = 'reserved')::int AS "reserved",
      count(*) FILTER (WHERE "status" = 'issued')::int AS "issued",
      count(*) FILTER (WHERE "status" = 'failed')::int AS "failed"
    FROM "removed" WHERE "batch_id" IS NOT NULL GROUP BY "batch_id"
  ) n WHERE b."id" = n."batch_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "codes_batch_removed" AFTER DELETE ON "codes"
  REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_batch_removed"();

CREATE FUNCTION "keep_code_row"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'law code_row_identity: a code stays the row of the file that it was made from'
    USING ERRCODE = '23514', CONSTRAINT = 'code_row_identity', TABLE = 'codes';
END $$;
CREATE TRIGGER "codes_row_identity" BEFORE UPDATE OF "batch_id", "batch_line", "row_digest" ON "codes"
  FOR EACH ROW WHEN ((OLD."batch_id", OLD."batch_line", OLD."row_digest") IS DISTINCT FROM (NEW."batch_id", NEW."batch_line", NEW."row_digest"))
  EXECUTE FUNCTION "keep_code_row"();

-- Judged a statement and not a row: 100,000 codes of a batch are assigned at once.
CREATE FUNCTION "judge_new_assignments"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "made" m JOIN "codes" c ON c."id" = m."code_id" JOIN "campaigns" g ON g."id" = m."campaign_id"
             WHERE g."account_id" <> c."account_id") THEN
    RAISE EXCEPTION 'law assignment_same_account: the campaign belongs to another account'
      USING ERRCODE = '23514', CONSTRAINT = 'assignment_same_account', TABLE = 'assignments';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER "assignments_within_account" ON "assignments";
CREATE TRIGGER "assignments_within_account" BEFORE UPDATE ON "assignments"
  FOR EACH ROW EXECUTE FUNCTION "keep_within_account"();
CREATE TRIGGER "assignments_judge_new" AFTER INSERT ON "assignments"
  REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "judge_new_assignments"();
