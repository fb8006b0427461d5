import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireCampaign } from './require-campaign';
import { countCodesByCampaign } from './store';
import { toCampaignDto } from './to-campaign-dto';
import type { CampaignDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getCampaign(ctx: Context, accountId: string, campaignId: string): Promise<CampaignDto> {
  authorise(ctx, 'viewer', accountId);
  const row = await requireCampaign(ctx.db, accountId, campaignId);
  const counts = await countCodesByCampaign(ctx.db, [row.id], ctx.clock.now());
  return toCampaignDto(row, counts.get(row.id) ?? 0);
}
