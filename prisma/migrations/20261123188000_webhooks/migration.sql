-- Outgoing webhooks: what happens at an account, told to another system that a person has named.

CREATE TABLE "webhooks" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "url" TEXT NOT NULL,
  "secret_sealed" TEXT NOT NULL,
  "events" TEXT[] NOT NULL,
  "allow_private" BOOLEAN NOT NULL DEFAULT false,
  "sees_openids" BOOLEAN NOT NULL DEFAULT false,
  "failures" INTEGER NOT NULL DEFAULT 0,
  "failing_since" TIMESTAMPTZ(3),
  "disabled_at" TIMESTAMPTZ(3),
  "disabled_reason" TEXT,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_names_events" CHECK (cardinality("events") BETWEEN 1 AND 50),
  -- Failed attempts since the last that succeeded.
  CONSTRAINT "webhook_failures" CHECK ("failures" >= 0 AND ("failures" = 0) = ("failing_since" IS NULL)),
  CONSTRAINT "webhook_disabled_for_a_reason" CHECK (("disabled_at" IS NULL) = ("disabled_reason" IS NULL)),
  CONSTRAINT "webhooks_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "webhooks_account_id_idx" ON "webhooks" ("account_id");

-- The answer that made a webhook holds its secret: answers are kept sealed from now on. Those of the last day are forgotten.
ALTER TABLE "idempotency_keys" RENAME COLUMN "response_body" TO "response_sealed";
DELETE FROM "idempotency_keys" WHERE "response_status" IS NOT NULL;
