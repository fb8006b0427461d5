import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { violatedLaw } from '../db/violated-law';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { type CreateCampaignInput, createCampaignSchema } from './schemas';
import { insertCampaign } from './store';
import { toCampaignDto, toDateColumn } from './to-campaign-dto';
import type { CampaignDto } from './types';

/**
 * Makes a campaign, owned by the person who asks.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 * @throws AppError NOT_FOUND  no such account, or not granted
 */
export async function createCampaign(
  ctx: Context,
  accountId: string,
  input: CreateCampaignInput,
): Promise<CampaignDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const { name, note, startsOn, endsOn, slotBudget, cost } = parseInput(createCampaignSchema, input);
  const ownerId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
  try {
    return await ctx.db.$transaction(async (tx) => {
      const row = await insertCampaign(tx, {
        accountId,
        ownerId,
        name,
        note,
        startsOn: toDateColumn(startsOn),
        endsOn: toDateColumn(endsOn),
        slotBudget,
        cost,
      });
      await recordAudit(ctx, tx, {
        action: 'campaign.create',
        target: { kind: 'campaign', id: row.id, label: row.name },
        accountId,
      });
      return toCampaignDto(row, 0);
    });
  } catch (error) {
    if (violatedLaw(error) === 'campaigns_account_id_fkey') {
      throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' }, { cause: error });
    }
    throw error;
  }
}
