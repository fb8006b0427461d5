import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { setArchived } from './set-archived';
import type { CampaignDto } from './types';

/**
 * Takes a campaign out of the lists. Its codes go on working and go on counting for it. Done twice, it is done once.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function archiveCampaign(
  ctx: Context,
  accountId: string,
  campaignId: string,
): Promise<CampaignDto> {
  authorise(ctx, 'marketer', accountId);
  return setArchived(ctx, accountId, campaignId, true);
}
