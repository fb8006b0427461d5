import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { type ChannelRow, findChannelRow } from './store';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireChannel(db: Db, accountId: string, channelId: string): Promise<ChannelRow> {
  requireId(accountId, 'account');
  const row = await findChannelRow(db, accountId, requireId(channelId, 'channel'));
  if (!row) throw new AppError('NOT_FOUND', `no channel ${channelId}`, { what: 'channel' });
  return row;
}
