-- Who follows now, by the campaign that brought them first and the one that they scanned last (zeros: none). Added up behind
-- the pages, since an account may have millions of followers; `touches_through` is the last event that is counted in.
CREATE TABLE "touch_counts" (
  "account_id" UUID NOT NULL,
  "campaign_id" UUID NOT NULL,
  "first_touches" INTEGER NOT NULL,
  "last_touches" INTEGER NOT NULL,
  CONSTRAINT "touch_counts_pkey" PRIMARY KEY ("account_id", "campaign_id"),
  CONSTRAINT "touch_counts_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE "official_accounts"
  ADD COLUMN "touches_counted_at" TIMESTAMPTZ(3),
  ADD COLUMN "touches_through" BIGINT NOT NULL DEFAULT 0;

-- A day's sketches are asked for by account when they are made anew.
CREATE INDEX "people_sketches_account_id_local_date_idx" ON "people_sketches" ("account_id", "local_date");

-- Days whose sketches are being made: the mark in stale_sketch_days is taken off before the events are read, so that a later
-- event marks the day again; a lease that ran out is taken by another process.
CREATE TABLE "sketch_builds" (
  "account_id" UUID NOT NULL,
  "local_date" DATE NOT NULL,
  "lease_until" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sketch_builds_pkey" PRIMARY KEY ("account_id", "local_date")
);
