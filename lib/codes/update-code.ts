import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { requireChannel } from '../channels/require-channel';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { makeMissingTags } from '../tags/make-missing-tags';
import { replaceTags } from '../tags/put-tags';
import { requireCode, requireForCampaigns, requireLockedCode } from './require-code';
import { type UpdateCodeInput, updateCodeSchema } from './schemas';
import { changeCode } from './store';
import type { CodeDto } from './types';

/**
 * Changes what people call a code, its tags, and where it hangs; its scene and campaign it keeps. What is left out stays.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 * @throws AppError CONFLICT  it is a binding's, and hangs nowhere
 * @throws AppError NOT_FOUND  code or channel: malformed, unknown, or of another account
 */
export async function updateCode(
  ctx: Context,
  accountId: string,
  codeId: string,
  input: UpdateCodeInput,
): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  const before = await requireCode(ctx, ctx.db, accountId, codeId);
  const { label, channelId, tags } = parseInput(updateCodeSchema, input);
  const isMoved = channelId !== undefined && channelId !== (before.channel?.id ?? null);
  if (isMoved && channelId !== null) {
    requireForCampaigns(before);
    const channel = await requireChannel(ctx.db, accountId, channelId);
    if (channel.archivedAt) throw invalidField('channelId', 'channelArchived', 'the channel is archived');
  }
  const change = {
    ...(label !== undefined && label !== before.label ? { label } : {}),
    ...(isMoved ? { channelId } : {}),
  };
  const names = before.tags.map(({ name }) => name);
  const isRetagged = tags !== undefined && !isSameSet(tags, names);
  if (Object.keys(change).length === 0 && !isRetagged) return before;
  return ctx.db.$transaction(async (tx) => {
    const named = isRetagged ? await makeMissingTags(tx, accountId, tags) : null;
    await requireLockedCode(tx, accountId, codeId);
    if (named) await replaceTags(tx, codeId, named.ids);
    if (Object.keys(change).length > 0) await changeCode(tx, codeId, change);
    await recordAudit(ctx, tx, {
      action: 'code.update',
      target: { kind: 'code', id: codeId, label: change.label ?? before.label },
      accountId,
      details: {
        ...(change.label === undefined ? {} : { label: [before.label, change.label] }),
        ...(isMoved ? { channelId: [before.channel?.id ?? null, channelId] } : {}),
        ...(isRetagged ? { tags: [names, tags] } : {}),
      },
    });
    return requireCode(ctx, tx, accountId, codeId);
  });
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
