import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { announceBackground, wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { requireTag } from './require-tag';
import { type RetryMarkingInput, retryMarkingSchema } from './schemas';
import { liftHold, requeueFailed } from './task-store';

/**
 * Tries again to mark those followers for whom it failed, and asks WeChat again where it has held back all tagging.
 *
 * @param input.tagId  those of this tag; of every tag when left out
 * @returns how many followers wait again
 * @throws AppError NOT_FOUND
 */
export async function retryMarking(
  ctx: Context,
  accountId: string,
  input: RetryMarkingInput = {},
): Promise<{ followers: number }> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const { tagId } = parseInput(retryMarkingSchema, input);
  const followers = await ctx.db.$transaction(async (tx) => {
    const tag = tagId === undefined ? null : await requireTag(tx, accountId, tagId);
    const isLifted = await liftHold(tx, accountId);
    const count = await requeueFailed(tx, accountId, tag?.id ?? null, ctx.clock.now());
    if (count === 0 && !isLifted) return 0;
    await recordAudit(ctx, tx, {
      action: 'tag.retry',
      target: tag ? { kind: 'tag', id: tag.id, label: tag.name } : { kind: 'tag' },
      accountId,
      details: { followers: count },
    });
    await announceBackground(tx, 'mark followers');
    return count;
  });
  wakeBackground('mark followers');
  return { followers };
}
