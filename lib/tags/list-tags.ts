import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findTags } from './store';
import type { TagDto } from './types';

/** All of an account, by name; there are at most a hundred, as at WeChat. */
export async function listTags(ctx: Context, accountId: string): Promise<TagDto[]> {
  authorise(ctx, 'viewer', accountId);
  return findTags(ctx.db, requireId(accountId, 'account'));
}
