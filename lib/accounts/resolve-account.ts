import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { listAccounts } from './list-accounts';

/**
 * The official account that a request means: the one it names, or the only one that its key may see.
 *
 * @throws AppError NOT_FOUND  malformed, or not granted
 * @throws AppError ACCOUNT_REQUIRED  none is named, and there are several or none
 */
export async function resolveAccount(ctx: Context, accountId: string | undefined): Promise<string> {
  authorise(ctx, 'viewer', accountId);
  if (accountId !== undefined) return requireId(accountId, 'account');
  const [only, ...others] = await listAccounts(ctx);
  if (only && others.length === 0) return only.id;
  throw new AppError('ACCOUNT_REQUIRED', only ? 'several accounts, none named' : 'there is no account yet');
}
