import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { setArchived } from './set-archived';
import type { CampaignDto } from './types';

/**
 * The way back from `archiveCampaign`.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function unarchiveCampaign(
  ctx: Context,
  accountId: string,
  campaignId: string,
): Promise<CampaignDto> {
  authorise(ctx, 'marketer', accountId);
  return setArchived(ctx, accountId, campaignId, false);
}
