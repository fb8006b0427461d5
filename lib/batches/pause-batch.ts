import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { recordChange, refuseState, requireLockedBatch } from './change-state';
import { requireBatch } from './require-batch';
import { setState } from './store';
import type { BatchDto } from './types';

/**
 * Asks WeChat for no more codes of this batch; calls that are under way still end. A paused one stays as it is.
 *
 * @throws AppError BATCH_STATE  it is finished or cancelled
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function pauseBatch(ctx: Context, accountId: string, batchId: string): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  await requireBatch(ctx, ctx.db, accountId, batchId);
  await ctx.db.$transaction(async (tx) => {
    const { state } = await requireLockedBatch(tx, accountId, batchId);
    if (state === 'paused') return;
    if (state !== 'queued' && state !== 'issuing') refuseState(state, 'pause');
    const byName = ctx.actor.kind === 'stranger' ? '' : ctx.actor.name;
    await setState(tx, batchId, 'paused', { byName, at: ctx.clock.now() });
    await recordChange(ctx, tx, accountId, batchId, 'pause');
  });
  return requireBatch(ctx, ctx.db, accountId, batchId);
}
