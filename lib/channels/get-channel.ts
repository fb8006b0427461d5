import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireChannel } from './require-channel';
import { countCodesByChannel } from './store';
import { toChannelDto } from './to-channel-dto';
import type { ChannelDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getChannel(ctx: Context, accountId: string, channelId: string): Promise<ChannelDto> {
  authorise(ctx, 'viewer', accountId);
  const row = await requireChannel(ctx.db, accountId, channelId);
  const counts = await countCodesByChannel(ctx.db, [row.id]);
  return toChannelDto(row, counts.get(row.id) ?? 0);
}
