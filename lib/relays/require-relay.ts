import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findRelay } from './store';
import type { RelayDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireRelay(db: Db, accountId: string, relayId: string): Promise<RelayDto> {
  const id = requireId(relayId, 'relay');
  const relay = await findRelay(db, requireId(accountId, 'account'), id);
  if (!relay) throw new AppError('NOT_FOUND', `no relay ${id}`, { what: 'relay' });
  return relay;
}
