import 'server-only';
import type { Db } from '../db/open-database';

/** @returns the slot of each, null of a temporary code */
export async function deleteUnseenOfBatch(
  tx: Db,
  batchId: string,
  limit: number,
): Promise<(bigint | null)[]> {
  const rows = await tx.$queryRaw<{ slot: bigint | null }[]>`
    WITH "unseen" AS MATERIALIZED (
      SELECT c."id" FROM "codes" c LEFT JOIN "permanent_scenes" s ON s."id" = c."permanent_scene_id"
      WHERE c."batch_id" = ${batchId}::uuid AND c."status" <> 'issued' AND s."sent_at" IS NULL
        AND (c."lease_until" IS NULL OR c."lease_until" <= now())
      ORDER BY c."batch_line" LIMIT ${limit}::int FOR UPDATE OF c
    )
    DELETE FROM "codes" c USING "unseen" u WHERE c."id" = u."id"
    RETURNING c."permanent_scene_id" AS "slot"`;
  return rows.map(({ slot }) => slot);
}

/** @returns how many are due again at once */
export async function requeueFailedOfBatch(tx: Db, batchId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE "codes" SET "status" = 'reserved', "attempts" = 0, "next_attempt_at" = now()
    WHERE "batch_id" = ${batchId}::uuid AND "status" <> 'issued' AND "status" = 'failed' AND "archived_at" IS NULL`;
}

/** What waits for a later try is due now. @returns how many */
export async function hastenWaitingOfBatch(tx: Db, batchId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE "codes" SET "attempts" = 0, "next_attempt_at" = now()
    WHERE "batch_id" = ${batchId}::uuid AND "status" = 'reserved' AND "next_attempt_at" > now()
      AND ("lease_until" IS NULL OR "lease_until" <= now())`;
}
