import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { refuseTaken } from './create-tag';
import { requireTag } from './require-tag';
import { type UpdateTagInput, updateTagSchema } from './schemas';
import { changeTag } from './store';
import { dropWaitingTasks } from './task-store';
import type { TagDto } from './types';

/**
 * Renames a tag, or says whether it marks followers at WeChat from now on. Those who wait when it no longer does are not
 * marked; under another name it is another tag at WeChat, and those who have the old one keep it.
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
      const { id, name } = await requireTag(tx, accountId, tagId);
      const isRenamed = change.name !== undefined && change.name !== name;
      const tag = await changeTag(tx, id, isRenamed ? change : { marksFollowers: change.marksFollowers });
      if (change.marksFollowers === false) await dropWaitingTasks(tx, id);
      await recordAudit(ctx, tx, {
        action: 'tag.update',
        target: { kind: 'tag', id, label: tag.name },
        accountId,
        details: {
          ...(tag.name === name ? {} : { name: [name, tag.name] }),
          ...(change.marksFollowers === undefined ? {} : { marksFollowers: change.marksFollowers }),
        },
      });
      return tag;
    }),
  );
}
