import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { requireCampaign } from './require-campaign';
import { changeCampaign, countCodesByCampaign } from './store';
import { toCampaignDto } from './to-campaign-dto';
import type { CampaignDto } from './types';

/** For `archiveCampaign` and its way back, which authorise. */
export async function setArchived(
  ctx: Context,
  accountId: string,
  campaignId: string,
  archived: boolean,
): Promise<CampaignDto> {
  let row = await requireCampaign(ctx.db, accountId, campaignId);
  if ((row.archivedAt !== null) !== archived) {
    row = await ctx.db.$transaction(async (tx) => {
      await recordAudit(ctx, tx, {
        action: archived ? 'campaign.archive' : 'campaign.unarchive',
        target: { kind: 'campaign', id: row.id, label: row.name },
        accountId,
      });
      return changeCampaign(tx, row.id, { archivedAt: archived ? ctx.clock.now() : null });
    });
  }
  const counts = await countCodesByCampaign(ctx.db, [row.id], ctx.clock.now());
  return toCampaignDto(row, counts.get(row.id) ?? 0);
}
