import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { violatedLaw } from '../db/violated-law';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { type CreateTagInput, createTagSchema } from './schemas';
import { countTags, insertTag } from './store';
import type { TagDto } from './types';

/** WeChat's own bound. */
const mostTags = 100;

/**
 * Makes a tag for codes.
 *
 * @throws AppError VALIDATION_FAILED  (field `name`) also when one has this name, or there are a hundred
 */
export async function createTag(ctx: Context, accountId: string, input: CreateTagInput): Promise<TagDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const wanted = parseInput(createTagSchema, input);
  const id = randomUUID();
  return refuseTaken(() =>
    ctx.db.$transaction(async (tx) => {
      if ((await countTags(tx, accountId)) >= mostTags) {
        throw invalidField('name', 'tooMany', `an account has at most ${mostTags} tags`, { max: mostTags });
      }
      const tag = await insertTag(tx, { ...wanted, id, accountId });
      await recordAudit(ctx, tx, {
        action: 'tag.create',
        target: { kind: 'tag', id, label: tag.name },
        accountId,
      });
      return tag;
    }),
  );
}

/** @throws AppError VALIDATION_FAILED  in place of the unique index's refusal */
export async function refuseTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (violatedLaw(error) === 'tags_account_id_name_key') {
      throw invalidField('name', 'taken', 'another tag has this name');
    }
    throw error;
  }
}
