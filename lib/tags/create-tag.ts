import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { violatedLaw } from '../db/violated-law';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { tooManyTags } from './make-missing-tags';
import { type CreateTagInput, createTagSchema } from './schemas';
import { countTags, findTag, holdTags, insertTag } from './store';
import { mostTags, type TagDto } from './types';

/**
 * Makes a tag for codes.
 *
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @throws AppError VALIDATION_FAILED  (field `name`) also when one has this name, or there are a hundred
 */
export async function createTag(
  ctx: Context,
  accountId: string,
  input: CreateTagInput,
  options: { id?: string } = {},
): Promise<TagDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const wanted = parseInput(createTagSchema, input);
  const before = options.id === undefined ? null : await findTag(ctx.db, accountId, options.id);
  if (before) return before;
  const id = options.id ?? randomUUID();
  return refuseTaken(() =>
    ctx.db.$transaction(async (tx) => {
      await holdTags(tx, accountId);
      if ((await countTags(tx, accountId)) >= mostTags) throw tooManyTags('name');
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
