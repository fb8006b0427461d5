import 'server-only';
import type { BackgroundTask } from '../background/task';
import { deleteFinishedBefore } from './store';

const keptDays = 30;
const atATime = 1_000;

/** Finished deliveries are kept for 30 days, for the log and for repeating. */
export const clearDeliveriesTask: BackgroundTask = {
  name: 'clear deliveries',
  everySeconds: 3_600,
  run: async ({ db, clock }) => {
    const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
    return (await deleteFinishedBefore(db, before, atATime)) === atATime;
  },
};
