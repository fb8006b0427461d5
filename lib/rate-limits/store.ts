import 'server-only';
import type { Db } from '../db/open-database';

/** Counts one hit and tells how many the window has had, this one included. */
export async function countHit(db: Db, bucket: string, windowAt: Date): Promise<number> {
  const rows = await db.$queryRaw<{ hits: number }[]>`
    INSERT INTO "rate_limits" ("bucket", "window_at", "hits") VALUES (${bucket}, ${windowAt}, 1)
    ON CONFLICT ("bucket", "window_at") DO UPDATE SET "hits" = "rate_limits"."hits" + 1
    RETURNING "hits"`;
  return rows[0]?.hits ?? 1;
}

export async function takeHitBack(db: Db, bucket: string, windowAt: Date): Promise<void> {
  await db.rateLimit.updateMany({
    where: { bucket, windowAt, hits: { gt: 0 } },
    data: { hits: { decrement: 1 } },
  });
}

/** Deletes some of the windows that began before a moment; rows that another process deletes are left to it. */
export async function deleteWindowsBefore(db: Db, before: Date, atMost: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "rate_limits" WHERE ("bucket", "window_at") IN (
      SELECT "bucket", "window_at" FROM "rate_limits" WHERE "window_at" < ${before}
      ORDER BY "window_at" LIMIT ${atMost} FOR UPDATE SKIP LOCKED)`;
}
