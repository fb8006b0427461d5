import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireCampaign } from './require-campaign';

/**
 * Refuses what a campaign's budget of permanent slots does not bear. The ledger's lock is held, so that what is spent
 * stands still; a budget lowered meanwhile is kept by the database.
 *
 * @throws AppError CAMPAIGN_BUDGET_REACHED  `details`: campaign, budget, spent, left
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function requireSlotBudget(
  tx: Db,
  accountId: string,
  campaignId: string,
  count: number,
): Promise<void> {
  const { name, slotBudget, slotsSpent } = await requireCampaign(tx, accountId, campaignId);
  if (slotBudget === null || slotsSpent + count <= slotBudget) return;
  const left = slotBudget - slotsSpent;
  throw new AppError('CAMPAIGN_BUDGET_REACHED', `${left} slots of the budget are left, wanted ${count}`, {
    campaign: name,
    budget: slotBudget,
    spent: slotsSpent,
    left,
  });
}
