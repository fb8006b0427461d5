import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findAccount } from './store';
import type { AccountDto } from './types';

/** @throws AppError NOT_FOUND  no such account, or it was not granted */
export async function getAccount(ctx: Context, accountId: string): Promise<AccountDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const account = await findAccount(ctx.db, id, ctx.clock.now());
  if (!account) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
  return forReader(ctx, account);
}

/** A token server's address may hold a key, so only an admin reads it. */
export function forReader({ actor }: Pick<Context, 'actor'>, account: AccountDto): AccountDto {
  const manages = actor.kind === 'system' || (actor.kind !== 'stranger' && actor.role === 'admin');
  return manages ? account : { ...account, remoteTokenUrl: null };
}
