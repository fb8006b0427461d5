import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfChannel } from './store';

/**
 * The account of a channel, for addresses that name the channel alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateChannel(ctx: Context, channelId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfChannel(ctx.db, requireId(channelId, 'channel'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no channel ${channelId}`, { what: 'channel' });
  }
  return accountId;
}
