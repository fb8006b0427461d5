import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { type ListChannelsInput, listChannelsSchema } from './schemas';
import { countCodesByChannel, listChannelRows } from './store';
import { toChannelDto } from './to-channel-dto';
import type { ChannelPageDto } from './types';

/**
 * One page of channels by number, each with how many codes hang there.
 *
 * @param input.q  part of number, name, city or region, in any letter case
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listChannels(
  ctx: Context,
  accountId: string,
  input: ListChannelsInput = {},
): Promise<ChannelPageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { q, archived, limit, cursor } = parseInput(listChannelsSchema, input);
  const [afterNumber = null] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const rows = await listChannelRows(ctx.db, accountId, { q, archived, afterNumber, take: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const counts = await countCodesByChannel(
    ctx.db,
    page.map(({ id }) => id),
  );
  return {
    items: page.map((row) => toChannelDto(row, counts.get(row.id) ?? 0)),
    nextCursor: last ? encodeCursor([last.number]) : null,
  };
}
