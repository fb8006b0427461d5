-- Exports: print files of many codes. What is kept of a file is what it was made from; its bytes are made again when asked for.

CREATE TYPE "export_state" AS ENUM ('queued', 'working', 'done', 'failed', 'cancelled', 'removed');
CREATE TYPE "export_shape" AS ENUM ('zip', 'pdf');
CREATE TYPE "export_way" AS ENUM ('streamed', 'prepared');

CREATE TABLE "exports" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "sequence" BIGSERIAL NOT NULL,
  "account_id" UUID NOT NULL,
  "way" "export_way" NOT NULL,
  "state" "export_state" NOT NULL,
  "shape" "export_shape" NOT NULL,
  "format" TEXT NOT NULL,
  -- What the codes were chosen by, and the codes themselves: 16 bytes each, in the order of the file.
  "query" JSONB NOT NULL,
  "selection" BYTEA,
  "total" INTEGER NOT NULL,
  "left_out" JSONB NOT NULL,
  -- How they are drawn: settings as they were, and what they were called.
  "design" JSONB NOT NULL,
  "design_id" UUID,
  "design_version" INTEGER,
  "design_name" TEXT,
  "sheet" JSONB,
  "drawing_version" INTEGER NOT NULL,
  "name_template" TEXT NOT NULL,
  "time_zone" TEXT NOT NULL,
  -- Where the parts of the ZIP lie.
  "max_data_bytes" INTEGER NOT NULL,
  "manifest_row_bytes" INTEGER NOT NULL,
  "bytes" BIGINT,
  "digest" TEXT,
  "done" INTEGER NOT NULL DEFAULT 0,
  "error" TEXT,
  "lease_token" UUID,
  "lease_until" TIMESTAMPTZ(3),
  "downloads" INTEGER NOT NULL DEFAULT 0,
  "last_downloaded_at" TIMESTAMPTZ(3),
  "created_by_id" UUID,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "started_at" TIMESTAMPTZ(3),
  "finished_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "exports_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "export_total" CHECK ("total" BETWEEN 1 AND 100000),
  CONSTRAINT "export_done_within_total" CHECK ("done" BETWEEN 0 AND "total"),
  CONSTRAINT "export_done_is_whole" CHECK ("state" <> 'done' OR ("done" = "total" AND "bytes" IS NOT NULL AND "digest" IS NOT NULL)),
  CONSTRAINT "export_selection_length" CHECK ("selection" IS NULL OR octet_length("selection") = 16 * "total"),
  CONSTRAINT "export_selection_kept" CHECK ("selection" IS NOT NULL OR "state" IN ('done', 'removed')),
  CONSTRAINT "exports_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "exports_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "exports_sequence_key" ON "exports" ("sequence");
CREATE INDEX "exports_account_id_sequence_idx" ON "exports" ("account_id", "sequence" DESC);
CREATE INDEX "exports_created_by_id_idx" ON "exports" ("created_by_id");
-- Those that are worked on: few.
CREATE INDEX "exports_open" ON "exports" ("sequence") WHERE "state" IN ('queued', 'working');
CREATE INDEX "exports_due" ON "exports" ("expires_at") WHERE "state" <> 'removed';

-- One file of an export as it was proved. It stays when the export is removed: so one learns later which posters carry which
-- code; only what the file is made again from goes.
CREATE TABLE "export_items" (
  "export_id" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "code_id" UUID NOT NULL,
  "file_name" TEXT NOT NULL,
  "facts" JSONB,
  "bytes" INTEGER NOT NULL,
  "crc32" BIGINT NOT NULL,
  "sha256" BYTEA NOT NULL,
  CONSTRAINT "export_items_pkey" PRIMARY KEY ("export_id", "position"),
  CONSTRAINT "export_item_position" CHECK ("position" >= 0),
  CONSTRAINT "export_item_sums" CHECK ("bytes" > 0 AND "crc32" BETWEEN 0 AND 4294967295 AND octet_length("sha256") = 32),
  CONSTRAINT "export_items_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "exports" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "export_items_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "export_items_code_id_idx" ON "export_items" ("code_id");

-- A link to one export for somebody without an account.
CREATE TABLE "export_shares" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "export_id" UUID NOT NULL,
  "token_hash" TEXT NOT NULL,
  "password_hash" TEXT,
  "note" TEXT NOT NULL DEFAULT '',
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  "downloads" INTEGER NOT NULL DEFAULT 0,
  "last_downloaded_at" TIMESTAMPTZ(3),
  "created_by_id" UUID,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "export_shares_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "export_share_ends_later" CHECK ("expires_at" > "created_at"),
  CONSTRAINT "export_shares_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "exports" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "export_shares_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "export_shares_token_hash_key" ON "export_shares" ("token_hash");
CREATE INDEX "export_shares_export_id_idx" ON "export_shares" ("export_id");
CREATE INDEX "export_shares_created_by_id_idx" ON "export_shares" ("created_by_id");

-- How long print files are kept, and links to them at most.
ALTER TABLE "official_accounts"
  ADD COLUMN "export_retention_days" INTEGER NOT NULL DEFAULT 30,
  ADD CONSTRAINT "account_export_retention" CHECK ("export_retention_days" BETWEEN 1 AND 365);
