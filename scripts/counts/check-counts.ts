import { DataDirError } from '../../lib/db/lock-data-dir';
import { migrate } from '../../lib/db/migrate';
import { checkCounts } from '../../lib/scans/check-counts';
import { parseSettings, SettingsError } from '../../lib/settings';
import { hereOrThere } from '../backup/with-database';
import { askServer, type ControlAnswer } from '../serve/control';
import { StartError } from '../serve/start-error';

/** npm run check-counts [-- --mend]: 0 when all counts agree with the events, or have been made to. */
export async function runCheckCounts(mend: boolean): Promise<number> {
  try {
    const settings = parseSettings(process.env);
    const accounts = await hereOrThere(
      settings,
      async ({ pool }) => {
        await migrate(pool);
        return checkCounts(pool, mend);
      },
      async () => {
        const answer: ControlAnswer = await askServer(settings.DATA_DIR, { command: 'check-counts', mend });
        if (!answer.ok) throw new StartError(answer.sentence);
        return answer.accounts ?? [];
      },
    );
    for (const { name, differences, error } of accounts) {
      const found =
        differences === 0
          ? 'all counts agree with the events'
          : `${differences} counts ${mend ? 'mended' : 'differ'}`;
      process.stdout.write(`${name}: ${error ?? found}\n`);
    }
    return accounts.every(({ differences, error }) => error === null && (mend || differences === 0)) ? 0 : 1;
  } catch (error) {
    const isForPerson = [DataDirError, SettingsError, StartError].some((kind) => error instanceof kind);
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${isForPerson ? message : `The counts could not be checked: ${message}`}\n`);
    return 1;
  }
}
