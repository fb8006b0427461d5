import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { NO_CAMPAIGN, readBreakdown, readPairs } from './figures-store';
import { namesOf } from './get-breakdown';
import { getCounting } from './get-counting';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { type SummaryInput, summarySchema } from './schemas';
import type { HeatMapDto } from './types';

const MOST_CAMPAIGNS = 8;
const MOST_CHANNELS = 15;

/**
 * Scans by campaign and channel: the campaigns and the channels with the most.
 *
 * @throws AppError NOT_FOUND  what the filter names is not this account's
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function getHeatMap(ctx: Context, accountId: string, input: SummaryInput): Promise<HeatMapDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { from, to, ...filter } = parseInput(summarySchema, input);
  const { today } = await getCounting(ctx, accountId);
  const range = resolveRange({ from, to }, today);
  const source = await resolveSource(ctx, accountId, filter);
  const campaigns = await readBreakdown(ctx.db, source, 'campaign', range, MOST_CAMPAIGNS);
  const channels = await readBreakdown(ctx.db, source, 'channel', range, MOST_CHANNELS);
  const campaignIds = campaigns.map(({ key }) => key);
  const channelIds = channels.map(({ key }) => key);
  const pairs = await readPairs(ctx.db, source, range, campaignIds, channelIds);
  const scans = new Map(pairs.map((pair) => [`${pair.campaign_id} ${pair.channel_id}`, pair.scans]));
  const campaignNames = await namesOf(ctx, accountId, 'campaign', campaignIds);
  const channelNames = await namesOf(ctx, accountId, 'channel', channelIds);
  return {
    columns: campaignIds.map((id) => ({
      key: id === NO_CAMPAIGN ? '' : id,
      name: campaignNames.get(id) ?? '',
    })),
    rows: channelIds.map((id) => ({
      key: id,
      name: channelNames.get(id) ?? '',
      scans: campaignIds.map((campaignId) => scans.get(`${campaignId} ${id}`) ?? 0),
    })),
  };
}
