import 'server-only';
import type { BackgroundTask } from '../background/task';
import { notify } from '../notifications/notify';
import { publishEvents } from '../webhooks/publish-events';
import { type Crossing, clearThresholds, raiseThresholds } from './threshold-store';

/**
 * Tells people when the use of permanent slots reaches a threshold: each once, until use has fallen below it again. Of
 * several that are reached together the highest is told.
 */
export const watchThresholdsTask: BackgroundTask = {
  name: 'watch quota thresholds',
  everySeconds: 10,
  run: async ({ db, clock }) => {
    const now = clock.now();
    await db.$transaction(async (tx) => {
      await clearThresholds(tx, now);
      const highest = new Map<string, Crossing>();
      for (const crossing of await raiseThresholds(tx, now)) {
        const known = highest.get(crossing.accountId);
        if (!known || known.percent < crossing.percent) highest.set(crossing.accountId, crossing);
      }
      for (const { accountId, ...data } of highest.values()) {
        await notify(tx, {
          kind: 'quota.threshold',
          accountId,
          data,
          href: '/quota',
          audience: { role: 'marketer' },
        });
        await publishEvents(tx, accountId, [{ type: 'quota.threshold', at: now, data }]);
      }
    });
    return false;
  },
};
