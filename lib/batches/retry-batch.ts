import 'server-only';
import { requireIssuable } from '../accounts/require-issuable';
import { announceWork } from '../codes/announce-work';
import { wakeIssueWorker } from '../codes/issue-worker';
import { requeueFailed } from '../codes/requeue-failed';
import type { Context } from '../context';
import { holdLedger } from '../ledger/move-scenes';
import { authorise } from '../people/authorise';
import { recordChange, refuseState, requireLockedBatch } from './change-state';
import { requireBatch } from './require-batch';
import type { BatchDto } from './types';

/**
 * Asks WeChat again, with the same scenes, for what was refused for good, and at once for what waits for a later try.
 *
 * @throws AppError BATCH_STATE  nothing has failed, or it is cancelled
 * @throws AppError ACCOUNT_STOPPED
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function retryBatch(ctx: Context, accountId: string, batchId: string): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  const { kind } = await requireBatch(ctx, ctx.db, accountId, batchId);
  await requireIssuable(ctx.db, accountId, kind, ctx.clock.now());
  await ctx.db.$transaction(async (tx) => {
    if (kind === 'permanent') await holdLedger(tx, accountId);
    const requeued = await requeueFailed(tx, batchId);
    const { state } = await requireLockedBatch(tx, accountId, batchId);
    if (state === 'cancelled' || (requeued === 0 && state === 'done')) refuseState(state, 'retry');
    await recordChange(ctx, tx, accountId, batchId, 'retry', { rows: requeued });
    await announceWork(tx);
  });
  wakeIssueWorker();
  return requireBatch(ctx, ctx.db, accountId, batchId);
}
