-- A ZIP may hold a table for a program that sets variable data, beside the manifest; its rows too have one length.
ALTER TABLE "exports" ADD COLUMN "merge_row_bytes" INTEGER;
-- Pages have no files that a table could name.
ALTER TABLE "exports" ADD CONSTRAINT "export_merge_is_of_zip" CHECK ("merge_row_bytes" IS NULL OR ("merge_row_bytes" > 0 AND "shape" = 'zip'));
