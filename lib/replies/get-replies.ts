import 'server-only';
import { requireCampaign } from '../campaigns/require-campaign';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { findReply } from './store';
import type { RepliesOfCodeDto, ReplyDto } from './types';

/** A code's own reply, its campaign's, and which of them answers a scan now. @throws AppError NOT_FOUND */
export async function getRepliesOfCode(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<RepliesOfCodeDto> {
  authorise(ctx, 'viewer', accountId);
  const { id, campaign } = await requireCode(ctx, ctx.db, accountId, codeId);
  const own = await findReply(ctx.db, { codeId: id });
  const reply = campaign ? await findReply(ctx.db, { campaignId: campaign.id }) : null;
  const ofCampaign = campaign && reply ? { campaign, reply } : null;
  const applies = own?.enabled ? 'own' : reply?.enabled ? 'campaign' : null;
  return { own, ofCampaign, applies };
}

/** @returns null: it has none. @throws AppError NOT_FOUND */
export async function getReplyOfCampaign(
  ctx: Context,
  accountId: string,
  campaignId: string,
): Promise<ReplyDto | null> {
  authorise(ctx, 'viewer', accountId);
  const { id } = await requireCampaign(ctx.db, accountId, campaignId);
  return findReply(ctx.db, { campaignId: id });
}
