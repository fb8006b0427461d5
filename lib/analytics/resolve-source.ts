import 'server-only';
import { requireCampaign } from '../campaigns/require-campaign';
import { requireChannel } from '../channels/require-channel';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { AppError } from '../errors';
import type { Source } from './figures-store';
import { hasTag } from './names-store';
import type { ScanFilter } from './schemas';

/**
 * The rows that answer for a filter: the narrowest thing that it names, or all codes or channels that fit.
 *
 * For services that have authorised.
 *
 * @throws AppError NOT_FOUND  campaign, channel, code or tag of another account, or none
 */
export async function resolveSource(ctx: Context, accountId: string, filter: ScanFilter): Promise<Source> {
  const { campaignId, channelId, codeId, tagId, city, region } = filter;
  if (campaignId) await requireCampaign(ctx.db, accountId, campaignId);
  if (channelId) await requireChannel(ctx.db, accountId, channelId);
  if (codeId) await requireCode(ctx, ctx.db, accountId, codeId);
  if (tagId && !(await hasTag(ctx.db, accountId, tagId))) {
    throw new AppError('NOT_FOUND', `no tag ${tagId}`, { what: 'tag' });
  }
  const narrowing = {
    accountId,
    tagId: tagId ?? null,
    city: city ?? null,
    region: region ?? null,
    campaignId: campaignId ?? null,
  };
  if (codeId || tagId) {
    return { ...narrowing, scope: 'code', scopeId: codeId ?? null, channelId: channelId ?? null };
  }
  if (channelId || city || region) {
    return { ...narrowing, scope: 'channel', scopeId: channelId ?? null, channelId: null };
  }
  return campaignId
    ? { ...narrowing, scope: 'campaign', scopeId: campaignId, channelId: null }
    : { ...narrowing, scope: 'account', scopeId: accountId, channelId: null };
}
