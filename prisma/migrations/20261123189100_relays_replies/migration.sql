-- Sharing the push address with other systems, answering scans, and tags that are put on followers at WeChat.

CREATE TYPE "relay_mode" AS ENUM ('plain', 'safe');
CREATE TYPE "follower_task_state" AS ENUM ('waiting', 'done', 'failed');

CREATE TABLE "relays" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "mode" "relay_mode" NOT NULL DEFAULT 'plain',
  -- That system's own, as if WeChat sent to it.
  "token_sealed" TEXT NOT NULL,
  "encoding_aes_key_sealed" TEXT,
  "takes_all" BOOLEAN NOT NULL DEFAULT false,
  "message_types" TEXT[] NOT NULL DEFAULT '{}',
  "events" TEXT[] NOT NULL DEFAULT '{}',
  -- `login_*` a prefix, `40001-40500` a range of integers, anything else one scene.
  "scenes" TEXT[] NOT NULL DEFAULT '{}',
  "answers" BOOLEAN NOT NULL DEFAULT false,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "allow_private" BOOLEAN NOT NULL DEFAULT false,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "relays_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "relay_safe_has_key" CHECK ("mode" <> 'safe' OR "encoding_aes_key_sealed" IS NOT NULL),
  CONSTRAINT "relay_takes_something" CHECK ("takes_all"
    OR cardinality("message_types") + cardinality("events") + cardinality("scenes") > 0),
  CONSTRAINT "relays_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "relays_account_id_idx" ON "relays" ("account_id");
-- One system answers, or none.
CREATE UNIQUE INDEX "relays_one_answers" ON "relays" ("account_id") WHERE "answers";

-- Pushes that have been handed on, each once however often WeChat repeats it; and what the answering system said, to be
-- said again. Cleared after a day.
CREATE TABLE "relayed_pushes" (
  "account_id" UUID NOT NULL,
  "digest" UUID NOT NULL,
  "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "settled_at" TIMESTAMPTZ(3),
  "reply_sealed" TEXT,
  CONSTRAINT "relayed_pushes_pkey" PRIMARY KEY ("account_id", "digest"),
  CONSTRAINT "relayed_push_reply_is_settled" CHECK ("reply_sealed" IS NULL OR "settled_at" IS NOT NULL)
);
CREATE INDEX "relayed_pushes_claimed_at_idx" ON "relayed_pushes" ("claimed_at");

-- What a scan of a code, or of any code of a campaign, is answered with.
CREATE TABLE "replies" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "code_id" UUID,
  "campaign_id" UUID,
  "enabled" BOOLEAN NOT NULL DEFAULT true,
  "for_new" JSONB NOT NULL,
  -- Null: those who come back get the same.
  "for_returning" JSONB,
  "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "replies_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "reply_of_code_or_campaign" CHECK (num_nonnulls("code_id", "campaign_id") = 1),
  CONSTRAINT "replies_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "replies_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "replies_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "replies_code_id_key" ON "replies" ("code_id");
CREATE UNIQUE INDEX "replies_campaign_id_key" ON "replies" ("campaign_id");
CREATE INDEX "replies_account_id_idx" ON "replies" ("account_id");

-- The reply that an event was given, for its redelivery: nothing of the person stands in it. Cleared after a day.
CREATE TABLE "given_replies" (
  "account_id" UUID NOT NULL,
  "digest" UUID NOT NULL,
  "content" JSONB NOT NULL,
  "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT "given_replies_pkey" PRIMARY KEY ("account_id", "digest")
);
CREATE INDEX "given_replies_given_at_idx" ON "given_replies" ("given_at");

-- Tags that are to be put on followers: the rows are the queue.
CREATE TABLE "follower_tasks" (
  "id" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "follower_id" BIGINT NOT NULL,
  "tag_id" UUID NOT NULL,
  "state" "follower_task_state" NOT NULL DEFAULT 'waiting',
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "next_attempt_at" TIMESTAMPTZ(3) DEFAULT now(),
  "lease_token" UUID,
  "lease_until" TIMESTAMPTZ(3),
  "last_error" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "follower_tasks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "follower_task_waits_for_its_turn" CHECK (("state" = 'waiting') = ("next_attempt_at" IS NOT NULL)),
  CONSTRAINT "follower_tasks_follower_id_fkey" FOREIGN KEY ("follower_id") REFERENCES "followers" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "follower_tasks_tag_id_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "follower_tasks_follower_id_tag_id_key" ON "follower_tasks" ("follower_id", "tag_id");
CREATE INDEX "follower_tasks_due" ON "follower_tasks" ("next_attempt_at", "id") WHERE "state" = 'waiting';
CREATE INDEX "follower_tasks_tag_id_state_idx" ON "follower_tasks" ("tag_id", "state");
