import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { violatedLaw } from '../db/violated-law';
import { invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { requireCampaign } from './require-campaign';
import { type UpdateCampaignInput, updateCampaignSchema } from './schemas';
import { changeCampaign, countCodesByCampaign } from './store';
import { toCampaignDto, toDateColumn } from './to-campaign-dto';
import type { CampaignDto } from './types';

/**
 * Changes a campaign; what is left out stays as it is.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong; also when one new date contradicts an old one, and a
 *   budget below what is spent
 */
export async function updateCampaign(
  ctx: Context,
  accountId: string,
  campaignId: string,
  input: UpdateCampaignInput,
): Promise<CampaignDto> {
  authorise(ctx, 'marketer', accountId);
  const before = await requireCampaign(ctx.db, accountId, campaignId);
  const { startsOn, endsOn, ...texts } = parseInput(updateCampaignSchema, input);
  const changes = {
    ...texts,
    ...(startsOn === undefined ? {} : { startsOn: toDateColumn(startsOn) }),
    ...(endsOn === undefined ? {} : { endsOn: toDateColumn(endsOn) }),
  };
  try {
    const row = await ctx.db.$transaction(async (tx) => {
      const changed = await changeCampaign(tx, before.id, changes);
      await recordAudit(ctx, tx, {
        action: 'campaign.update',
        target: { kind: 'campaign', id: changed.id, label: changed.name },
        accountId,
        details: {
          fields: Object.keys(changes),
          ...(changed.name === before.name ? {} : { formerName: before.name }),
          ...(changed.slotBudget === before.slotBudget
            ? {}
            : { slotBudget: changed.slotBudget, formerSlotBudget: before.slotBudget }),
        },
      });
      return changed;
    });
    const counts = await countCodesByCampaign(ctx.db, [row.id], ctx.clock.now());
    return toCampaignDto(row, counts.get(row.id) ?? 0);
  } catch (error) {
    if (violatedLaw(error) === 'campaign_dates') {
      throw invalidField('endsOn', 'dateOrder', 'is before startsOn');
    }
    if (violatedLaw(error) === 'campaign_slot_budget') {
      const { slotsSpent: spent } = await requireCampaign(ctx.db, accountId, campaignId);
      throw invalidField('slotBudget', 'budgetSpent', `${spent} slots are spent already`, { spent });
    }
    throw error;
  }
}
