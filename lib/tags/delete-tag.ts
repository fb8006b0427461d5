import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireTag } from './require-tag';
import { removeTag } from './store';

/**
 * Takes a tag off all codes and removes it. Followers keep at WeChat what they have been given.
 *
 * @throws AppError NOT_FOUND
 */
export async function deleteTag(ctx: Context, accountId: string, tagId: string): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  await ctx.db.$transaction(async (tx) => {
    const { id, name, codeCount } = await requireTag(tx, accountId, tagId);
    await removeTag(tx, id);
    await recordAudit(ctx, tx, {
      action: 'tag.delete',
      target: { kind: 'tag', id, label: name },
      accountId,
      details: { codes: codeCount },
    });
  });
}
