import 'server-only';
import type { BackgroundTask } from '../background/task';
import { notify } from '../notifications/notify';
import { claimUntoldEnds } from './end-store';

const atATime = 50;

/**
 * Tells people of batches that have ended, each once, whichever process sees it first: the mark and the notification are
 * one transaction. A batch that is tried again ends a second time and is not told of again.
 */
export const tellFinishedBatchesTask: BackgroundTask = {
  name: 'tell finished batches',
  everySeconds: 5,
  run: async ({ db }) =>
    db.$transaction(async (tx) => {
      const ended = await claimUntoldEnds(tx, atATime);
      for (const { id, accountId, campaign, state, total, issued, failed } of ended) {
        // Who cancels a batch knows that it has ended.
        if (state === 'cancelled') continue;
        await notify(tx, {
          kind: 'batch.finished',
          accountId,
          data: { campaign, total, issued, failed, state },
          href: `/batches/${id}`,
          audience: { role: 'marketer' },
          dedupeKey: `batch.finished:${id}`,
        });
      }
      return ended.length === atATime;
    }),
};
