import path from 'node:path';
import { BackupError } from '../../lib/db/backup/format';
import { restoreBackup } from '../../lib/db/backup/restore-backup';
import { writeBackup } from '../../lib/db/backup/write-backup';
import { DataDirError, lockDataDir } from '../../lib/db/lock-data-dir';
import { migrate } from '../../lib/db/migrate';
import { parseSettings, type Settings, SettingsError } from '../../lib/settings';
import { askServer } from '../serve/control';
import { StartError } from '../serve/start-error';
import { hereOrThere, withDatabase } from './with-database';

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
  return hereOrThere(
    settings,
    async ({ kind, pool }) => {
      if (kind === 'embedded') await migrate(pool);
      return writeBackup(pool, file);
    },
    async () => {
      const answer = await askServer(settings.DATA_DIR, { command: 'backup', file });
      if (!answer.ok) throw new BackupError(answer.sentence);
      return { rows: answer.rows ?? 0, tables: answer.tables ?? 0 };
    },
  );
}

async function restore(settings: Settings, file: string): Promise<void> {
  const lock = settings.DATABASE_URL ? null : await lockDataDir(settings.DATA_DIR);
  const { rows, header } = await withDatabase(settings, lock, ({ pool }) => restoreBackup(pool, file));
  say(`Restored ${rows} rows from the backup of ${header.createdAt}.`);
  say('Start with the APP_SECRET that belongs to it; a start with another one is refused.');
}
