import 'server-only';
import { findOwnLimit } from '../approvals/request-approval';
import { requireCampaign } from '../campaigns/require-campaign';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getQuotaCounts } from '../quota/get-quota';
import { type BatchRequest, planBatch } from './plan-batch';
import type { DryRunDto } from './types';

/**
 * Says row by row what `createBatch` would do with the same request, and changes nothing.
 *
 * @throws AppError VALIDATION_FAILED  what stands beside the rows is wrong, or the file as a whole; rows are never thrown
 * @throws AppError NOT_FOUND | PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  as `createBatch`
 */
export async function dryRunBatch(
  ctx: Context,
  accountId: string,
  request: BatchRequest,
): Promise<DryRunDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const { plan, rules, columns, check } = await planBatch(ctx, accountId, request);
  const checked = await check(async () => undefined);
  const { valid, invalid, known, rows, sample, newChannels, newTags, reusable } = checked;
  const slots =
    plan.kind === 'permanent'
      ? {
          needed: valid - (rules.reuseFrom ? reusable : 0),
          remaining: (await getQuotaCounts(ctx, accountId)).remaining,
          budgetLeft: await findBudgetLeft(ctx, accountId, rules.campaign.id),
          approvalAbove: await findOwnLimit(ctx, accountId),
        }
      : null;
  return {
    ...{ valid, invalid, known, rows, columns, sample, reusable, slots },
    newChannels: newChannels.size,
    newTags: [...newTags],
  };
}

async function findBudgetLeft(ctx: Context, accountId: string, campaignId: string): Promise<number | null> {
  const { slotBudget, slotsSpent } = await requireCampaign(ctx.db, accountId, campaignId);
  return slotBudget === null ? null : Math.max(0, slotBudget - slotsSpent);
}
