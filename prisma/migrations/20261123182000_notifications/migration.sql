-- What leaves the house by itself: one queue for messages to addresses that people typed in, the notices that tell
-- people of something to decide, and the thresholds of the quota.

-- ── Deliveries ─────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TYPE "delivery_kind" AS ENUM ('webhook', 'relay', 'notification');
CREATE TYPE "delivery_state" AS ENUM ('waiting', 'delivered', 'failed');

CREATE TABLE "deliveries" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sequence" BIGSERIAL NOT NULL,
  "account_id" UUID,
  "kind" "delivery_kind" NOT NULL,
  "target_id" UUID NOT NULL,
  "event_type" TEXT NOT NULL,
  "payload_sealed" TEXT NOT NULL,
  "state" "delivery_state" NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "next_attempt_at" TIMESTAMPTZ(3) DEFAULT now(),
  "give_up_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '24 hours',
  "lease_token" UUID,
  "lease_until" TIMESTAMPTZ(3),
  "last_status" INTEGER,
  "last_error" TEXT,
  "last_answer" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "deliveries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  -- What waits has its turn; what is finished has none, and nobody works on it.
  CONSTRAINT "delivery_waits_or_is_finished" CHECK (
    CASE WHEN "state" = 'waiting' THEN "next_attempt_at" IS NOT NULL AND "finished_at" IS NULL
      ELSE "next_attempt_at" IS NULL AND "finished_at" IS NOT NULL AND "lease_token" IS NULL END),
  CONSTRAINT "delivery_lease_is_whole" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL)),
  CONSTRAINT "delivery_attempts" CHECK ("attempts" >= 0)
);
CREATE UNIQUE INDEX "deliveries_sequence_key" ON "deliveries" ("sequence");
CREATE INDEX "deliveries_target_id_sequence_idx" ON "deliveries" ("target_id", "sequence" DESC);
CREATE INDEX "deliveries_account_id_idx" ON "deliveries" ("account_id");
-- The queue, target by target: each has its turn however many wait for another one.
CREATE INDEX "deliveries_due" ON "deliveries" ("target_id", "next_attempt_at", "sequence") WHERE "state" = 'waiting';
-- What is being sent now: few rows, counted before each claim.
CREATE INDEX "deliveries_leased" ON "deliveries" ("target_id") WHERE "lease_token" IS NOT NULL;
-- What may be cleared away.
CREATE INDEX "deliveries_finished" ON "deliveries" ("finished_at") WHERE "finished_at" IS NOT NULL;

-- ── Notifications ──────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TYPE "notification_sender_kind" AS ENUM ('email', 'wecom', 'feishu', 'dingtalk');

CREATE TABLE "notification_senders" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "kind" "notification_sender_kind" NOT NULL,
  "name" TEXT NOT NULL,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "kinds" TEXT[] NOT NULL,
  "locale" TEXT NOT NULL,
  "from_address" TEXT,
  "recipients" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "address_sealed" TEXT,
  "secret_sealed" TEXT,
  "host" TEXT,
  "allow_private" BOOLEAN NOT NULL DEFAULT false,
  "last_sent_at" TIMESTAMPTZ(3),
  "last_error" TEXT,
  "last_answer" TEXT,
  "last_error_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT "notification_senders_pkey" PRIMARY KEY ("id"),
  -- E-mail has recipients and a robot an address; neither has both.
  CONSTRAINT "notification_sender_has_a_target" CHECK (
    CASE WHEN "kind" = 'email' THEN "from_address" IS NOT NULL AND cardinality("recipients") BETWEEN 1 AND 50
        AND "address_sealed" IS NULL AND "secret_sealed" IS NULL
      ELSE "address_sealed" IS NOT NULL AND "host" IS NOT NULL AND "from_address" IS NULL
        AND cardinality("recipients") = 0 END),
  CONSTRAINT "notification_sender_locale" CHECK ("locale" IN ('zh-CN', 'en'))
);

CREATE TABLE "notifications" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sequence" BIGSERIAL NOT NULL,
  "account_id" UUID,
  "kind" TEXT NOT NULL,
  "data" JSONB NOT NULL DEFAULT '{}',
  "href" TEXT NOT NULL,
  "role" "user_role" NOT NULL DEFAULT 'viewer',
  "user_id" UUID,
  "dedupe_key" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT "notifications_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "notifications_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- A link within this house, never to another one.
  CONSTRAINT "notification_href_is_local" CHECK ("href" ~ '^/([^/\\]|$)')
);
CREATE UNIQUE INDEX "notifications_sequence_key" ON "notifications" ("sequence");
-- What is told once is told once, whoever tells it.
CREATE UNIQUE INDEX "notifications_dedupe_key_key" ON "notifications" ("dedupe_key");
CREATE INDEX "notifications_account_id_sequence_idx" ON "notifications" ("account_id", "sequence" DESC);
CREATE INDEX "notifications_user_id_idx" ON "notifications" ("user_id");
CREATE INDEX "notifications_created_at_idx" ON "notifications" ("created_at");

CREATE TABLE "notification_readers" (
  "user_id" UUID NOT NULL,
  "read_until" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "notification_readers_pkey" PRIMARY KEY ("user_id"),
  CONSTRAINT "notification_readers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "notification_reads" (
  "user_id" UUID NOT NULL,
  "notification_id" UUID NOT NULL,
  CONSTRAINT "notification_reads_pkey" PRIMARY KEY ("user_id", "notification_id"),
  CONSTRAINT "notification_reads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "notification_reads_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notifications"("id")
    ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "notification_reads_notification_id_idx" ON "notification_reads" ("notification_id");

-- Batches whose end has been told; those that ended before there were notices need no telling.
ALTER TABLE "batches" ADD COLUMN "end_told_at" TIMESTAMPTZ(3);
UPDATE "batches" SET "end_told_at" = now() WHERE "finished_at" IS NOT NULL;
CREATE INDEX "batches_end_untold" ON "batches" ("finished_at") WHERE "finished_at" IS NOT NULL AND "end_told_at" IS NULL;

-- The last expiry up to which people have been told, so that each code is counted once.
ALTER TABLE "official_accounts" ADD COLUMN "expiry_told_until" TIMESTAMPTZ(3);

-- ── Thresholds of the quota ────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "quota_thresholds" (
  "account_id" UUID NOT NULL,
  "percent" SMALLINT NOT NULL,
  "raised_at" TIMESTAMPTZ(3),
  "cleared_at" TIMESTAMPTZ(3),
  CONSTRAINT "quota_thresholds_pkey" PRIMARY KEY ("account_id", "percent"),
  CONSTRAINT "quota_thresholds_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "quota_threshold_percent" CHECK ("percent" BETWEEN 1 AND 100)
);
INSERT INTO "quota_thresholds" ("account_id", "percent")
  SELECT "id", "percent" FROM "official_accounts" CROSS JOIN (VALUES (80), (95)) AS usual("percent");

CREATE FUNCTION "give_usual_thresholds"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "quota_thresholds" ("account_id", "percent") VALUES (NEW."id", 80), (NEW."id", 95);
  RETURN NULL;
END $$;
CREATE TRIGGER "official_accounts_thresholds" AFTER INSERT ON "official_accounts"
  FOR EACH ROW EXECUTE FUNCTION "give_usual_thresholds"();
