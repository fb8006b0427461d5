import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  findAccountNames,
  findOpenRecount,
  insertRecountOf,
  type RecountPool,
  readOutcome,
} from './recount-store';
import { runRecount } from './run-recount';

export type CheckedAccount = { name: string; differences: number; error: string | null };

const lookAgainMs = 200;

/**
 * Sets all counts of all accounts against their events, for the command; with `mend` makes them agree.
 *
 * A check that is under way already is waited for first. Events may come in meanwhile.
 */
export async function checkCounts(pool: RecountPool, mend: boolean): Promise<CheckedAccount[]> {
  const checked: CheckedAccount[] = [];
  const never = new AbortController().signal;
  for (const { id, name } of await findAccountNames(pool)) {
    while (await findOpenRecount(pool, id)) await work();
    const recountId = await insertRecountOf(pool, id, mend ? 'replay' : 'check');
    for (;;) {
      const outcome = await readOutcome(pool, recountId);
      if (outcome) {
        checked.push({ name, ...outcome });
        break;
      }
      await work();
    }
  }
  return checked;

  /** Where a server runs, its own task may be the one that works; then this waits. */
  async function work(): Promise<void> {
    if (!(await runRecount(pool, never))) await sleep(lookAgainMs);
  }
}
