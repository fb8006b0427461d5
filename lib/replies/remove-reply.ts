import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { requireCampaign } from '../campaigns/require-campaign';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { deleteReply } from './store';

/** Takes a code's own reply away, so that its campaign's answers; a code without one stays so. @throws AppError NOT_FOUND */
export async function removeReplyOfCode(ctx: Context, accountId: string, codeId: string): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  await ctx.db.$transaction(async (tx) => {
    const { id, label } = await requireCode(ctx, tx, accountId, codeId);
    if (!(await deleteReply(tx, { codeId: id }))) return;
    await recordAudit(ctx, tx, {
      action: 'code.removeReply',
      target: { kind: 'code', id, label },
      accountId,
    });
  });
}

/** Takes a campaign's reply away; its codes keep theirs. @throws AppError NOT_FOUND */
export async function removeReplyOfCampaign(
  ctx: Context,
  accountId: string,
  campaignId: string,
): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  await ctx.db.$transaction(async (tx) => {
    const { id, name } = await requireCampaign(tx, accountId, campaignId);
    if (!(await deleteReply(tx, { campaignId: id }))) return;
    await recordAudit(ctx, tx, {
      action: 'campaign.removeReply',
      target: { kind: 'campaign', id, label: name },
      accountId,
    });
  });
}
