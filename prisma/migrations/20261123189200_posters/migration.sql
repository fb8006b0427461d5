-- Posters: a finished page with a place for a code. What is kept is the page as the app wrote it anew, not the upload.
CREATE TABLE "posters" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "width_mm" DOUBLE PRECISION NOT NULL,
  "height_mm" DOUBLE PRECISION NOT NULL,
  "base" BYTEA NOT NULL,
  "anchors" JSONB NOT NULL,
  "preview" BYTEA NOT NULL,
  "placement" JSONB NOT NULL,
  "created_by_name" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "removed_at" TIMESTAMPTZ(3),
  CONSTRAINT "posters_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "poster_name" CHECK (char_length("name") BETWEEN 1 AND 100),
  CONSTRAINT "poster_bounds" CHECK (
    "width_mm" BETWEEN 20 AND 5080 AND "height_mm" BETWEEN 20 AND 5080
    AND octet_length("base") BETWEEN 1 AND 41943040 AND octet_length("preview") BETWEEN 1 AND 8388608),
  CONSTRAINT "posters_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "posters_account_id_created_at_idx" ON "posters" ("account_id", "created_at" DESC);

-- The page that the files of an export are made on, with the place as it was then.
ALTER TABLE "exports" ADD COLUMN "poster" JSONB;
