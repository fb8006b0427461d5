import 'server-only';
import type { Db } from '../db/open-database';

/** Of codes that were printed before, the first time stays. */
export async function insertFirstPrints(db: Db, codeIds: readonly string[], at: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "first_prints" ("code_id", "printed_at")
    SELECT "id", ${at} FROM "codes" WHERE "id" = ANY(${[...codeIds]}::uuid[])
    ON CONFLICT DO NOTHING`;
}
