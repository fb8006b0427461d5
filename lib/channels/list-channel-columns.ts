import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { listColumnNames } from './store';

/** The names of the columns that the company added, the most used first; at most 100, out of a sample of its channels. */
export async function listChannelColumns(ctx: Context, accountId: string): Promise<string[]> {
  authorise(ctx, 'viewer', accountId);
  return listColumnNames(ctx.db, requireId(accountId, 'account'));
}
