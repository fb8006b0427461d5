import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfCampaign } from './store';

/**
 * The account of a campaign, for addresses that name the campaign alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateCampaign(ctx: Context, campaignId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfCampaign(ctx.db, requireId(campaignId, 'campaign'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no campaign ${campaignId}`, { what: 'campaign' });
  }
  return accountId;
}
