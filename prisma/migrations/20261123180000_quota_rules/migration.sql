-- The rules of the ledger: imports of external scenes that can be undone, reuse of archived slots after a cooling time, a pool a
-- kind where somebody says so, budgets of campaigns, and reservations that ask an admin first.

-- ── Imports of external scenes ───────────────────────────────────────────────────────────────────────────────────

CREATE TYPE "external_source" AS ENUM ('form', 'file', 'api');

CREATE TABLE "external_imports" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sequence" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "source" "external_source" NOT NULL,
  "file_name" TEXT,
  "none" BOOLEAN NOT NULL DEFAULT false,
  "ranges" JSONB NOT NULL DEFAULT '[]',
  "strs" TEXT[] NOT NULL DEFAULT '{}',
  "added" INTEGER NOT NULL,
  "known" INTEGER NOT NULL,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "undone_by_name" TEXT,
  "undone_at" TIMESTAMPTZ(3),
  CONSTRAINT "external_imports_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "external_imports_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "external_import_counts" CHECK ("added" >= 0 AND "known" >= 0),
  CONSTRAINT "external_import_none_is_alone" CHECK (NOT "none" OR ("ranges" = '[]' AND "strs" = '{}' AND "added" = 0))
);
CREATE UNIQUE INDEX "external_imports_sequence_key" ON "external_imports" ("sequence");
CREATE INDEX "external_imports_account_id_sequence_idx" ON "external_imports" ("account_id", "sequence" DESC);

-- No foreign keys on these two: 100,000 slots are reserved by one statement, and a key is looked up a row. The triggers below
-- judge them a statement; neither a campaign nor an import is ever deleted.
ALTER TABLE "permanent_scenes" ADD COLUMN "external_import_id" UUID, ADD COLUMN "spent_for_campaign_id" UUID;

-- What was declared before imports were written down becomes one import an account.
INSERT INTO "external_imports" ("account_id", "source", "none", "ranges", "strs", "added", "known", "created_at")
SELECT o."id", 'form', l."external" = 0,
  coalesce((
    SELECT jsonb_agg(jsonb_build_array(lower("ids"), upper("ids") - 1) ORDER BY lower("ids")) FROM (
      SELECT unnest(range_agg(int4range(s."scene_id", s."scene_id" + 1))) AS "ids" FROM "permanent_scenes" s
      WHERE s."account_id" = o."id" AND s."state" = 'external' AND s."kind" = 'integer'
    ) runs
  ), '[]'),
  ARRAY(SELECT s."scene" FROM "permanent_scenes" s
        WHERE s."account_id" = o."id" AND s."state" = 'external' AND s."kind" = 'string' ORDER BY s."scene"),
  l."external", 0, o."external_declared_at"
FROM "official_accounts" o JOIN "permanent_ledgers" l ON l."account_id" = o."id"
WHERE o."external_declared_at" IS NOT NULL;
UPDATE "permanent_scenes" s SET "external_import_id" = i."id"
FROM "external_imports" i WHERE i."account_id" = s."account_id" AND s."state" = 'external';

CREATE INDEX "permanent_scenes_external_import_id" ON "permanent_scenes" ("external_import_id") WHERE "external_import_id" IS NOT NULL;
ALTER TABLE "permanent_scenes" ADD CONSTRAINT "permanent_scene_import_is_a_fact" CHECK (
  "external_import_id" IS NULL OR "state" <> 'reserved');

-- An import is undone once, and only when none of its scenes is left: one that has become a code stays.
CREATE FUNCTION "keep_external_import"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."account_id", NEW."none", NEW."ranges", NEW."strs") IS DISTINCT FROM (OLD."account_id", OLD."none", OLD."ranges", OLD."strs")
     OR (OLD."undone_at" IS NOT NULL AND NEW."undone_at" IS DISTINCT FROM OLD."undone_at") THEN
    RAISE EXCEPTION 'law external_import_identity: an import keeps what it said, and is undone once'
      USING ERRCODE = '23514', CONSTRAINT = 'external_import_identity', TABLE = 'external_imports';
  END IF;
  IF NEW."undone_at" IS NOT NULL AND EXISTS (SELECT 1 FROM "permanent_scenes" WHERE "external_import_id" = NEW."id") THEN
    RAISE EXCEPTION 'law external_import_built_on: scenes of this import are still in the ledger'
      USING ERRCODE = '23514', CONSTRAINT = 'external_import_built_on', TABLE = 'external_imports';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "external_imports_keep" BEFORE UPDATE ON "external_imports"
  FOR EACH ROW EXECUTE FUNCTION "keep_external_import"();

-- ── A pool for both kinds, or a pool a kind ──────────────────────────────────────────────────────────────────────

-- The counters of strings are a part of those beside them. `cap` binds both kinds together, or each where pools are separate.
ALTER TABLE "permanent_ledgers"
  ADD COLUMN "shares_pool" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "reserved_strings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "issued_strings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "external_strings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "unlisted_strings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "overdrawn_strings" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "unlisted_before" INTEGER,
  ADD COLUMN "unlisted_strings_before" INTEGER,
  ADD COLUMN "refused_at" TIMESTAMPTZ(3),
  ADD COLUMN "refused_remaining" INTEGER,
  ADD COLUMN "cooling_days" INTEGER NOT NULL DEFAULT 90,
  ADD COLUMN "approval_threshold" INTEGER DEFAULT 1000;

UPDATE "permanent_ledgers" l SET
  "reserved_strings" = n."reserved", "issued_strings" = n."issued", "external_strings" = n."external"
FROM (
  SELECT "account_id",
    count(*) FILTER (WHERE "state" = 'reserved')::int AS "reserved",
    count(*) FILTER (WHERE "state" IN ('issued', 'archived'))::int AS "issued",
    count(*) FILTER (WHERE "state" = 'external')::int AS "external"
  FROM "permanent_scenes" WHERE "kind" = 'string' GROUP BY "account_id"
) n WHERE l."account_id" = n."account_id";

ALTER TABLE "permanent_ledgers"
  DROP CONSTRAINT "permanent_ledger_cap",
  ADD CONSTRAINT "permanent_ledger_cap" CHECK (
    CASE WHEN "shares_pool" THEN
      "issued"::bigint + "reserved" + "external" + "unlisted" <= "cap"::bigint + "overdrawn"
    ELSE
      "issued"::bigint - "issued_strings" + "reserved" - "reserved_strings" + "external" - "external_strings"
        + "unlisted" - "unlisted_strings" <= "cap"::bigint + "overdrawn"
      AND "issued_strings"::bigint + "reserved_strings" + "external_strings" + "unlisted_strings"
        <= "cap"::bigint + "overdrawn_strings"
    END),
  ADD CONSTRAINT "permanent_ledger_strings_are_a_part" CHECK (
    "reserved_strings" BETWEEN 0 AND "reserved" AND "issued_strings" BETWEEN 0 AND "issued"
    AND "external_strings" BETWEEN 0 AND "external" AND "unlisted_strings" BETWEEN 0 AND "unlisted"
    AND "overdrawn_strings" >= 0),
  ADD CONSTRAINT "permanent_ledger_rules" CHECK (
    "cooling_days" BETWEEN 0 AND 3650 AND ("approval_threshold" IS NULL OR "approval_threshold" BETWEEN 1 AND 100000));

CREATE FUNCTION "excess_of"("reserves" boolean, "spent" bigint, "spent_before" bigint, "cap" integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT greatest(0, (CASE WHEN "reserves" AND "spent" > "spent_before" THEN "spent_before" ELSE "spent" END) - "cap")::int
$$;

CREATE OR REPLACE FUNCTION "weigh_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  spent bigint := NEW."issued"::bigint + NEW."reserved" + NEW."external" + NEW."unlisted";
  spent_before bigint := OLD."issued"::bigint + OLD."reserved" + OLD."external" + OLD."unlisted";
  strings bigint := NEW."issued_strings"::bigint + NEW."reserved_strings" + NEW."external_strings" + NEW."unlisted_strings";
  strings_before bigint := OLD."issued_strings"::bigint + OLD."reserved_strings" + OLD."external_strings" + OLD."unlisted_strings";
BEGIN
  IF NEW."shares_pool" THEN
    NEW."overdrawn" := "excess_of"(NEW."reserved" > OLD."reserved", spent, spent_before, NEW."cap");
    NEW."overdrawn_strings" := 0;
  ELSE
    NEW."overdrawn" := "excess_of"(
      NEW."reserved" - NEW."reserved_strings" > OLD."reserved" - OLD."reserved_strings",
      spent - strings, spent_before - strings_before, NEW."cap");
    NEW."overdrawn_strings" := "excess_of"(
      NEW."reserved_strings" > OLD."reserved_strings", strings, strings_before, NEW."cap");
  END IF;
  RETURN NEW;
END $$;

-- ── Budgets of campaigns ─────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "campaigns" ADD COLUMN "slot_budget" INTEGER, ADD COLUMN "slots_spent" INTEGER NOT NULL DEFAULT 0;

-- A slot was spent for the campaign that its first code served first.
UPDATE "permanent_scenes" s SET "spent_for_campaign_id" = f."campaign_id"
FROM (
  SELECT DISTINCT ON (t."permanent_scene_id") t."permanent_scene_id" AS "id", a."campaign_id"
  FROM "scene_tenures" t JOIN "assignments" a ON a."code_id" = t."code_id"
  ORDER BY t."permanent_scene_id", t."from_at", t."id", a."from_at"
) f WHERE s."id" = f."id" AND s."state" <> 'external';
UPDATE "campaigns" g SET "slots_spent" = n."spent"
FROM (
  SELECT "spent_for_campaign_id" AS "id", count(*)::int AS "spent" FROM "permanent_scenes"
  WHERE "spent_for_campaign_id" IS NOT NULL GROUP BY 1
) n WHERE g."id" = n."id";

ALTER TABLE "campaigns" ADD CONSTRAINT "campaign_slot_budget" CHECK (
  "slots_spent" >= 0 AND ("slot_budget" IS NULL OR "slot_budget" BETWEEN "slots_spent" AND 1000000));
ALTER TABLE "permanent_scenes" ADD CONSTRAINT "permanent_scene_fact_costs_nothing" CHECK (
  "spent_for_campaign_id" IS NULL OR "state" <> 'external');
CREATE INDEX "permanent_scenes_spent_for" ON "permanent_scenes" ("spent_for_campaign_id") WHERE "spent_for_campaign_id" IS NOT NULL;

-- ── The triggers of the ledger, with kinds, campaigns and imports ────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION "count_scenes_added"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  campaigns_named integer;
  campaigns_met integer;
BEGIN
  UPDATE "permanent_ledgers" l SET
    "reserved" = l."reserved" + n."reserved",
    "issued"   = l."issued"   + n."issued",
    "archived" = l."archived" + n."archived",
    "external" = l."external" + n."external",
    "reserved_strings" = l."reserved_strings" + n."reserved_strings",
    "issued_strings"   = l."issued_strings"   + n."issued_strings",
    "external_strings" = l."external_strings" + n."external_strings"
  FROM (
    SELECT "account_id",
      count(*) FILTER (WHERE "state" = 'reserved')::int AS "reserved",
      count(*) FILTER (WHERE "state" IN ('issued', 'archived'))::int AS "issued",
      count(*) FILTER (WHERE "state" = 'archived')::int AS "archived",
      count(*) FILTER (WHERE "state" = 'external')::int AS "external",
      count(*) FILTER (WHERE "state" = 'reserved' AND "kind" = 'string')::int AS "reserved_strings",
      count(*) FILTER (WHERE "state" IN ('issued', 'archived') AND "kind" = 'string')::int AS "issued_strings",
      count(*) FILTER (WHERE "state" = 'external' AND "kind" = 'string')::int AS "external_strings"
    FROM "added" GROUP BY "account_id"
  ) n WHERE l."account_id" = n."account_id";

  IF EXISTS (SELECT 1 FROM "added" a LEFT JOIN "external_imports" i
               ON i."id" = a."external_import_id" AND i."account_id" = a."account_id" AND i."undone_at" IS NULL
             WHERE a."external_import_id" IS NOT NULL AND i."id" IS NULL) THEN
    PERFORM "ledger_refusal"('permanent_scene_same_account', 'the import is of another account, or was undone');
  END IF;

  -- From here on only what this app gives out is judged; facts are recorded, never refused.
  IF EXISTS (SELECT 1 FROM "added" WHERE "state" = 'reserved') THEN
    IF EXISTS (SELECT 1 FROM "added" a JOIN "official_accounts" o ON o."id" = a."account_id"
               WHERE a."state" = 'reserved' AND o."external_declared_at" IS NULL) THEN
      PERFORM "ledger_refusal"('permanent_scene_external_undeclared',
        'nobody has said yet which permanent scenes other systems use');
    END IF;
    IF EXISTS (SELECT 1 FROM "added" a WHERE a."state" = 'reserved' AND a."kind" = 'integer' AND NOT EXISTS (
                 SELECT 1 FROM "own_ranges" r
                 WHERE r."account_id" = a."account_id" AND a."scene_id" BETWEEN r."from_id" AND r."to_id")) THEN
      PERFORM "ledger_refusal"('permanent_scene_not_ours', 'outside the ranges this app may give out');
    END IF;
    IF EXISTS (SELECT 1 FROM "added" a JOIN "permanent_ledgers" l ON l."account_id" = a."account_id"
               WHERE a."state" = 'reserved' AND a."kind" = 'string' AND cardinality(l."own_prefixes") > 0
                 AND NOT EXISTS (SELECT 1 FROM unnest(l."own_prefixes") p WHERE starts_with(a."scene", p))) THEN
      PERFORM "ledger_refusal"('permanent_scene_not_ours', 'outside the prefixes this app may give out');
    END IF;
    -- The counter update above holds the ledger row, as making a temporary code does: neither can miss the other.
    IF EXISTS (SELECT 1 FROM "added" a JOIN "codes" c ON c."account_id" = a."account_id" AND c."scene" = a."scene"
               WHERE a."state" = 'reserved' AND c."kind" = 'temporary' AND c."is_living"
                 AND (c."expires_at" IS NULL OR c."expires_at" > now())) THEN
      PERFORM "ledger_refusal"('scene_held_by_temporary', 'a living temporary code has this scene');
    END IF;
  END IF;

  -- The CHECK on campaigns refuses what their budgets do not bear.
  WITH "costs" AS (
    SELECT "account_id", "spent_for_campaign_id" AS "id", count(*)::int AS "slots" FROM "added"
    WHERE "spent_for_campaign_id" IS NOT NULL GROUP BY 1, 2
  ), "met" AS (
    UPDATE "campaigns" g SET "slots_spent" = g."slots_spent" + c."slots"
    FROM "costs" c WHERE g."id" = c."id" AND g."account_id" = c."account_id" RETURNING 1
  )
  SELECT (SELECT count(*) FROM "costs"), (SELECT count(*) FROM "met") INTO campaigns_named, campaigns_met;
  IF campaigns_named <> campaigns_met THEN
    PERFORM "ledger_refusal"('permanent_scene_same_account', 'the campaign is of another account');
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "count_scenes_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "permanent_ledgers" l SET
    "reserved" = l."reserved" + n."reserved",
    "issued"   = l."issued"   + n."issued",
    "archived" = l."archived" + n."archived",
    "external" = l."external" + n."external",
    "reserved_strings" = l."reserved_strings" + n."reserved_strings",
    "issued_strings"   = l."issued_strings"   + n."issued_strings",
    "external_strings" = l."external_strings" + n."external_strings"
  FROM (
    SELECT "account_id",
      coalesce(sum("sign") FILTER (WHERE "state" = 'reserved'), 0)::int AS "reserved",
      coalesce(sum("sign") FILTER (WHERE "state" IN ('issued', 'archived')), 0)::int AS "issued",
      coalesce(sum("sign") FILTER (WHERE "state" = 'archived'), 0)::int AS "archived",
      coalesce(sum("sign") FILTER (WHERE "state" = 'external'), 0)::int AS "external",
      coalesce(sum("sign") FILTER (WHERE "state" = 'reserved' AND "kind" = 'string'), 0)::int AS "reserved_strings",
      coalesce(sum("sign") FILTER (WHERE "state" IN ('issued', 'archived') AND "kind" = 'string'), 0)::int AS "issued_strings",
      coalesce(sum("sign") FILTER (WHERE "state" = 'external' AND "kind" = 'string'), 0)::int AS "external_strings"
    FROM (
      SELECT "account_id", "kind", "state", 1 AS "sign" FROM "after_change"
      UNION ALL SELECT "account_id", "kind", "state", -1 FROM "before_change"
    ) both_sides GROUP BY "account_id"
  ) n
  WHERE l."account_id" = n."account_id"
    AND (n."reserved", n."issued", n."archived", n."external") <> (0, 0, 0, 0);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION "count_scenes_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "removed" WHERE "state" <> 'external' AND "sent_at" IS NOT NULL) THEN
    PERFORM "ledger_refusal"('permanent_scene_spent', 'WeChat may have seen it: a spent slot is never returned');
  END IF;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT "external_import_id" AS "id" FROM "removed" WHERE "external_import_id" IS NOT NULL) r
             WHERE EXISTS (SELECT 1 FROM "permanent_scenes" s WHERE s."external_import_id" = r."id")) THEN
    PERFORM "ledger_refusal"('external_import_whole', 'an import is undone as a whole or not at all');
  END IF;
  UPDATE "permanent_ledgers" l SET
    "reserved" = l."reserved" - n."reserved",
    "external" = l."external" - n."external",
    "reserved_strings" = l."reserved_strings" - n."reserved_strings",
    "external_strings" = l."external_strings" - n."external_strings"
  FROM (
    SELECT "account_id",
      count(*) FILTER (WHERE "state" = 'reserved')::int AS "reserved",
      count(*) FILTER (WHERE "state" = 'external')::int AS "external",
      count(*) FILTER (WHERE "state" = 'reserved' AND "kind" = 'string')::int AS "reserved_strings",
      count(*) FILTER (WHERE "state" = 'external' AND "kind" = 'string')::int AS "external_strings"
    FROM "removed" GROUP BY "account_id"
  ) n WHERE l."account_id" = n."account_id";
  UPDATE "campaigns" g SET "slots_spent" = g."slots_spent" - n."slots"
  FROM (
    SELECT "spent_for_campaign_id" AS "id", count(*)::int AS "slots" FROM "removed"
    WHERE "spent_for_campaign_id" IS NOT NULL GROUP BY 1
  ) n WHERE g."id" = n."id";
  RETURN NULL;
END $$;

-- What a slot is never changes, nor for whom it was spent; its import may only pass to another that says the same scene.
CREATE OR REPLACE FUNCTION "keep_scene_identity"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."account_id", NEW."kind", NEW."scene", NEW."is_twin", NEW."spent_for_campaign_id") IS DISTINCT FROM
     (OLD."account_id", OLD."kind", OLD."scene", OLD."is_twin", OLD."spent_for_campaign_id")
     OR (OLD."state" IN ('issued', 'archived') AND (NEW."state" IN ('reserved', 'external') OR NEW."sent_at" IS NULL)) THEN
    PERFORM "ledger_refusal"('permanent_scene_identity', 'a slot keeps its scene, and an issued one stays issued');
  END IF;
  IF NEW."external_import_id" IS DISTINCT FROM OLD."external_import_id" AND (
       OLD."external_import_id" IS NULL OR OLD."state" <> 'external' OR NOT EXISTS (
         SELECT 1 FROM "external_imports" i
         WHERE i."id" = NEW."external_import_id" AND i."account_id" = NEW."account_id" AND i."undone_at" IS NULL)) THEN
    PERFORM "ledger_refusal"('permanent_scene_identity', 'an external scene passes from one import to another, while it is external');
  END IF;
  RETURN NEW;
END $$;

-- ── Reuse of an archived slot ────────────────────────────────────────────────────────────────────────────────────

-- One look at the slots of all new codes; only where one of them is archived, how long it has been.
CREATE OR REPLACE FUNCTION "judge_new_codes"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mismatched boolean;
  reuses boolean;
BEGIN
  SELECT bool_or(s."id" IS NULL), bool_or(s."state" = 'archived') INTO mismatched, reuses
  FROM "made" m LEFT JOIN "permanent_scenes" s
    ON s."id" = m."permanent_scene_id" AND s."account_id" = m."account_id"
       AND s."kind" = m."scene_kind" AND s."scene" = m."scene"
  WHERE m."kind" = 'permanent';
  IF mismatched THEN
    RAISE EXCEPTION 'law code_matches_slot: a permanent code and its slot must name the same scene'
      USING ERRCODE = '23514', CONSTRAINT = 'code_matches_slot', TABLE = 'codes';
  END IF;
  IF reuses AND EXISTS (
       SELECT 1 FROM "made" m
         JOIN "permanent_scenes" s ON s."id" = m."permanent_scene_id" AND s."state" = 'archived'
         JOIN "permanent_ledgers" l ON l."account_id" = m."account_id"
         JOIN "codes" c ON c."permanent_scene_id" = s."id" AND c."id" <> m."id"
       WHERE coalesce(c."archived_at", 'infinity') > now() - make_interval(days => l."cooling_days")) THEN
    RAISE EXCEPTION 'law slot_cooling: the slot was archived too recently to be given to another code'
      USING ERRCODE = '23514', CONSTRAINT = 'slot_cooling', TABLE = 'codes';
  END IF;
  IF EXISTS (SELECT 1 FROM "made" WHERE "kind" = 'temporary') THEN
    PERFORM 1 FROM "permanent_ledgers" l
      WHERE l."account_id" IN (SELECT "account_id" FROM "made" WHERE "kind" = 'temporary')
      ORDER BY l."account_id" FOR SHARE;
    IF EXISTS (SELECT 1 FROM "made" m JOIN "permanent_scenes" s
                 ON s."account_id" = m."account_id" AND s."scene" = m."scene"
               WHERE m."kind" = 'temporary' AND m."is_living") THEN
      RAISE EXCEPTION 'law scene_held_by_permanent: a permanent slot has this scene'
        USING ERRCODE = '23514', CONSTRAINT = 'scene_held_by_permanent', TABLE = 'codes';
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- ── Large reservations ask an admin ──────────────────────────────────────────────────────────────────────────────

CREATE TYPE "approval_state" AS ENUM ('pending', 'approved', 'refused', 'withdrawn', 'failed');

CREATE TABLE "approvals" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sequence" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "campaign_id" UUID NOT NULL,
  "slots" INTEGER NOT NULL,
  "source" "batch_source" NOT NULL,
  "file_name" TEXT,
  "charset" TEXT,
  "input" JSONB NOT NULL,
  "file" BYTEA,
  "state" "approval_state" NOT NULL DEFAULT 'pending',
  "requested_by_kind" TEXT NOT NULL,
  "requested_by_id" UUID,
  "requested_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "decided_by_name" TEXT,
  "decided_at" TIMESTAMPTZ(3),
  "note" TEXT NOT NULL DEFAULT '',
  "batch_id" UUID,
  "failure" JSONB,
  CONSTRAINT "approvals_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "approvals_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "approvals_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "approvals_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "approval_bounds" CHECK (
    "slots" BETWEEN 1 AND 100000 AND ("file" IS NULL OR octet_length("file") <= 33554432) AND char_length("note") <= 2000),
  CONSTRAINT "approval_requester" CHECK ("requested_by_kind" IN ('user', 'apiKey')),
  CONSTRAINT "approval_decision_is_told" CHECK (("state" = 'pending') = ("decided_at" IS NULL)),
  CONSTRAINT "approval_makes_its_own_batch" CHECK ("batch_id" IS NULL OR ("state" = 'approved' AND "batch_id" = "id"))
);
CREATE UNIQUE INDEX "approvals_sequence_key" ON "approvals" ("sequence");
CREATE UNIQUE INDEX "approvals_batch_id_key" ON "approvals" ("batch_id");
CREATE INDEX "approvals_account_id_sequence_idx" ON "approvals" ("account_id", "sequence" DESC);
CREATE INDEX "approvals_open" ON "approvals" ("account_id", "sequence") WHERE "state" IN ('pending', 'failed');

-- What was asked stays what it is, and is decided once: only what could not be made may be tried or decided again.
CREATE FUNCTION "keep_approval"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM "campaigns" g WHERE g."id" = NEW."campaign_id" AND g."account_id" = NEW."account_id") THEN
      RAISE EXCEPTION 'law approval_same_account: the campaign belongs to another account'
        USING ERRCODE = '23514', CONSTRAINT = 'approval_same_account', TABLE = 'approvals';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW."account_id", NEW."campaign_id", NEW."slots", NEW."input") IS DISTINCT FROM
     (OLD."account_id", OLD."campaign_id", OLD."slots", OLD."input")
     OR (NEW."file" IS NOT NULL AND NEW."file" IS DISTINCT FROM OLD."file")
     OR (NEW."state" <> OLD."state" AND NOT (
       OLD."state" IN ('pending', 'failed') AND NEW."state" IN ('approved', 'refused', 'withdrawn')
       OR OLD."state" = 'approved' AND OLD."batch_id" IS NULL AND NEW."state" = 'failed'))
     OR (OLD."batch_id" IS NOT NULL AND NEW."batch_id" IS DISTINCT FROM OLD."batch_id") THEN
    RAISE EXCEPTION 'law approval_decided_once: what was asked stays, and is decided once'
      USING ERRCODE = '23514', CONSTRAINT = 'approval_decided_once', TABLE = 'approvals';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "approvals_keep" BEFORE INSERT OR UPDATE ON "approvals"
  FOR EACH ROW EXECUTE FUNCTION "keep_approval"();
