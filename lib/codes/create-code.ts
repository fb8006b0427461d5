import 'server-only';
import { randomUUID } from 'node:crypto';
import { requireCampaign } from '../campaigns/require-campaign';
import { requireChannel } from '../channels/require-channel';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { wakeIssueWorker } from './issue-worker';
import { makeCode } from './make-code';
import { findCode, requireCode } from './require-code';
import { reuseSlot } from './reuse-slot';
import { type CreateCodeInput, createCodeSchema, type NewCode } from './schemas';
import type { CodeDto } from './types';

/**
 * Makes one code: reserves its scene in one short transaction, then asks WeChat for it and waits for the answer.
 *
 * Once reserved it exists whatever WeChat says: it comes back `issued`, or `reserved` (WeChat did not answer; the queue
 * asks again with the same scene) or `failed` (refused for good), with `error` telling why.
 *
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 * @throws AppError NOT_FOUND  account, campaign or channel is unknown or of another account
 * @throws AppError ACCOUNT_STOPPED  nothing was reserved
 * @throws AppError SCENE_TAKEN | SCENE_NOT_OURS | SCENE_CAP_REACHED (`details.remaining`) | EXTERNAL_USE_UNDECLARED
 * @throws AppError CAMPAIGN_BUDGET_REACHED | SLOT_NOT_ARCHIVED | SLOT_COOLING (`details.days`)
 */
export async function createCode(
  ctx: Context,
  accountId: string,
  input: CreateCodeInput,
  options: { id?: string } = {},
): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const code = parseInput(createCodeSchema, input);
  const before = options.id === undefined ? null : await findCode(ctx, ctx.db, accountId, options.id);
  if (before) return before;
  await requirePlace(ctx, accountId, code);
  const id = options.id ?? randomUUID();
  if (code.reuse && code.scene !== null) {
    await reuseSlot(ctx, accountId, { ...code, id, scene: code.scene });
    wakeIssueWorker();
    return requireCode(ctx, ctx.db, accountId, id);
  }
  return makeCode(ctx, accountId, { ...code, id, renewsId: null }, 'code.create');
}

async function requirePlace(ctx: Context, accountId: string, code: NewCode): Promise<void> {
  const campaign = await requireCampaign(ctx.db, accountId, code.campaignId);
  if (campaign.archivedAt) throw invalidField('campaignId', 'campaignArchived', 'the campaign is archived');
  if (code.channelId === null) return;
  const channel = await requireChannel(ctx.db, accountId, code.channelId);
  if (channel.archivedAt) throw invalidField('channelId', 'channelArchived', 'the channel is archived');
}
