-- When a code first went into a print file. A row of its own, since a code has many indexes and an export may hold all codes.
CREATE TABLE "first_prints" (
  "code_id" UUID NOT NULL,
  "printed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "first_prints_pkey" PRIMARY KEY ("code_id"),
  CONSTRAINT "first_prints_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "codes" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

INSERT INTO "first_prints" ("code_id", "printed_at")
SELECT "code_id", min("printed_at") FROM (
  SELECT i."code_id", e."finished_at" AS "printed_at" FROM "export_items" i JOIN "exports" e ON e."id" = i."export_id"
  WHERE e."state" IN ('done', 'removed') AND e."finished_at" IS NOT NULL
  UNION ALL
  SELECT c."id", a."at" FROM "audit_entries" a JOIN "codes" c ON c."id"::text = a."target_id"
  WHERE a."action" = 'code.print'
) printed GROUP BY "code_id";
