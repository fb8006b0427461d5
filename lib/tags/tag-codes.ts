import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { makeMissingTags } from './make-missing-tags';
import { type TagCodesInput, tagCodesSchema } from './schemas';
import { addTagsToCodes, countOwn, removeTagsFromCodes } from './store';

/**
 * Puts tags on codes and takes others off; what is so already stays so. All or none.
 *
 * @throws AppError NOT_FOUND  a code or tag is unknown or of another account
 * @throws AppError VALIDATION_FAILED  the account would have more than a hundred tags
 */
export async function tagCodes(ctx: Context, accountId: string, input: TagCodesInput): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const { add, addNames, remove, ...wanted } = parseInput(tagCodesSchema, input);
  const codeIds = [...new Set(wanted.codeIds.map((id) => requireId(id, 'code')))];
  const tagIds = [...new Set([...add, ...remove].map((id) => requireId(id, 'tag')))];
  await ctx.db.$transaction(async (tx) => {
    const own = await countOwn(tx, accountId, { codeIds, tagIds });
    if (own.codes < codeIds.length)
      throw new AppError('NOT_FOUND', 'a code is not of this account', { what: 'code' });
    if (own.tags < tagIds.length)
      throw new AppError('NOT_FOUND', 'a tag is not of this account', { what: 'tag' });
    const named = await makeMissingTags(tx, accountId, addNames);
    const added = [...new Set([...add, ...named.ids])];
    if (remove.length > 0) await removeTagsFromCodes(tx, codeIds, remove);
    if (added.length > 0) await addTagsToCodes(tx, codeIds, added);
    await recordAudit(ctx, tx, {
      action: 'code.tag',
      target: codeIds.length === 1 ? { kind: 'code', id: codeIds[0] } : { kind: 'code' },
      accountId,
      details: {
        ...{ codes: codeIds.length, added: added.length, removed: remove.length },
        ...(named.made.length > 0 ? { newTags: named.made } : {}),
      },
    });
  });
}
