import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findTagNames } from './store';
import type { ChoosableTagDto } from './types';

/** All of an account by name, for choosing among them. */
export async function listTagNames(ctx: Context, accountId: string): Promise<ChoosableTagDto[]> {
  authorise(ctx, 'viewer', accountId);
  return findTagNames(ctx.db, requireId(accountId, 'account'));
}
