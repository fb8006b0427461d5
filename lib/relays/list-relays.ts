import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findRelays } from './store';
import type { RelayDto } from './types';

/** All of an account, the answering one first; there are few. */
export async function listRelays(ctx: Context, accountId: string): Promise<RelayDto[]> {
  authorise(ctx, 'admin', accountId);
  return findRelays(ctx.db, requireId(accountId, 'account'));
}
