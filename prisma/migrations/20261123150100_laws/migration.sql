-- The laws of the nouns, held by the database whatever the code above it believes.
-- A refusal names its law: a constraint's name, or `law NAME: …` where a trigger refuses (Prisma drops CONSTRAINT);
-- lib/db/violated-law.ts reads both.

-- ── Installation and people ──────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK ("id" = 1);

ALTER TABLE "users" ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email"));
-- An admin sees every account: somebody who hands out grants cannot be bound by them.
ALTER TABLE "users" ADD CONSTRAINT "users_admin_sees_all" CHECK ("role" <> 'admin' OR "all_accounts");

-- The last admin who can sign in stays one. Counting needs a lock, or two admins could remove each other at once.
CREATE FUNCTION "keep_last_admin"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."role" = 'admin' AND OLD."disabled_at" IS NULL
     AND (TG_OP = 'DELETE' OR NEW."role" <> 'admin' OR NEW."disabled_at" IS NOT NULL) THEN
    PERFORM pg_advisory_xact_lock(hashtext('qudao.last_admin'));
    IF NOT EXISTS (
      SELECT 1 FROM "users" u WHERE u."role" = 'admin' AND u."disabled_at" IS NULL AND u."id" <> OLD."id"
    ) THEN
      RAISE EXCEPTION 'law users_last_admin: the last admin cannot be removed'
        USING ERRCODE = '23514', CONSTRAINT = 'users_last_admin', TABLE = 'users';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "users_last_admin" BEFORE UPDATE OR DELETE ON "users"
  FOR EACH ROW EXECUTE FUNCTION "keep_last_admin"();

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'law %_append_only: rows are only added', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only', TABLE = TG_TABLE_NAME;
END $$;
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entries_no_truncate" BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- ── The ledger ───────────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "permanent_ledgers"
  ADD CONSTRAINT "permanent_ledger_not_negative" CHECK (
    "cap" >= 0 AND "reserved" >= 0 AND "issued" >= 0 AND "external" >= 0 AND "unlisted" >= 0 AND "overdrawn" >= 0
    AND "archived" BETWEEN 0 AND "issued"),
  ADD CONSTRAINT "permanent_ledger_cap" CHECK (
    "issued"::bigint + "reserved" + "external" + "unlisted" <= "cap"::bigint + "overdrawn");

-- The cap binds reservations only. A fact (an external scene, a lower cap) may overdraw it and is recorded as such;
-- while a reservation grows the sum, the allowance for facts stays what it was before, so the CHECK refuses it.
CREATE FUNCTION "weigh_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  spent bigint := NEW."issued"::bigint + NEW."reserved" + NEW."external" + NEW."unlisted";
  spent_before bigint := OLD."issued"::bigint + OLD."reserved" + OLD."external" + OLD."unlisted";
BEGIN
  IF NEW."reserved" > OLD."reserved" AND spent > spent_before THEN
    NEW."overdrawn" := greatest(0, spent_before - NEW."cap");
  ELSE
    NEW."overdrawn" := greatest(0, spent - NEW."cap");
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "permanent_ledgers_weigh" BEFORE UPDATE ON "permanent_ledgers"
  FOR EACH ROW EXECUTE FUNCTION "weigh_ledger"();

ALTER TABLE "own_ranges" ADD CONSTRAINT "own_ranges_bounds" CHECK (1 <= "from_id" AND "from_id" <= "to_id" AND "to_id" <= 100000);
ALTER TABLE "free_ranges" ADD CONSTRAINT "free_ranges_bounds" CHECK (1 <= "from_id" AND "from_id" <= "to_id" AND "to_id" <= 100000);

ALTER TABLE "permanent_scenes"
  ADD CONSTRAINT "permanent_scene_integer" CHECK (
    "kind" <> 'integer' OR ("scene_id" IS NOT NULL AND "scene_id" BETWEEN 1 AND 100000 AND "scene" = "scene_id"::text)),
  ADD CONSTRAINT "permanent_scene_string" CHECK (
    "kind" <> 'string' OR ("scene_id" IS NULL AND octet_length(convert_to("scene", 'UTF8')) BETWEEN 1 AND 64)),
  ADD CONSTRAINT "permanent_scene_twin_is_a_fact" CHECK (NOT "is_twin" OR "state" <> 'reserved'),
  ADD CONSTRAINT "permanent_scene_issued_was_sent" CHECK ("state" NOT IN ('issued', 'archived') OR "sent_at" IS NOT NULL);

-- WeChat reports 123 and "123" by the same digits: one holder for both, facts excepted.
CREATE UNIQUE INDEX "permanent_scenes_one_holder" ON "permanent_scenes" ("account_id", "scene") WHERE NOT "is_twin";
CREATE UNIQUE INDEX "scene_tenures_one_holder" ON "scene_tenures" ("permanent_scene_id") WHERE "to_at" IS NULL;
ALTER TABLE "scene_tenures" ADD CONSTRAINT "scene_tenures_order" CHECK ("to_at" IS NULL OR "to_at" >= "from_at");

CREATE FUNCTION "ledger_refusal"(law text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'law %: %', law, message USING ERRCODE = '23514', CONSTRAINT = law, TABLE = 'permanent_scenes';
END $$;

-- Counters: one update a statement, however many rows, so that 100,000 reservations cost one.
CREATE FUNCTION "count_scenes_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "permanent_ledgers" l SET
    "reserved" = l."reserved" + n."reserved",
    "issued"   = l."issued"   + n."issued",
    "archived" = l."archived" + n."archived",
    "external" = l."external" + n."external"
  FROM (
    SELECT "account_id",
      count(*) FILTER (WHERE "state" = 'reserved')::int AS "reserved",
      count(*) FILTER (WHERE "state" IN ('issued', 'archived'))::int AS "issued",
      count(*) FILTER (WHERE "state" = 'archived')::int AS "archived",
      count(*) FILTER (WHERE "state" = 'external')::int AS "external"
    FROM "added" GROUP BY "account_id"
  ) n WHERE l."account_id" = n."account_id";

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
  RETURN NULL;
END $$;
CREATE TRIGGER "permanent_scenes_added" AFTER INSERT ON "permanent_scenes"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_scenes_added"();

CREATE FUNCTION "count_scenes_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "permanent_ledgers" l SET
    "reserved" = l."reserved" + n."reserved",
    "issued"   = l."issued"   + n."issued",
    "archived" = l."archived" + n."archived",
    "external" = l."external" + n."external"
  FROM (
    SELECT "account_id",
      sum("sign") FILTER (WHERE "state" = 'reserved')::int AS "reserved",
      sum("sign") FILTER (WHERE "state" IN ('issued', 'archived'))::int AS "issued",
      sum("sign") FILTER (WHERE "state" = 'archived')::int AS "archived",
      sum("sign") FILTER (WHERE "state" = 'external')::int AS "external"
    FROM (
      SELECT "account_id", "state", 1 AS "sign" FROM "after_change"
      UNION ALL SELECT "account_id", "state", -1 FROM "before_change"
    ) both_sides GROUP BY "account_id"
  ) raw, LATERAL (SELECT raw."account_id",
      coalesce(raw."reserved", 0) AS "reserved", coalesce(raw."issued", 0) AS "issued",
      coalesce(raw."archived", 0) AS "archived", coalesce(raw."external", 0) AS "external") n
  WHERE l."account_id" = n."account_id"
    AND (n."reserved", n."issued", n."archived", n."external") <> (0, 0, 0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER "permanent_scenes_changed" AFTER UPDATE ON "permanent_scenes"
  REFERENCING OLD TABLE AS "before_change" NEW TABLE AS "after_change"
  FOR EACH STATEMENT EXECUTE FUNCTION "count_scenes_changed"();

CREATE FUNCTION "count_scenes_removed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "removed" WHERE "state" <> 'external' AND "sent_at" IS NOT NULL) THEN
    PERFORM "ledger_refusal"('permanent_scene_spent', 'WeChat may have seen it: a spent slot is never returned');
  END IF;
  UPDATE "permanent_ledgers" l SET
    "reserved" = l."reserved" - n."reserved",
    "external" = l."external" - n."external"
  FROM (
    SELECT "account_id",
      count(*) FILTER (WHERE "state" = 'reserved')::int AS "reserved",
      count(*) FILTER (WHERE "state" = 'external')::int AS "external"
    FROM "removed" GROUP BY "account_id"
  ) n WHERE l."account_id" = n."account_id";
  RETURN NULL;
END $$;
CREATE TRIGGER "permanent_scenes_removed" AFTER DELETE ON "permanent_scenes"
  REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "count_scenes_removed"();

-- What a slot is never changes; a slot never goes back to being unsent by way of a new state.
CREATE FUNCTION "keep_scene_identity"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."account_id", NEW."kind", NEW."scene", NEW."is_twin") IS DISTINCT FROM
     (OLD."account_id", OLD."kind", OLD."scene", OLD."is_twin")
     OR (OLD."state" IN ('issued', 'archived') AND (NEW."state" IN ('reserved', 'external') OR NEW."sent_at" IS NULL)) THEN
    PERFORM "ledger_refusal"('permanent_scene_identity', 'a slot keeps its scene, and an issued one stays issued');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "permanent_scenes_identity" BEFORE UPDATE ON "permanent_scenes"
  FOR EACH ROW EXECUTE FUNCTION "keep_scene_identity"();

-- A gap is a run of integers whose digits nobody holds: WeChat reports 123 and "123" alike, so a string of digits
-- takes its integer out of the gaps too.
CREATE FUNCTION "digits_taken"("kind" "scene_kind", "scene_id" integer, "scene" text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN "kind" = 'integer' THEN "scene_id"
              WHEN "scene" ~ '^([1-9][0-9]{0,4}|100000)$' THEN "scene"::integer END
$$;

-- The taken ids are cut out of the gaps that they lie in. Work grows with the runs taken, not with the ledger.
CREATE FUNCTION "cut_free_ranges"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH "ids" AS (
    SELECT DISTINCT "account_id", "digits_taken"("kind", "scene_id", "scene") AS "id" FROM "added"
  ), "runs" AS (
    SELECT "account_id", min("id") AS "a", max("id") AS "b"
    FROM (SELECT "account_id", "id", "id" - row_number() OVER (PARTITION BY "account_id" ORDER BY "id") AS "run"
          FROM "ids" WHERE "id" IS NOT NULL) numbered
    GROUP BY "account_id", "run"
  ), "hit" AS (
    DELETE FROM "free_ranges" f USING (
      -- The gap that holds the run's first id, if there is one (the id of a twin has gone before) …
      SELECT g."account_id", g."from_id" FROM "runs" r, LATERAL (
        SELECT f."account_id", f."from_id" FROM "free_ranges" f
        WHERE f."account_id" = r."account_id" AND f."to_id" >= r."a" ORDER BY f."to_id" LIMIT 1
      ) g WHERE g."from_id" <= r."b"
      -- … and those that begin within the run.
      UNION SELECT f."account_id", f."from_id" FROM "runs" r
        JOIN "free_ranges" f ON f."account_id" = r."account_id" AND f."from_id" BETWEEN r."a" AND r."b"
    ) doomed
    WHERE f."account_id" = doomed."account_id" AND f."from_id" = doomed."from_id"
    RETURNING f."account_id", f."from_id", f."to_id"
  ), "left_over" AS (
    SELECT h."account_id", unnest(h."ids" - t."ids") AS "ids"
    FROM (SELECT "account_id", range_agg(int4range("from_id", "to_id" + 1)) AS "ids" FROM "hit" GROUP BY "account_id") h
    JOIN (SELECT "account_id", range_agg(int4range("a", "b" + 1)) AS "ids" FROM "runs" GROUP BY "account_id") t
      USING ("account_id")
  )
  INSERT INTO "free_ranges" ("account_id", "from_id", "to_id")
  SELECT "account_id", lower("ids"), upper("ids") - 1 FROM "left_over";
  RETURN NULL;
END $$;
CREATE TRIGGER "permanent_scenes_cut" AFTER INSERT ON "permanent_scenes"
  REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "cut_free_ranges"();

CREATE FUNCTION "return_free_ranges"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH "ids" AS (
    SELECT DISTINCT r."account_id", "digits_taken"(r."kind", r."scene_id", r."scene") AS "id" FROM "removed" r
    -- Its twin may hold the digits still.
    WHERE NOT EXISTS (SELECT 1 FROM "permanent_scenes" s
                      WHERE s."account_id" = r."account_id" AND s."kind" = 'integer' AND s."scene" = r."scene")
      AND NOT EXISTS (SELECT 1 FROM "permanent_scenes" s
                      WHERE s."account_id" = r."account_id" AND s."kind" = 'string' AND s."scene" = r."scene")
  ), "back" AS (
    SELECT "account_id", unnest(range_agg(int4range("id", "id" + 1))) AS "ids"
    FROM "ids" WHERE "id" IS NOT NULL GROUP BY "account_id"
  ), "touching" AS (
    DELETE FROM "free_ranges" f USING (
      SELECT f."account_id", f."from_id" FROM "free_ranges" f
        JOIN "back" b ON b."account_id" = f."account_id" AND f."to_id" = lower(b."ids") - 1
      UNION SELECT f."account_id", f."from_id" FROM "free_ranges" f
        JOIN "back" b ON b."account_id" = f."account_id" AND f."from_id" = upper(b."ids")
    ) doomed
    WHERE f."account_id" = doomed."account_id" AND f."from_id" = doomed."from_id"
    RETURNING f."account_id", f."from_id", f."to_id"
  ), "merged" AS (
    SELECT "account_id", unnest(range_agg("ids")) AS "ids" FROM (
      SELECT "account_id", int4range("from_id", "to_id" + 1) AS "ids" FROM "touching"
      UNION ALL SELECT "account_id", "ids" FROM "back"
    ) pieces GROUP BY "account_id"
  )
  INSERT INTO "free_ranges" ("account_id", "from_id", "to_id")
  SELECT "account_id", lower("ids"), upper("ids") - 1 FROM "merged";
  RETURN NULL;
END $$;
CREATE TRIGGER "permanent_scenes_return" AFTER DELETE ON "permanent_scenes"
  REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "return_free_ranges"();

-- An account is born with its ledger: 1…100000 free, all of it ours until an admin says otherwise.
CREATE FUNCTION "open_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "permanent_ledgers" ("account_id") VALUES (NEW."id");
  INSERT INTO "free_ranges" ("account_id", "from_id", "to_id") VALUES (NEW."id", 1, 100000);
  INSERT INTO "own_ranges" ("account_id", "from_id", "to_id") VALUES (NEW."id", 1, 100000);
  INSERT INTO "access_tokens" ("account_id") VALUES (NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "official_accounts_open_ledger" AFTER INSERT ON "official_accounts"
  FOR EACH ROW EXECUTE FUNCTION "open_ledger"();

-- ── Codes ────────────────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "codes"
  ADD CONSTRAINT "code_permanent_has_slot" CHECK (("kind" = 'permanent') = ("permanent_scene_id" IS NOT NULL)),
  ADD CONSTRAINT "code_permanent_never_expires" CHECK (
    "kind" <> 'permanent' OR ("expire_seconds" IS NULL AND "expires_at" IS NULL AND NOT "is_living")),
  ADD CONSTRAINT "code_temporary_expires" CHECK (
    "kind" <> 'temporary' OR ("expire_seconds" IS NOT NULL AND "expire_seconds" BETWEEN 1 AND 2592000)),
  ADD CONSTRAINT "code_temporary_integer" CHECK (
    "kind" <> 'temporary' OR "scene_kind" <> 'integer'
    OR ("scene" ~ '^[1-9][0-9]{0,9}$' AND "scene"::bigint BETWEEN 1 AND 4294967295)),
  ADD CONSTRAINT "code_scene_string" CHECK (octet_length(convert_to("scene", 'UTF8')) BETWEEN 1 AND 64),
  ADD CONSTRAINT "code_issued_has_ticket" CHECK (
    "status" <> 'issued' OR ("ticket" IS NOT NULL AND "url" IS NOT NULL AND "issued_at" IS NOT NULL
      AND ("kind" = 'permanent' OR "expires_at" IS NOT NULL))),
  ADD CONSTRAINT "code_label_length" CHECK (char_length("label") BETWEEN 1 AND 200);

-- None may equal a living temporary scene, since WeChat reports both by the same digits.
CREATE UNIQUE INDEX "codes_one_living_scene" ON "codes" ("account_id", "scene") WHERE "is_living";
-- One code at a time holds a permanent slot; those that held it before are archived. (Also serves the foreign key.)
CREATE UNIQUE INDEX "codes_one_holder" ON "codes" ("permanent_scene_id", (coalesce("archived_at", 'infinity'::timestamptz)))
  WHERE "permanent_scene_id" IS NOT NULL;
-- The queue: what is due, oldest first, account by account and kind by kind (45029 holds back permanent codes only).
CREATE INDEX "codes_due" ON "codes" ("account_id", "kind", "next_attempt_at", "sequence")
  WHERE "status" = 'reserved' AND "next_attempt_at" IS NOT NULL;
-- Temporary codes among the integers that permanent ones may take; the allocator steps over them.
CREATE INDEX "codes_low_living" ON "codes" ("account_id", "scene") WHERE "is_living" AND char_length("scene") <= 6;
-- The orders and the rare states of the list. What never expires sorts as expiring last.
CREATE INDEX "codes_by_expiry" ON "codes" ("account_id", (coalesce("expires_at", 'infinity'::timestamptz)), "sequence");
CREATE INDEX "codes_by_scene" ON "codes" (
  "account_id", (CASE WHEN "scene_kind" = 'integer' THEN lpad("scene", 10, '0') ELSE "scene" END COLLATE "C"), "sequence");
CREATE INDEX "codes_unissued" ON "codes" ("account_id", "sequence") WHERE "status" <> 'issued';
CREATE INDEX "codes_archived" ON "codes" ("account_id", "sequence") WHERE "archived_at" IS NOT NULL;

CREATE FUNCTION "judge_new_codes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "made" m LEFT JOIN "permanent_scenes" s
               ON s."id" = m."permanent_scene_id" AND s."account_id" = m."account_id"
                  AND s."kind" = m."scene_kind" AND s."scene" = m."scene"
             WHERE m."kind" = 'permanent' AND s."id" IS NULL) THEN
    RAISE EXCEPTION 'law code_matches_slot: a permanent code and its slot must name the same scene'
      USING ERRCODE = '23514', CONSTRAINT = 'code_matches_slot', TABLE = 'codes';
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
CREATE TRIGGER "codes_judge_new" AFTER INSERT ON "codes"
  REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "judge_new_codes"();

CREATE FUNCTION "keep_code_identity"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."account_id", NEW."kind", NEW."scene_kind", NEW."scene", NEW."permanent_scene_id") IS DISTINCT FROM
     (OLD."account_id", OLD."kind", OLD."scene_kind", OLD."scene", OLD."permanent_scene_id")
     OR (OLD."status" = 'issued' AND (NEW."status" <> 'issued'
         OR (NEW."ticket", NEW."url", NEW."expires_at") IS DISTINCT FROM (OLD."ticket", OLD."url", OLD."expires_at"))) THEN
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
CREATE TRIGGER "codes_identity" BEFORE UPDATE ON "codes"
  FOR EACH ROW EXECUTE FUNCTION "keep_code_identity"();

-- A permanent code is archived, never deleted; only one that WeChat cannot have seen may vanish with its slot.
CREATE FUNCTION "keep_permanent_codes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."kind" = 'permanent' AND (OLD."status" = 'issued' OR EXISTS (
       SELECT 1 FROM "permanent_scenes" s WHERE s."id" = OLD."permanent_scene_id" AND s."sent_at" IS NOT NULL)) THEN
    RAISE EXCEPTION 'law code_never_deleted: a permanent code is archived, never deleted'
      USING ERRCODE = '23514', CONSTRAINT = 'code_never_deleted', TABLE = 'codes';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER "codes_never_deleted" BEFORE DELETE ON "codes"
  FOR EACH ROW EXECUTE FUNCTION "keep_permanent_codes"();

ALTER TABLE "campaigns" ADD CONSTRAINT "campaign_dates" CHECK ("starts_on" IS NULL OR "ends_on" IS NULL OR "starts_on" <= "ends_on");
ALTER TABLE "campaigns" ADD CONSTRAINT "campaign_name_length" CHECK (char_length("name") BETWEEN 1 AND 200);
ALTER TABLE "channels" ADD CONSTRAINT "channel_number_length" CHECK (char_length("number") BETWEEN 1 AND 64);
ALTER TABLE "channels" ADD CONSTRAINT "channel_name_length" CHECK (char_length("name") BETWEEN 1 AND 200);

-- A code, its channel and its campaigns belong to one account.
CREATE FUNCTION "keep_within_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'assignments' THEN
    IF NEW."campaign_id" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "codes" c JOIN "campaigns" g ON g."account_id" = c."account_id"
      WHERE c."id" = NEW."code_id" AND g."id" = NEW."campaign_id") THEN
      RAISE EXCEPTION 'law assignment_same_account: the campaign belongs to another account'
        USING ERRCODE = '23514', CONSTRAINT = 'assignment_same_account', TABLE = 'assignments';
    END IF;
  ELSIF NEW."channel_id" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "channels" h WHERE h."id" = NEW."channel_id" AND h."account_id" = NEW."account_id") THEN
      RAISE EXCEPTION 'law code_same_account: the channel belongs to another account'
        USING ERRCODE = '23514', CONSTRAINT = 'code_same_account', TABLE = 'codes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "codes_within_account" BEFORE INSERT OR UPDATE OF "channel_id" ON "codes"
  FOR EACH ROW WHEN (NEW."channel_id" IS NOT NULL) EXECUTE FUNCTION "keep_within_account"();
CREATE TRIGGER "assignments_within_account" BEFORE INSERT OR UPDATE ON "assignments"
  FOR EACH ROW EXECUTE FUNCTION "keep_within_account"();
