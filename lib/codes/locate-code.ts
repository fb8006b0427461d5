import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOf } from './store';

/**
 * The account of a code, for addresses that name the code alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateCode(ctx: Context, codeId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOf(ctx.db, requireId(codeId, 'code'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no code ${codeId}`, { what: 'code' });
  }
  return accountId;
}
