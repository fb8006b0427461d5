import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { requireCampaign } from '../campaigns/require-campaign';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { type ReplyInput, replySchema } from './schemas';
import { saveReply } from './store';

/** Says what a scan of a code is answered with; it goes before its campaign's. @throws AppError NOT_FOUND | VALIDATION_FAILED */
export async function setReplyOfCode(
  ctx: Context,
  accountId: string,
  codeId: string,
  input: ReplyInput,
): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  const reply = parseInput(replySchema, input);
  await ctx.db.$transaction(async (tx) => {
    const { id, label } = await requireCode(ctx, tx, accountId, codeId);
    await saveReply(tx, accountId, { codeId: id }, { ...reply, changedAt: ctx.clock.now() });
    await recordAudit(ctx, tx, {
      action: 'code.reply',
      target: { kind: 'code', id, label },
      accountId,
      details: { enabled: reply.enabled, kind: reply.forNew.kind },
    });
  });
}

/** Says what scans of a campaign's codes are answered with. @throws AppError NOT_FOUND | VALIDATION_FAILED */
export async function setReplyOfCampaign(
  ctx: Context,
  accountId: string,
  campaignId: string,
  input: ReplyInput,
): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  const reply = parseInput(replySchema, input);
  await ctx.db.$transaction(async (tx) => {
    const { id, name } = await requireCampaign(tx, accountId, campaignId);
    await saveReply(tx, accountId, { campaignId: id }, { ...reply, changedAt: ctx.clock.now() });
    await recordAudit(ctx, tx, {
      action: 'campaign.reply',
      target: { kind: 'campaign', id, label: name },
      accountId,
      details: { enabled: reply.enabled, kind: reply.forNew.kind },
    });
  });
}
