-- Sheets are kept as they were made: pages are packed, so where a byte lies follows from nothing but those before it.
CREATE TABLE "export_parts" (
  "export_id" UUID NOT NULL,
  "part" INTEGER NOT NULL,
  -- Where the part begins in the file, and how many pages it holds; the last one closes the file and holds none.
  "at" BIGINT NOT NULL,
  "pages" INTEGER NOT NULL,
  "bytes" BYTEA NOT NULL,
  -- Where the objects of its pages begin, from the part's own begin: two a page.
  "object_at" INTEGER[] NOT NULL,
  CONSTRAINT "export_parts_pkey" PRIMARY KEY ("export_id", "part"),
  CONSTRAINT "export_part_place" CHECK ("part" >= 0 AND "at" >= 0 AND octet_length("bytes") > 0),
  CONSTRAINT "export_part_objects" CHECK ("pages" >= 0 AND cardinality("object_at") = 2 * "pages"),
  CONSTRAINT "export_parts_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "exports" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Packed already; and a slice of it is read without the rest.
ALTER TABLE "export_parts" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
