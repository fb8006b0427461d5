import 'server-only';
import { discardUnseen } from '../codes/discard-unseen';
import type { Context } from '../context';
import { holdLedger } from '../ledger/move-scenes';
import { authorise } from '../people/authorise';
import { recordChange, refuseState, requireLockedBatch } from './change-state';
import { requireBatch } from './require-batch';
import { setState } from './store';
import type { BatchDto } from './types';

const transactionTimeoutMs = 300_000;

/**
 * Takes back what WeChat cannot have seen: those codes vanish and their slots are free again. What is issued stays; what
 * WeChat may have seen is spent, and is still asked for until its answer is known.
 *
 * May be repeated on a cancelled batch, for codes that WeChat has since proved not to have taken.
 *
 * @throws AppError BATCH_STATE  everything is issued
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function cancelBatch(ctx: Context, accountId: string, batchId: string): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  const { kind } = await requireBatch(ctx, ctx.db, accountId, batchId);
  await ctx.db.$transaction(
    async (tx) => {
      // Ledger, then codes, then the batch: the order in which answers are written too.
      if (kind === 'permanent') await holdLedger(tx, accountId);
      const returned = await discardUnseen(tx, accountId, batchId);
      const { state } = await requireLockedBatch(tx, accountId, batchId);
      if (state === 'done' && returned === 0) refuseState(state, 'cancel');
      if (state !== 'cancelled') await setState(tx, batchId, 'cancelled', null);
      if (state !== 'cancelled' || returned > 0) {
        await recordChange(ctx, tx, accountId, batchId, 'cancel', { returned });
      }
    },
    { timeout: transactionTimeoutMs },
  );
  return requireBatch(ctx, ctx.db, accountId, batchId);
}
