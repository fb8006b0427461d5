import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { refusalOf } from './refusal-of';
import { channelNumberSchema, type PutChannelInput, putChannelSchema } from './schemas';
import { countCodesByChannel, findChannelRowByNumber, upsertChannel } from './store';
import { toChannelDto } from './to-channel-dto';
import type { ChannelDto } from './types';

/**
 * Makes the channel of this number, or changes the one that has it; of that one, what is left out stays as it is.
 *
 * @returns `created` tells which of both it was
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function putChannelByNumber(
  ctx: Context,
  accountId: string,
  number: string,
  input: PutChannelInput,
): Promise<{ channel: ChannelDto; created: boolean }> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const key = { accountId, ...parseInput(channelNumberSchema, { number }) };
  const changes = parseInput(putChannelSchema, input);
  try {
    const { row, created } = await ctx.db.$transaction(async (tx) => {
      const before = await findChannelRowByNumber(tx, accountId, key.number);
      const upserted = await upsertChannel(
        tx,
        key,
        { city: '', region: '', columns: {}, ...changes },
        changes,
      );
      await recordAudit(ctx, tx, {
        action: before ? 'channel.update' : 'channel.create',
        target: { kind: 'channel', id: upserted.id, label: `${upserted.number} ${upserted.name}` },
        accountId,
        details: before ? { fields: Object.keys(changes) } : {},
      });
      return { row: upserted, created: before === null };
    });
    const counts = await countCodesByChannel(ctx.db, [row.id]);
    return { channel: toChannelDto(row, counts.get(row.id) ?? 0), created };
  } catch (error) {
    throw refusalOf(error, key.number);
  }
}
