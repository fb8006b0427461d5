import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { refusalOf } from './refusal-of';
import { requireChannel } from './require-channel';
import { type UpdateChannelInput, updateChannelSchema } from './schemas';
import { changeChannel, countCodesByChannel } from './store';
import { toChannelDto } from './to-channel-dto';
import type { ChannelDto } from './types';

/**
 * Changes a channel; what is left out stays as it is, and `columns` is replaced as a whole.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 * @throws AppError VALIDATION_FAILED  `details.fields`; `number` is `taken` when another channel of the account has it
 */
export async function updateChannel(
  ctx: Context,
  accountId: string,
  channelId: string,
  input: UpdateChannelInput,
): Promise<ChannelDto> {
  authorise(ctx, 'marketer', accountId);
  const before = await requireChannel(ctx.db, accountId, channelId);
  const changes = parseInput(updateChannelSchema, input);
  try {
    const row = await ctx.db.$transaction(async (tx) => {
      const changed = await changeChannel(tx, before.id, changes);
      await recordAudit(ctx, tx, {
        action: 'channel.update',
        target: { kind: 'channel', id: changed.id, label: `${changed.number} ${changed.name}` },
        accountId,
        details: {
          fields: Object.keys(changes),
          ...(changed.number === before.number ? {} : { formerNumber: before.number }),
        },
      });
      return changed;
    });
    const counts = await countCodesByChannel(ctx.db, [row.id]);
    return toChannelDto(row, counts.get(row.id) ?? 0);
  } catch (error) {
    throw refusalOf(error, changes.number);
  }
}
