import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { setArchived } from './set-archived';
import type { ChannelDto } from './types';

/**
 * Takes a channel out of the lists. Its codes go on working and go on counting. Done twice, it is done once.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function archiveChannel(
  ctx: Context,
  accountId: string,
  channelId: string,
): Promise<ChannelDto> {
  authorise(ctx, 'marketer', accountId);
  return setArchived(ctx, accountId, channelId, true);
}
