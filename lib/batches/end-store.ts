import 'server-only';
import type { Db } from '../db/open-database';

export type EndedBatch = {
  id: string;
  accountId: string;
  campaign: string;
  state: 'done' | 'failed' | 'cancelled';
  total: number;
  issued: number;
  failed: number;
};

/** Marks batches whose end nobody has been told of, and gives them back, the first to end first. */
export function claimUntoldEnds(tx: Db, limit: number): Promise<EndedBatch[]> {
  return tx.$queryRaw<EndedBatch[]>`
    WITH "ended" AS (
      SELECT "id" FROM "batches" WHERE "finished_at" IS NOT NULL AND "end_told_at" IS NULL
      ORDER BY "finished_at" LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    )
    UPDATE "batches" b SET "end_told_at" = now() FROM "ended", "campaigns" g
    WHERE b."id" = "ended"."id" AND g."id" = b."campaign_id"
    RETURNING b."id"::text AS "id", b."account_id"::text AS "accountId", g."name" AS "campaign", b."state"::text AS "state",
      b."total", b."issued", b."failed"`;
}
