import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { setArchived } from './set-archived';
import type { ChannelDto } from './types';

/**
 * The way back from `archiveChannel`.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function unarchiveChannel(
  ctx: Context,
  accountId: string,
  channelId: string,
): Promise<ChannelDto> {
  authorise(ctx, 'marketer', accountId);
  return setArchived(ctx, accountId, channelId, false);
}
