import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findTagsOfCodes } from './store';

/** The tags of each of these codes, by name; those of other accounts are left out. */
export async function listTagsOfCodes(
  ctx: Context,
  accountId: string,
  codeIds: readonly string[],
): Promise<Record<string, { id: string; name: string }[]>> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const found = await findTagsOfCodes(
    ctx.db,
    accountId,
    codeIds.map((id) => requireId(id, 'code')),
  );
  const byCode: Record<string, { id: string; name: string }[]> = {};
  for (const { codeId, ...tag } of found) {
    byCode[codeId] ??= [];
    byCode[codeId].push(tag);
  }
  return byCode;
}
