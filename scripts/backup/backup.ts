import path from 'node:path';
import { BackupError } from '../../lib/db/backup/format';
import { restoreBackup } from '../../lib/db/backup/restore-backup';
import { writeBackup } from '../../lib/db/backup/write-backup';
import { DataDirError, lockDataDir } from '../../lib/db/lock-data-dir';
import { migrate } from '../../lib/db/migrate';
import { type Database, openDatabase } from '../../lib/db/open-database';
import { parseSettings, type Settings, SettingsError } from '../../lib/settings';
import { checkPostgres } from '../serve/check-postgres';
import { askForBackup } from '../serve/control';
import { StartError } from '../serve/start-error';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** npm run backup [-- FILE] · npm run restore -- FILE */
export async function runCommand(command: string, file: string | undefined): Promise<number> {
  try {
    const settings = parseSettings(process.env);
    if (command === 'backup') await backup(settings, path.resolve(file ?? defaultFile(settings)));
    else if (file === undefined) throw new BackupError('Name the backup to restore: npm run restore -- FILE');
    else await restore(settings, path.resolve(file));
    return 0;
  } catch (error) {
    const isForPerson = [BackupError, DataDirError, SettingsError, StartError].some(
      (kind) => error instanceof kind,
    );
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${isForPerson ? message : `The ${command} failed: ${message}`}\n`);
    return 1;
  }
}

function defaultFile({ DATA_DIR }: Settings): string {
  const stamp = new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  return path.join(DATA_DIR, 'backups', `qudao-${stamp}Z.backup.gz`);
}

async function backup(settings: Settings, file: string): Promise<void> {
  const { rows, tables } = await writeThere(settings, file);
  say(`Backed up ${rows} rows of ${tables} tables to ${file}`);
  const secret = settings.APP_SECRET ? 'APP_SECRET' : `${path.join(settings.DATA_DIR, 'app-secret')}`;
  say(`Keep ${secret} with it, apart: without it the secrets inside cannot be opened.`);
}

async function writeThere(settings: Settings, file: string): Promise<{ rows: number; tables: number }> {
  if (!settings.DATABASE_URL) {
    const lock = await lockDataDir(settings.DATA_DIR).catch(() => null);
    if (lock === null) {
      const answer = await askForBackup(settings.DATA_DIR, file);
      if (!answer.ok) throw new BackupError(answer.sentence);
      return answer;
    }
    return withDatabase(settings, lock, async ({ pool }) => {
      await migrate(pool);
      return writeBackup(pool, file);
    });
  }
  return withDatabase(settings, null, ({ pool }) => writeBackup(pool, file));
}

async function restore(settings: Settings, file: string): Promise<void> {
  const lock = settings.DATABASE_URL ? null : await lockDataDir(settings.DATA_DIR);
  const { rows, header } = await withDatabase(settings, lock, ({ pool }) => restoreBackup(pool, file));
  say(`Restored ${rows} rows from the backup of ${header.createdAt}.`);
  say('Start with the APP_SECRET that belongs to it; a start with another one is refused.');
}

async function withDatabase<T>(
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
