import 'server-only';
import type { BackgroundTask } from '../background/task';
import { deleteNotificationsBefore } from './store';

const keptDays = 90;
const atATime = 1_000;

/** What was told is kept for 90 days, read or not. */
export const clearNotificationsTask: BackgroundTask = {
  name: 'clear notifications',
  everySeconds: 3_600,
  run: async ({ db, clock }) => {
    const before = new Date(clock.now().getTime() - keptDays * 86_400_000);
    return (await deleteNotificationsBefore(db, before, atATime)) === atATime;
  },
};
