import path from 'node:path';
import { lockDataDir } from '../../lib/db/lock-data-dir';
import { type Database, openDatabase } from '../../lib/db/open-database';
import type { Settings } from '../../lib/settings';
import { checkPostgres } from '../serve/check-postgres';

/** Opens the database of the settings for one command; the embedded one only under its lock. */
export async function withDatabase<T>(
  settings: Settings,
  lock: { release: () => Promise<void> } | null,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  if (settings.DATABASE_URL) await checkPostgres(settings.DATABASE_URL);
  const database = await openDatabase(
    settings.DATABASE_URL
      ? { kind: 'postgresql', url: settings.DATABASE_URL }
      : { kind: 'embedded', dataDir: path.join(settings.DATA_DIR, 'database') },
  );
  try {
    return await use(database);
  } finally {
    await database.close();
    await lock?.release();
  }
}

/** Does it here, or has the server do it that has the embedded database open. */
export async function hereOrThere<T>(
  settings: Settings,
  here: (database: Database) => Promise<T>,
  there: () => Promise<T>,
): Promise<T> {
  if (settings.DATABASE_URL) return withDatabase(settings, null, here);
  const lock = await lockDataDir(settings.DATA_DIR).catch(() => null);
  return lock === null ? there() : withDatabase(settings, lock, here);
}
