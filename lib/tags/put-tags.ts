import 'server-only';
import type { Db } from '../db/open-database';
import { makeMissingTags } from './make-missing-tags';
import { addTagsToCodes, copyTags, removeOtherTags } from './store';

/** Puts tags on codes that are being made, in the transaction that makes them. For services that have authorised. */
export async function putTags(tx: Db, codeIds: string[], tagIds: string[]): Promise<void> {
  if (tagIds.length > 0) await addTagsToCodes(tx, codeIds, tagIds);
}

/**
 * Leaves a code with the tags of these names and no others; those that are missing are made. For services that have
 * authorised.
 *
 * @throws AppError VALIDATION_FAILED  (field `tags`) the account would have more than a hundred
 */
export async function replaceTags(tx: Db, accountId: string, codeId: string, names: string[]): Promise<void> {
  const { ids } = await makeMissingTags(tx, accountId, names);
  await removeOtherTags(tx, codeId, ids);
  await putTags(tx, [codeId], ids);
}

/** Gives a code the tags that another one has. For services that have authorised. */
export function inheritTags(tx: Db, { from, to }: { from: string; to: string }): Promise<void> {
  return copyTags(tx, from, to);
}
