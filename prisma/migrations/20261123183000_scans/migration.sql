-- Scans: what WeChat pushes, once; who it was, under a pseudonym; and the counts that every page reads.
-- lib/scans/count-history.ts says what is counted; these tables hold it.

CREATE TYPE "scan_event_kind" AS ENUM ('subscribe', 'scan', 'unsubscribe');
CREATE TYPE "scan_scope" AS ENUM ('account', 'campaign', 'channel', 'code');
CREATE TYPE "recount_reason" AS ENUM ('replay', 'adopt', 'time_zone', 'check');
CREATE TYPE "recount_state" AS ENUM ('waiting', 'running', 'done', 'failed');

ALTER TABLE "official_accounts"
  -- Openids become person keys by HMAC with it; made when the account receives its first event.
  ADD COLUMN "person_secret_sealed" TEXT,
  ADD COLUMN "event_retention_days" INTEGER NOT NULL DEFAULT 400,
  ADD COLUMN "asks_user_info" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "counted_since" TIMESTAMPTZ(3),
  ADD COLUMN "push_verified_at" TIMESTAMPTZ(3),
  ADD COLUMN "push_received_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "account_event_retention" CHECK ("event_retention_days" BETWEEN 30 AND 3660);

-- Who may see openids whole.
ALTER TABLE "users" ADD COLUMN "sees_openids" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "api_keys" ADD COLUMN "sees_openids" BOOLEAN NOT NULL DEFAULT false;

-- A campaign's money, for the cost of a follower; in the currency of the account's people (yuan unless they say otherwise).
ALTER TABLE "campaigns" ADD COLUMN "cost" DECIMAL(14, 2),
  ADD CONSTRAINT "campaign_cost" CHECK ("cost" IS NULL OR "cost" >= 0);

CREATE TABLE "tags" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "marks_followers" BOOLEAN NOT NULL DEFAULT false,
  "wechat_tag_id" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "tags_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tag_name_length" CHECK (char_length("name") BETWEEN 1 AND 30),
  CONSTRAINT "tags_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "tags_account_id_name_key" ON "tags" ("account_id", "name");

CREATE TABLE "code_tags" (
  "code_id" UUID NOT NULL,
  "tag_id" UUID NOT NULL,
  CONSTRAINT "code_tags_pkey" PRIMARY KEY ("code_id", "tag_id"),
  CONSTRAINT "code_tags_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "code_tags_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "code_tags_tag_id_code_id_idx" ON "code_tags" ("tag_id", "code_id");

-- One row a person and account. `memory` holds, without loss for the counting, the events up to `folded_through`: those that
-- retention has removed, and those of one who scans so often that they are not read one by one. `counted_zone` is the
-- time zone that this person's events are counted in, the account's unless that was just changed.
CREATE TABLE "followers" (
  "id" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "person_key" UUID NOT NULL,
  "openid_sealed" TEXT,
  "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
  "is_following" BOOLEAN NOT NULL DEFAULT false,
  "followed_at" TIMESTAMPTZ(3),
  "unfollowed_at" TIMESTAMPTZ(3),
  "first_code_id" UUID,
  "first_campaign_id" UUID,
  "last_code_id" UUID,
  "last_campaign_id" UUID,
  "memory" JSONB,
  "folded_through" BIGINT NOT NULL DEFAULT 0,
  "counted_zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
  "forgotten_at" TIMESTAMPTZ(3),
  CONSTRAINT "followers_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "followers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "follower_forgotten_has_no_openid" CHECK ("forgotten_at" IS NULL OR "openid_sealed" IS NULL)
);
CREATE UNIQUE INDEX "followers_account_id_person_key_key" ON "followers" ("account_id", "person_key");
CREATE INDEX "followers_account_id_id_idx" ON "followers" ("account_id", "id");
CREATE INDEX "followers_folded" ON "followers" ("account_id", "id") WHERE "memory" IS NOT NULL;
-- First touch and last touch of those who follow now.
CREATE INDEX "followers_first_touch" ON "followers" ("account_id", "first_code_id") WHERE "is_following" AND "first_code_id" IS NOT NULL;
CREATE INDEX "followers_last_touch" ON "followers" ("account_id", "last_code_id") WHERE "is_following" AND "last_code_id" IS NOT NULL;

-- Raw events, append-only, each once: `digest` is an HMAC of openid, CreateTime, Event and EventKey, so that a repeated
-- delivery is known even after its person was forgotten. Local date and hour are those of the account's time zone.
-- Tables that each event writes refer to the account without a foreign key: accounts are never removed, and the check
-- would cost more than the row.
CREATE TABLE "scan_events" (
  "id" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "digest" UUID NOT NULL,
  "kind" "scan_event_kind" NOT NULL,
  "at" TIMESTAMPTZ(0) NOT NULL,
  "local_date" DATE NOT NULL,
  "local_hour" SMALLINT NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "follower_id" BIGINT NOT NULL,
  "event_key" TEXT NOT NULL DEFAULT '',
  "ticket" TEXT,
  -- The scene it came by; null: by none.
  "scene" TEXT,
  "code_id" UUID,
  "channel_id" UUID,
  "campaign_id" UUID,
  -- When user/info is asked (again) for the scene that a follow does not name; null: not to be asked.
  "look_up_at" TIMESTAMPTZ(3),
  CONSTRAINT "scan_events_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "scan_event_hour" CHECK ("local_hour" BETWEEN 0 AND 23),
  CONSTRAINT "scan_event_scan_has_scene" CHECK ("kind" <> 'scan' OR "scene" IS NOT NULL),
  CONSTRAINT "scan_event_unsubscribe_has_none" CHECK ("kind" <> 'unsubscribe' OR "scene" IS NULL),
  CONSTRAINT "scan_event_code_has_scene" CHECK ("code_id" IS NULL OR "scene" IS NOT NULL),
  CONSTRAINT "scan_events_follower_id_fkey" FOREIGN KEY ("follower_id") REFERENCES "followers" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "scan_events_account_id_digest_key" ON "scan_events" ("account_id", "digest");
CREATE INDEX "scan_events_follower_id_id_idx" ON "scan_events" ("follower_id", "id");
CREATE INDEX "scan_events_look_up" ON "scan_events" ("look_up_at") WHERE "look_up_at" IS NOT NULL;
CREATE INDEX "scan_events_account_id_id_idx" ON "scan_events" ("account_id", "id" DESC);
CREATE INDEX "scan_events_code_id_id_idx" ON "scan_events" ("code_id", "id" DESC) WHERE "code_id" IS NOT NULL;
CREATE INDEX "scan_events_unknown" ON "scan_events" ("account_id", "scene") WHERE "code_id" IS NULL AND "scene" IS NOT NULL;
CREATE INDEX "scan_events_account_id_at_idx" ON "scan_events" ("account_id", "at");

-- Counts by local hour and by local day. A channel's and a code's rows are parted by campaign (`campaign_id`, zeros where
-- none), so that their sums over all campaigns and those of one come from the same rows. `people` counts a person in the
-- first row of the period within the scope; `people_of_pair` the same within scope and campaign: adding rows up never counts
-- anybody twice. `shard` spreads a hot row over processes; it is summed on reading.
CREATE TABLE "scan_hours" (
  "account_id" UUID NOT NULL,
  "scope" "scan_scope" NOT NULL,
  "scope_id" UUID NOT NULL,
  "campaign_id" UUID NOT NULL,
  "local_date" DATE NOT NULL,
  "local_hour" SMALLINT NOT NULL,
  "shard" SMALLINT NOT NULL DEFAULT 0,
  "scans" INTEGER NOT NULL DEFAULT 0,
  "people" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair" INTEGER NOT NULL DEFAULT 0,
  "new_followers" INTEGER NOT NULL DEFAULT 0,
  "refollows" INTEGER NOT NULL DEFAULT 0,
  "follower_scans" INTEGER NOT NULL DEFAULT 0,
  "unfollows" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "scan_hours_pkey" PRIMARY KEY ("scope_id", "scope", "campaign_id", "local_date", "local_hour", "shard")
);

CREATE TABLE "scan_days" (
  "account_id" UUID NOT NULL,
  "scope" "scan_scope" NOT NULL,
  "scope_id" UUID NOT NULL,
  "campaign_id" UUID NOT NULL,
  "local_date" DATE NOT NULL,
  "shard" SMALLINT NOT NULL DEFAULT 0,
  "scans" INTEGER NOT NULL DEFAULT 0,
  -- First of the day, of the week (from Monday), of the month, and ever.
  "people" INTEGER NOT NULL DEFAULT 0,
  "people_of_week" INTEGER NOT NULL DEFAULT 0,
  "people_of_month" INTEGER NOT NULL DEFAULT 0,
  "people_ever" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair_week" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair_month" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair_ever" INTEGER NOT NULL DEFAULT 0,
  "new_followers" INTEGER NOT NULL DEFAULT 0,
  "refollows" INTEGER NOT NULL DEFAULT 0,
  "follower_scans" INTEGER NOT NULL DEFAULT 0,
  "unfollows" INTEGER NOT NULL DEFAULT 0,
  -- Of this day's follows (new and again), how many had unfollowed within so many days.
  "lost_1" INTEGER NOT NULL DEFAULT 0,
  "lost_7" INTEGER NOT NULL DEFAULT 0,
  "lost_30" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "scan_days_pkey" PRIMARY KEY ("scope_id", "scope", "campaign_id", "local_date", "shard")
);
CREATE INDEX "scan_days_of_account" ON "scan_days" ("account_id", "scope", "local_date");
CREATE INDEX "scan_days_of_campaign" ON "scan_days" ("campaign_id", "scope", "local_date")
  WHERE "campaign_id" <> '00000000-0000-0000-0000-000000000000';

-- A code's whole life in one row (no CHECK: what is added may be negative, and is checked before it meets its row), so that lists sort by scans and "never scanned" is a look-up.
CREATE TABLE "code_totals" (
  "code_id" UUID NOT NULL,
  "account_id" UUID NOT NULL,
  "scans" INTEGER NOT NULL DEFAULT 0,
  "people" INTEGER NOT NULL DEFAULT 0,
  "new_followers" INTEGER NOT NULL DEFAULT 0,
  "refollows" INTEGER NOT NULL DEFAULT 0,
  "unfollows" INTEGER NOT NULL DEFAULT 0,
  "first_scan_at" TIMESTAMPTZ(0),
  "last_scan_at" TIMESTAMPTZ(0),
  CONSTRAINT "code_totals_pkey" PRIMARY KEY ("code_id"),
  CONSTRAINT "code_totals_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "code_totals_account_id_scans_code_id_idx" ON "code_totals" ("account_id", "scans" DESC, "code_id");

-- HyperLogLog of the people of a finished day, for ranges that are no whole period; made behind the pages.
CREATE TABLE "people_sketches" (
  "account_id" UUID NOT NULL,
  "scope" "scan_scope" NOT NULL,
  "scope_id" UUID NOT NULL,
  "local_date" DATE NOT NULL,
  "sketch" BYTEA NOT NULL,
  CONSTRAINT "people_sketches_pkey" PRIMARY KEY ("scope_id", "scope", "local_date"),
  CONSTRAINT "people_sketches_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Days whose sketches are to be made (again): an event has landed on them.
CREATE TABLE "stale_sketch_days" (
  "account_id" UUID NOT NULL,
  "local_date" DATE NOT NULL,
  "stale_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "stale_sketch_days_pkey" PRIMARY KEY ("account_id", "local_date")
);

-- Scenes that no code has, counted in the event's own transaction, until their code is made or imported.
CREATE TABLE "unknown_scenes" (
  "account_id" UUID NOT NULL,
  "scene" TEXT NOT NULL,
  "events" INTEGER NOT NULL DEFAULT 0,
  "first_at" TIMESTAMPTZ(0) NOT NULL,
  "last_at" TIMESTAMPTZ(0) NOT NULL,
  CONSTRAINT "unknown_scenes_pkey" PRIMARY KEY ("account_id", "scene")
);

-- Scenes of another system, that nobody wants to see as unknown: a prefix, or a range of integers.
CREATE TABLE "set_aside_scenes" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "prefix" TEXT,
  "from_id" BIGINT,
  "to_id" BIGINT,
  "note" TEXT NOT NULL DEFAULT '',
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "set_aside_scenes_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "set_aside_scene_is_one" CHECK (
    ("prefix" IS NOT NULL AND "prefix" <> '' AND "from_id" IS NULL AND "to_id" IS NULL)
    OR ("prefix" IS NULL AND "from_id" IS NOT NULL AND "to_id" IS NOT NULL AND 1 <= "from_id" AND "from_id" <= "to_id" AND "to_id" <= 4294967295)),
  CONSTRAINT "set_aside_scenes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "set_aside_scenes_account_id_idx" ON "set_aside_scenes" ("account_id");

-- Counts made anew from the events, or set against them: a replay, an adopted scene, a changed time zone, a check.
CREATE TABLE "recounts" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "reason" "recount_reason" NOT NULL,
  "state" "recount_state" NOT NULL DEFAULT 'waiting',
  -- How far it has come, by the id of followers, and how far it goes: later ones are counted into it as they come.
  "cursor" BIGINT NOT NULL DEFAULT 0,
  "bound" BIGINT,
  "people_done" INTEGER NOT NULL DEFAULT 0,
  "people_total" INTEGER,
  "differences" JSONB,
  "error" TEXT,
  "asked_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),
  "lease_token" UUID,
  "lease_until" TIMESTAMPTZ(3),
  CONSTRAINT "recounts_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "recounts_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "recounts_account_id_created_at_idx" ON "recounts" ("account_id", "created_at" DESC);
CREATE INDEX "recounts_open" ON "recounts" ("created_at") WHERE "state" IN ('waiting', 'running');
CREATE UNIQUE INDEX "recounts_one_of_all" ON "recounts" ("account_id")
  WHERE "state" IN ('waiting', 'running') AND "reason" IN ('replay', 'check');
CREATE UNIQUE INDEX "recounts_one_waiting" ON "recounts" ("account_id", "reason") WHERE "state" = 'waiting';

-- Whoever gives a code a permanent scene that was unknown has its past counted too, however the code came to be.
CREATE FUNCTION "adopt_unknown_scenes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "recounts" ("account_id", "reason")
  SELECT DISTINCT s."account_id", 'adopt'::"recount_reason"
  FROM "made" m JOIN "permanent_scenes" s ON s."id" = m."permanent_scene_id"
  WHERE EXISTS (SELECT 1 FROM "unknown_scenes" u WHERE u."account_id" = s."account_id" AND u."scene" = s."scene")
  ON CONFLICT ("account_id", "reason") WHERE "state" = 'waiting' DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER "scene_tenures_adopt" AFTER INSERT ON "scene_tenures"
  REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "adopt_unknown_scenes"();

-- The counts of a replay or a check while they are added up anew: rows of hours, of days, and of a code's whole life.
CREATE TABLE "recount_rows" (
  "recount_id" UUID NOT NULL,
  "scope" "scan_scope" NOT NULL,
  "scope_id" UUID NOT NULL,
  "campaign_id" UUID NOT NULL,
  "local_date" DATE NOT NULL,
  -- -1: the row of the day.
  "local_hour" SMALLINT NOT NULL,
  "scans" INTEGER NOT NULL DEFAULT 0,
  "people" INTEGER NOT NULL DEFAULT 0,
  "people_of_week" INTEGER NOT NULL DEFAULT 0,
  "people_of_month" INTEGER NOT NULL DEFAULT 0,
  "people_ever" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair_week" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair_month" INTEGER NOT NULL DEFAULT 0,
  "people_of_pair_ever" INTEGER NOT NULL DEFAULT 0,
  "new_followers" INTEGER NOT NULL DEFAULT 0,
  "refollows" INTEGER NOT NULL DEFAULT 0,
  "follower_scans" INTEGER NOT NULL DEFAULT 0,
  "unfollows" INTEGER NOT NULL DEFAULT 0,
  "lost_1" INTEGER NOT NULL DEFAULT 0,
  "lost_7" INTEGER NOT NULL DEFAULT 0,
  "lost_30" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "recount_rows_pkey" PRIMARY KEY ("recount_id", "scope_id", "scope", "campaign_id", "local_date", "local_hour"),
  CONSTRAINT "recount_rows_recount_id_fkey" FOREIGN KEY ("recount_id") REFERENCES "recounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- WeChat's own daily totals (getusersummary), to be set against ours.
CREATE TABLE "wechat_day_totals" (
  "account_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "source" INTEGER NOT NULL,
  "new_users" INTEGER NOT NULL,
  "cancelled_users" INTEGER NOT NULL,
  "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "wechat_day_totals_pkey" PRIMARY KEY ("account_id", "day", "source"),
  CONSTRAINT "wechat_day_totals_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Pushes that were refused, the last few of an account: why, and in what mode they came.
CREATE TABLE "push_refusals" (
  "id" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "reason" TEXT NOT NULL,
  "came_as" "push_mode",
  CONSTRAINT "push_refusals_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "push_refusals_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "push_refusals_account_id_id_idx" ON "push_refusals" ("account_id", "id" DESC);
