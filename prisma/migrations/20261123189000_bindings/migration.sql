-- Bindings: a temporary code is shown to a user of another system, and the one scan that comes first binds that user to the
-- person who scanned it.

ALTER TYPE "code_origin" ADD VALUE 'binding';

-- Where a browser may be sent after a scan: scheme, host and port.
ALTER TABLE "official_accounts"
  ADD COLUMN "return_url_origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD CONSTRAINT "return_url_origin_count" CHECK (cardinality("return_url_origins") <= 50);

-- A value just added to an enum cannot be named in the same transaction: what is none of the older ones is a binding's.
ALTER TABLE "codes"
  ADD CONSTRAINT "code_binding_hangs_nowhere" CHECK (
    "origin" IN ('made', 'imported')
    OR ("kind" = 'temporary' AND "channel_id" IS NULL AND "batch_id" IS NULL AND "renews_id" IS NULL));
-- Lists show none of them and need not step over them.
CREATE INDEX "codes_shown" ON "codes" ("account_id", "sequence" DESC) WHERE "origin" IN ('made', 'imported');

CREATE TABLE "bindings" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "external_user_id" TEXT NOT NULL,
  -- Null: nobody scanned it, and it has been cleared away.
  "code_id" UUID,
  "return_url" TEXT,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "scanned_at" TIMESTAMPTZ(3),
  -- Who scanned. The openid stays with the follower alone, so that an unfollow and a request to be forgotten take it from here too.
  "follower_id" BIGINT,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "bindings_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "binding_user" CHECK (char_length("external_user_id") BETWEEN 1 AND 200),
  CONSTRAINT "binding_scanned_in_time" CHECK ("scanned_at" IS NULL OR "scanned_at" <= "expires_at"),
  CONSTRAINT "binding_scanner_scanned" CHECK ("follower_id" IS NULL OR "scanned_at" IS NOT NULL),
  CONSTRAINT "bindings_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "bindings_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "bindings_follower_id_fkey" FOREIGN KEY ("follower_id") REFERENCES "followers" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "bindings_code_id_key" ON "bindings" ("code_id");
CREATE INDEX "bindings_account_id_created_at_id_idx" ON "bindings" ("account_id", "created_at" DESC, "id" DESC);
CREATE INDEX "bindings_of_user" ON "bindings" ("account_id", "external_user_id", "created_at" DESC, "id" DESC);
CREATE INDEX "bindings_follower_id_idx" ON "bindings" ("follower_id");
-- What is to be cleared away: codes that nobody scanned.
CREATE INDEX "bindings_unscanned" ON "bindings" ("expires_at") WHERE "scanned_at" IS NULL AND "code_id" IS NOT NULL;

CREATE FUNCTION "keep_binding"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."scanned_at" IS NOT NULL AND (NEW."scanned_at" IS DISTINCT FROM OLD."scanned_at"
     OR (NEW."follower_id" IS NOT NULL AND NEW."follower_id" IS DISTINCT FROM OLD."follower_id")) THEN
    RAISE EXCEPTION 'law binding_binds_once: the first scan has bound it'
      USING ERRCODE = '23514', CONSTRAINT = 'binding_binds_once', TABLE = 'bindings';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "bindings_keep" BEFORE UPDATE ON "bindings" FOR EACH ROW EXECUTE FUNCTION "keep_binding"();
