import 'server-only';
import type { BackgroundTask } from '../background/task';
import { findUncountedAccounts, recountTouches } from './touch-store';

const LEAST_PAUSE_MS = 60_000;
/** Counting millions of followers for a second is done once in ten minutes. */
const PAUSE_PER_WORK = 600;
let restUntil = 0;

/** Adds up who follows now by the campaign that brought them first, and by the one that they scanned last. */
export const countTouches: BackgroundTask = {
  name: 'touches',
  everySeconds: 30,
  async run(ctx, stopping) {
    const now = ctx.clock.now();
    if (now.getTime() < restUntil) return false;
    const started = performance.now();
    for (const accountId of await findUncountedAccounts(ctx.db, new Date(now.getTime() - LEAST_PAUSE_MS))) {
      if (stopping.aborted) return false;
      await ctx.db.$transaction((tx) => recountTouches(tx, accountId, now), { timeout: 60_000 });
    }
    restUntil = now.getTime() + (performance.now() - started) * PAUSE_PER_WORK;
    return false;
  },
};
