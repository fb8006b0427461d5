import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findTagsOfCodes } from './store';

/**
 * The tags of each of these codes, by name; a code without any has an empty list.
 *
 * @throws AppError NOT_FOUND  a code is unknown or of another account
 */
export async function listTagsOfCodes(
  ctx: Context,
  accountId: string,
  codeIds: readonly string[],
): Promise<Record<string, { id: string; name: string }[]>> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const wanted = [...new Set(codeIds.map((id) => requireId(id, 'code')))];
  const found = await findTagsOfCodes(ctx.db, accountId, wanted);
  if (found.length < wanted.length) {
    throw new AppError('NOT_FOUND', 'a code is not of this account', { what: 'code' });
  }
  return Object.fromEntries(found.map(({ codeId, tags }) => [codeId, tags]));
}
