import 'server-only';
import type { Db } from '../db/open-database';

/** The least that a database can be asked. */
export async function askDatabase(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}
