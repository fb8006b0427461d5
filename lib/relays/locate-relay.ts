import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfRelay } from './store';

/** The account of a relay. @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted */
export async function locateRelay(ctx: Context, relayId: string): Promise<string> {
  authorise(ctx, 'admin');
  const accountId = await findAccountOfRelay(ctx.db, requireId(relayId, 'relay'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no relay ${relayId}`, { what: 'relay' });
  }
  return accountId;
}
