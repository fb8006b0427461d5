-- Cutting ids out of the gaps, and giving them back, finds each gap by its index: with 25,000 gaps the planner would rather
-- read all of them for each run. OFFSET 0 keeps a subquery by itself, so that it is looked up once a run; the rows found are
-- deleted by their place, which cannot change meanwhile, since whoever changes an account's gaps holds its ledger's row (the counters' triggers go first, by name).

CREATE OR REPLACE FUNCTION "cut_free_ranges"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH "ids" AS (
    SELECT DISTINCT "account_id", "digits_taken"("kind", "scene_id", "scene") AS "id" FROM "added"
  ), "runs" AS MATERIALIZED (
    SELECT "account_id", min("id") AS "a", max("id") AS "b"
    FROM (SELECT "account_id", "id", "id" - row_number() OVER (PARTITION BY "account_id" ORDER BY "id") AS "run"
          FROM "ids" WHERE "id" IS NOT NULL) numbered
    GROUP BY "account_id", "run"
  ), "hit" AS (
    DELETE FROM "free_ranges" WHERE ctid = ANY (ARRAY(
      -- The gap that holds the run's first id, if there is one (the id of a twin has gone before) …
      SELECT g.place FROM "runs" r CROSS JOIN LATERAL (
        SELECT f.ctid AS place, f."from_id" FROM "free_ranges" f
        WHERE f."account_id" = r."account_id" AND f."to_id" >= r."a" ORDER BY f."to_id" LIMIT 1
      ) g WHERE g."from_id" <= r."b"
      -- … and those that begin within the run.
      UNION SELECT g.place FROM "runs" r CROSS JOIN LATERAL (
        SELECT f.ctid AS place FROM "free_ranges" f
        WHERE f."account_id" = r."account_id" AND f."from_id" BETWEEN r."a" AND r."b" ORDER BY f."from_id" OFFSET 0
      ) g
    )) RETURNING "account_id", "from_id", "to_id"
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

CREATE OR REPLACE FUNCTION "return_free_ranges"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH "ids" AS (
    SELECT DISTINCT r."account_id", "digits_taken"(r."kind", r."scene_id", r."scene") AS "id" FROM "removed" r
    -- Its twin may hold the digits still.
    WHERE NOT EXISTS (SELECT 1 FROM "permanent_scenes" s
                      WHERE s."account_id" = r."account_id" AND s."kind" = 'integer' AND s."scene" = r."scene")
      AND NOT EXISTS (SELECT 1 FROM "permanent_scenes" s
                      WHERE s."account_id" = r."account_id" AND s."kind" = 'string' AND s."scene" = r."scene")
  ), "back" AS MATERIALIZED (
    SELECT "account_id", unnest(range_agg(int4range("id", "id" + 1))) AS "ids"
    FROM "ids" WHERE "id" IS NOT NULL GROUP BY "account_id"
  ), "touching" AS (
    DELETE FROM "free_ranges" WHERE ctid = ANY (ARRAY(
      SELECT g.place FROM "back" b CROSS JOIN LATERAL (
        SELECT f.ctid AS place FROM "free_ranges" f
        WHERE f."account_id" = b."account_id" AND f."to_id" = lower(b."ids") - 1 OFFSET 0
      ) g
      UNION SELECT g.place FROM "back" b CROSS JOIN LATERAL (
        SELECT f.ctid AS place FROM "free_ranges" f
        WHERE f."account_id" = b."account_id" AND f."from_id" = upper(b."ids") OFFSET 0
      ) g
    )) RETURNING "account_id", "from_id", "to_id"
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
