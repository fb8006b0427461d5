import 'server-only';
import type { Db } from '../db/open-database';

/**
 * Every taken scene that holds digits 1…100,000, as one text: letter of the state (a capital for a string), then digits.
 *
 * Not in order, and one row: sorting 100,000 ids into runs costs the database seven times as much as handing them over.
 */
export async function readTakenDigits(db: Db, accountId: string): Promise<string> {
  const rows = await db.$queryRaw<{ taken: string | null }[]>`
    SELECT string_agg("letter" || "id", '') AS "taken" FROM (
      SELECT CASE WHEN "kind" = 'integer' THEN left("state"::text, 1) ELSE upper(left("state"::text, 1)) END AS "letter",
        "digits_taken"("kind", "scene_id", "scene")::text AS "id"
      FROM "permanent_scenes" WHERE "account_id" = ${accountId}::uuid
    ) digits`;
  return rows[0]?.taken ?? '';
}
