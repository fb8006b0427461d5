import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readCampaignCosts } from './reports-store';
import type { CampaignCostDto } from './types';

/** What a follower has cost in each campaign with a budget, over all that it ever brought; the dearest campaign first. */
export async function listCampaignCosts(ctx: Context, accountId: string): Promise<CampaignCostDto[]> {
  authorise(ctx, 'viewer', accountId);
  const rows = await readCampaignCosts(ctx.db, requireId(accountId, 'account'));
  return rows.map(({ id, name, cost, new_followers, refollows }) => {
    const follows = new_followers + refollows;
    const costPerFollower = follows === 0 ? null : cost / follows;
    return { id, name, cost, newFollowers: new_followers, refollows, costPerFollower };
  });
}
