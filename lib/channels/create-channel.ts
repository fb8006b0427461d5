import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { refusalOf } from './refusal-of';
import { type CreateChannelInput, createChannelSchema } from './schemas';
import { insertChannel } from './store';
import { toChannelDto } from './to-channel-dto';
import type { ChannelDto } from './types';

/**
 * Makes a channel: a shop, a metro line, an advert.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields`; `number` is `taken` when another channel of the account has it
 * @throws AppError NOT_FOUND  no such account, or not granted
 */
export async function createChannel(
  ctx: Context,
  accountId: string,
  input: CreateChannelInput,
): Promise<ChannelDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const channel = parseInput(createChannelSchema, input);
  try {
    return await ctx.db.$transaction(async (tx) => {
      const row = await insertChannel(tx, { accountId, ...channel });
      await recordAudit(ctx, tx, {
        action: 'channel.create',
        target: { kind: 'channel', id: row.id, label: `${row.number} ${row.name}` },
        accountId,
      });
      return toChannelDto(row, 0);
    });
  } catch (error) {
    throw refusalOf(error, channel.number);
  }
}
