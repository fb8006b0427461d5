import 'server-only';
import type { Db } from '../db/open-database';
import { invalidField } from '../errors';
import { countTags, findTagNames, holdTags, insertMissingTags } from './store';
import { mostTags } from './types';

export type MadeTags = { ids: string[]; made: string[] };

/** The names of an account's tags. For services that have authorised. */
export async function findKnownTags(db: Db, accountId: string): Promise<Set<string>> {
  return new Set((await findTagNames(db, accountId)).map(({ name }) => name));
}

/**
 * The tags of these names, made where they are missing, in the caller's transaction. For services that have authorised; to
 * be called before anything else is locked, since whoever makes tags waits for another one who does.
 *
 * @returns their ids, and the names of those that were made
 * @throws AppError VALIDATION_FAILED  (field `tags`) the account would have more than a hundred
 */
export async function makeMissingTags(tx: Db, accountId: string, names: string[]): Promise<MadeTags> {
  const find = async () =>
    new Map((await findTagNames(tx, accountId, names)).map((tag) => [tag.name, tag.id]));
  if (names.length === 0) return { ids: [], made: [] };
  let known = await find();
  let made: string[] = [];
  if (known.size < names.length) {
    await holdTags(tx, accountId);
    known = await find();
    made = names.filter((name) => !known.has(name));
    if ((await countTags(tx, accountId)) + made.length > mostTags) throw tooManyTags('tags');
    await insertMissingTags(tx, accountId, made);
    known = await find();
  }
  return { ids: names.flatMap((name) => known.get(name) ?? []), made };
}

export function tooManyTags(field: string) {
  return invalidField(field, 'tagsFull', `an account has at most ${mostTags} tags`, { max: mostTags });
}
