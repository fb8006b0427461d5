import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { refuseTaken } from './create-tag';
import { requireTag } from './require-tag';
import { type UpdateTagInput, updateTagSchema } from './schemas';
import { changeTag } from './store';
import type { TagDto } from './types';

/**
 * Renames a tag, or says whether it marks followers at WeChat from now on.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 */
export async function updateTag(
  ctx: Context,
  accountId: string,
  tagId: string,
  input: UpdateTagInput,
): Promise<TagDto> {
  authorise(ctx, 'marketer', accountId);
  const change = parseInput(updateTagSchema, input);
  return refuseTaken(() =>
    ctx.db.$transaction(async (tx) => {
      const { id } = await requireTag(tx, accountId, tagId);
      const tag = await changeTag(tx, id, change);
      await recordAudit(ctx, tx, {
        action: 'tag.update',
        target: { kind: 'tag', id, label: tag.name },
        accountId,
        details: { changed: Object.keys(change) },
      });
      return tag;
    }),
  );
}
