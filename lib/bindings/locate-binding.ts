import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfBinding } from './store';

/**
 * The account of a binding, for addresses that name the binding alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateBinding(ctx: Context, bindingId: string): Promise<string> {
  authorise(ctx, 'marketer');
  const accountId = await findAccountOfBinding(ctx.db, requireId(bindingId, 'binding'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no binding ${bindingId}`, { what: 'binding' });
  }
  return accountId;
}
