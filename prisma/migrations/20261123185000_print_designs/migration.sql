-- Print designs: how a symbol is printed, saved by name. Each version stays, so that a job that began with one ends with it.

-- The picture in the middle of a symbol, as the app wrote it anew from what was uploaded; the upload itself is not kept.
CREATE TABLE "print_logos" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "sha256" TEXT NOT NULL,
  "png" BYTEA NOT NULL,
  "width_px" INTEGER NOT NULL,
  "height_px" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "print_logos_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "print_logo_bounds" CHECK (
    "width_px" BETWEEN 1 AND 1024 AND "height_px" BETWEEN 1 AND 1024 AND octet_length("png") BETWEEN 1 AND 2097152),
  CONSTRAINT "print_logos_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- The same picture twice is one; and a design can name a logo of its own account only.
CREATE UNIQUE INDEX "print_logos_account_id_sha256_key" ON "print_logos" ("account_id", "sha256");
CREATE UNIQUE INDEX "print_logos_account_id_id_key" ON "print_logos" ("account_id", "id");

CREATE TABLE "print_designs" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "account_id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "settings" JSONB NOT NULL,
  "sheet" JSONB,
  "logo_id" UUID,
  "version" INTEGER NOT NULL DEFAULT 1,
  "is_default" BOOLEAN NOT NULL DEFAULT false,
  "archived_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "print_designs_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "print_design_name" CHECK (char_length("name") BETWEEN 1 AND 100),
  CONSTRAINT "print_design_settings" CHECK (
    jsonb_typeof("settings") = 'object' AND ("sheet" IS NULL OR jsonb_typeof("sheet") = 'object')
    AND octet_length("settings"::text) + octet_length(coalesce("sheet"::text, '')) <= 20000),
  -- What is proposed everywhere must be there to be chosen.
  CONSTRAINT "print_design_default_living" CHECK (NOT ("is_default" AND "archived_at" IS NOT NULL)),
  CONSTRAINT "print_designs_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "official_accounts" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "print_designs_account_id_logo_id_fkey" FOREIGN KEY ("account_id", "logo_id") REFERENCES "print_logos" ("account_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "print_designs_account_id_updated_at_id_idx" ON "print_designs" ("account_id", "updated_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "print_designs_one_default" ON "print_designs" ("account_id") WHERE "is_default";
-- Two that are called the same could not be told apart in a list.
CREATE UNIQUE INDEX "print_designs_living_name" ON "print_designs" ("account_id", "name") WHERE "archived_at" IS NULL;

CREATE TABLE "print_design_versions" (
  "design_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "settings" JSONB NOT NULL,
  "sheet" JSONB,
  "logo_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "print_design_versions_pkey" PRIMARY KEY ("design_id", "version"),
  CONSTRAINT "print_design_versions_design_id_fkey" FOREIGN KEY ("design_id") REFERENCES "print_designs" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  -- Asked at the end, since an account that goes takes its logos before its versions.
  CONSTRAINT "print_design_versions_logo_id_fkey" FOREIGN KEY ("logo_id") REFERENCES "print_logos" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
);

-- A change is a new version, one after the other: two edits of the same version cannot both win.
CREATE FUNCTION "print_design_next_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."version" <> OLD."version" + (
    (NEW."name", NEW."settings", NEW."sheet", NEW."logo_id") IS DISTINCT FROM (OLD."name", OLD."settings", OLD."sheet", OLD."logo_id"))::int THEN
    RAISE EXCEPTION 'law print_design_version: a change of what is printed, and nothing else, is the next version';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "print_design_next_version" BEFORE UPDATE ON "print_designs"
  FOR EACH ROW EXECUTE FUNCTION "print_design_next_version"();

CREATE FUNCTION "print_design_keep_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW."version" <> OLD."version" THEN
    INSERT INTO "print_design_versions" ("design_id", "version", "name", "settings", "sheet", "logo_id")
    VALUES (NEW."id", NEW."version", NEW."name", NEW."settings", NEW."sheet", NEW."logo_id");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "print_design_keep_version" AFTER INSERT OR UPDATE ON "print_designs"
  FOR EACH ROW EXECUTE FUNCTION "print_design_keep_version"();

CREATE FUNCTION "print_design_version_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'law print_design_version_stays: what was printed with a version must be found again';
END $$;
CREATE TRIGGER "print_design_version_stays" BEFORE UPDATE ON "print_design_versions"
  FOR EACH ROW EXECUTE FUNCTION "print_design_version_stays"();
