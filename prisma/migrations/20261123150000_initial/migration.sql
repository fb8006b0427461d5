-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "user_role" AS ENUM ('viewer', 'marketer', 'admin');

-- CreateEnum
CREATE TYPE "link_purpose" AS ENUM ('first_run', 'sign_in', 'invitation', 'password_reset');

-- CreateEnum
CREATE TYPE "key_scope" AS ENUM ('read', 'write', 'admin');

-- CreateEnum
CREATE TYPE "token_source" AS ENUM ('stable', 'plain', 'remote');

-- CreateEnum
CREATE TYPE "push_mode" AS ENUM ('plain', 'compat', 'safe');

-- CreateEnum
CREATE TYPE "code_kind" AS ENUM ('temporary', 'permanent');

-- CreateEnum
CREATE TYPE "scene_kind" AS ENUM ('integer', 'string');

-- CreateEnum
CREATE TYPE "code_status" AS ENUM ('reserved', 'issued', 'failed');

-- CreateEnum
CREATE TYPE "scene_state" AS ENUM ('reserved', 'issued', 'archived', 'external');

-- CreateTable
CREATE TABLE "installation" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "secret_check" TEXT NOT NULL,
    "demo_seeded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "user_role" NOT NULL,
    "password_hash" TEXT,
    "oidc_subject" TEXT,
    "all_accounts" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_grants" (
    "user_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,

    CONSTRAINT "user_grants_pkey" PRIMARY KEY ("user_id","account_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "ip_address" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_links" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "token_hash" TEXT NOT NULL,
    "purpose" "link_purpose" NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "spent_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "bucket" TEXT NOT NULL,
    "window_at" TIMESTAMPTZ(3) NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("bucket","window_at")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "scope" "key_scope" NOT NULL,
    "all_accounts" BOOLEAN NOT NULL DEFAULT false,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_grants" (
    "api_key_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,

    CONSTRAINT "api_key_grants_pkey" PRIMARY KEY ("api_key_id","account_id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "api_key_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "response_status" INTEGER,
    "response_body" TEXT,
    "locked_until" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("api_key_id","method","path","key")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "account_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" TEXT,
    "target_label" TEXT NOT NULL DEFAULT '',
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "official_accounts" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "app_id" TEXT NOT NULL,
    "app_secret_sealed" TEXT,
    "token_source" "token_source" NOT NULL DEFAULT 'stable',
    "remote_token_url" TEXT,
    "remote_token_header" TEXT,
    "remote_token_sealed" TEXT,
    "push_token_sealed" TEXT,
    "encoding_aes_key_sealed" TEXT,
    "push_mode" "push_mode" NOT NULL DEFAULT 'safe',
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "external_declared_at" TIMESTAMPTZ(3),
    "stopped_code" INTEGER,
    "stopped_message" TEXT,
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_until" TIMESTAMPTZ(3),
    "connected_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "official_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_tokens" (
    "account_id" UUID NOT NULL,
    "value_sealed" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "access_tokens_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "api_call_days" (
    "account_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "api_call_days_pkey" PRIMARY KEY ("account_id","path","day")
);

-- CreateTable
CREATE TABLE "permanent_ledgers" (
    "account_id" UUID NOT NULL,
    "cap" INTEGER NOT NULL DEFAULT 100000,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "issued" INTEGER NOT NULL DEFAULT 0,
    "archived" INTEGER NOT NULL DEFAULT 0,
    "external" INTEGER NOT NULL DEFAULT 0,
    "unlisted" INTEGER NOT NULL DEFAULT 0,
    "overdrawn" INTEGER NOT NULL DEFAULT 0,
    "own_prefixes" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "permanent_ledgers_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "own_ranges" (
    "account_id" UUID NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,

    CONSTRAINT "own_ranges_pkey" PRIMARY KEY ("account_id","from_id")
);

-- CreateTable
CREATE TABLE "free_ranges" (
    "account_id" UUID NOT NULL,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL,

    CONSTRAINT "free_ranges_pkey" PRIMARY KEY ("account_id","from_id")
);

-- CreateTable
CREATE TABLE "permanent_scenes" (
    "id" BIGSERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "scene_kind" NOT NULL,
    "scene" TEXT NOT NULL,
    "scene_id" INTEGER,
    "state" "scene_state" NOT NULL,
    "is_twin" BOOLEAN NOT NULL DEFAULT false,
    "sent_at" TIMESTAMPTZ(3),
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "permanent_scenes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scene_tenures" (
    "id" BIGSERIAL NOT NULL,
    "permanent_scene_id" BIGINT NOT NULL,
    "code_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "to_at" TIMESTAMPTZ(3),

    CONSTRAINT "scene_tenures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "starts_on" DATE,
    "ends_on" DATE,
    "owner_id" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channels" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "city" TEXT NOT NULL DEFAULT '',
    "region" TEXT NOT NULL DEFAULT '',
    "columns" JSONB NOT NULL DEFAULT '{}',
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "codes" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "sequence" BIGSERIAL NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "code_kind" NOT NULL,
    "scene_kind" "scene_kind" NOT NULL,
    "scene" TEXT NOT NULL,
    "permanent_scene_id" BIGINT,
    "is_living" BOOLEAN NOT NULL DEFAULT false,
    "channel_id" UUID,
    "label" TEXT NOT NULL,
    "status" "code_status" NOT NULL DEFAULT 'reserved',
    "expire_seconds" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3),
    "ticket" TEXT,
    "url" TEXT,
    "scans" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_error_kind" TEXT,
    "last_error_code" INTEGER,
    "last_error_message" TEXT,
    "last_error_rid" TEXT,
    "last_error_at" TIMESTAMPTZ(3),

    CONSTRAINT "codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignments" (
    "code_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "campaign_id" UUID,

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("code_id","from_at")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_oidc_subject_key" ON "users"("oidc_subject");

-- CreateIndex
CREATE INDEX "user_grants_account_id_idx" ON "user_grants"("account_id");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_links_token_hash_key" ON "one_time_links"("token_hash");

-- CreateIndex
CREATE INDEX "one_time_links_user_id_idx" ON "one_time_links"("user_id");

-- CreateIndex
CREATE INDEX "rate_limits_window_at_idx" ON "rate_limits"("window_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_key_hash_key" ON "api_keys"("key_hash");

-- CreateIndex
CREATE INDEX "api_key_grants_account_id_idx" ON "api_key_grants"("account_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "audit_entries_account_id_id_idx" ON "audit_entries"("account_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entries_target_kind_target_id_id_idx" ON "audit_entries"("target_kind", "target_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "official_accounts_app_id_key" ON "official_accounts"("app_id");

-- CreateIndex
CREATE UNIQUE INDEX "free_ranges_account_id_to_id_key" ON "free_ranges"("account_id", "to_id");

-- CreateIndex
CREATE INDEX "permanent_scenes_account_id_state_idx" ON "permanent_scenes"("account_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "permanent_scenes_account_id_kind_scene_key" ON "permanent_scenes"("account_id", "kind", "scene");

-- CreateIndex
CREATE INDEX "scene_tenures_code_id_idx" ON "scene_tenures"("code_id");

-- CreateIndex
CREATE INDEX "scene_tenures_permanent_scene_id_from_at_idx" ON "scene_tenures"("permanent_scene_id", "from_at");

-- CreateIndex
CREATE INDEX "campaigns_account_id_created_at_id_idx" ON "campaigns"("account_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "channels_account_id_number_key" ON "channels"("account_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "codes_sequence_key" ON "codes"("sequence");

-- CreateIndex
CREATE INDEX "codes_account_id_sequence_idx" ON "codes"("account_id", "sequence" DESC);

-- CreateIndex
CREATE INDEX "codes_account_id_label_sequence_idx" ON "codes"("account_id", "label", "sequence");

-- CreateIndex
CREATE INDEX "codes_account_id_scene_sequence_idx" ON "codes"("account_id", "scene", "sequence");

-- CreateIndex
CREATE INDEX "codes_account_id_kind_sequence_idx" ON "codes"("account_id", "kind", "sequence");

-- CreateIndex
CREATE INDEX "codes_account_id_scans_sequence_idx" ON "codes"("account_id", "scans", "sequence");

-- CreateIndex
CREATE INDEX "codes_channel_id_sequence_idx" ON "codes"("channel_id", "sequence");

-- CreateIndex
CREATE INDEX "codes_ticket_idx" ON "codes"("ticket");

-- CreateIndex
CREATE INDEX "codes_url_idx" ON "codes"("url");

-- CreateIndex
CREATE INDEX "assignments_campaign_id_code_id_idx" ON "assignments"("campaign_id", "code_id");

-- AddForeignKey
ALTER TABLE "user_grants" ADD CONSTRAINT "user_grants_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_grants" ADD CONSTRAINT "user_grants_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_links" ADD CONSTRAINT "one_time_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_grants" ADD CONSTRAINT "api_key_grants_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_grants" ADD CONSTRAINT "api_key_grants_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_call_days" ADD CONSTRAINT "api_call_days_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "permanent_ledgers" ADD CONSTRAINT "permanent_ledgers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "own_ranges" ADD CONSTRAINT "own_ranges_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "free_ranges" ADD CONSTRAINT "free_ranges_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "permanent_scenes" ADD CONSTRAINT "permanent_scenes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_tenures" ADD CONSTRAINT "scene_tenures_permanent_scene_id_fkey" FOREIGN KEY ("permanent_scene_id") REFERENCES "permanent_scenes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scene_tenures" ADD CONSTRAINT "scene_tenures_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channels" ADD CONSTRAINT "channels_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_permanent_scene_id_fkey" FOREIGN KEY ("permanent_scene_id") REFERENCES "permanent_scenes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "codes" ADD CONSTRAINT "codes_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaigns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
