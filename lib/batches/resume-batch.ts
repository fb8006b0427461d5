import 'server-only';
import { announceWork } from '../codes/announce-work';
import { wakeIssueWorker } from '../codes/issue-worker';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { recordChange, refuseState, requireLockedBatch } from './change-state';
import { requireBatch } from './require-batch';
import { setState } from './store';
import type { BatchDto } from './types';

/**
 * Goes on with a batch that a person has paused; one that is going on stays as it is. A stopped account is resumed in its
 * settings, not here.
 *
 * @throws AppError BATCH_STATE  it is finished or cancelled
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function resumeBatch(ctx: Context, accountId: string, batchId: string): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  await requireBatch(ctx, ctx.db, accountId, batchId);
  await ctx.db.$transaction(async (tx) => {
    const { state } = await requireLockedBatch(tx, accountId, batchId);
    if (state === 'queued' || state === 'issuing') return;
    if (state !== 'paused') refuseState(state, 'resume');
    await setState(tx, batchId, 'queued', null);
    await recordChange(ctx, tx, accountId, batchId, 'resume');
    await announceWork(tx);
  });
  wakeIssueWorker();
  return requireBatch(ctx, ctx.db, accountId, batchId);
}
