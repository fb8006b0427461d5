import 'server-only';
import type { BackgroundTask } from '../background/task';
import { clearGivenReplies } from '../replies/clear-given-replies';
import { deleteRelayedBefore } from './store';

const keptMs = 86_400_000;
const atATime = 2_000;

/** WeChat repeats a push within seconds: a day later nobody asks what it was answered with. */
export const clearAnswersTask: BackgroundTask = {
  name: 'clear answers to pushes',
  everySeconds: 900,
  run: async ({ db, clock }) => {
    const before = new Date(clock.now().getTime() - keptMs);
    const relayed = await deleteRelayedBefore(db, before, atATime);
    const given = await clearGivenReplies(db, before, atATime);
    return relayed === atATime || given === atATime;
  },
};
