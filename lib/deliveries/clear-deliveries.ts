import 'server-only';
import type { BackgroundTask } from '../background/task';
import { deleteFinishedBefore, deleteOfUnfollowedBefore } from './store';

const dayMs = 86_400_000;
const keptDays = 30;
/** As long as a delivery may be tried. */
const keptDaysOfUnfollowed = 1;
const atATime = 1_000;

/**
 * Finished deliveries are kept for 30 days, for the log and for repeating; those that hold the openid of somebody who has
 * unfollowed, for a day: WeChat wants it forgotten.
 */
export const clearDeliveriesTask: BackgroundTask = {
  name: 'clear deliveries',
  everySeconds: 3_600,
  run: async ({ db, clock }) => {
    const daysAgo = (days: number) => new Date(clock.now().getTime() - days * dayMs);
    const finished = await deleteFinishedBefore(db, daysAgo(keptDays), atATime);
    const unfollowed = await deleteOfUnfollowedBefore(db, daysAgo(keptDaysOfUnfollowed), atATime);
    return finished === atATime || unfollowed === atATime;
  },
};
