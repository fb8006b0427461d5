import 'server-only';
import type { Db } from '../db/open-database';
import { addTagsToCodes, copyTags, removeOtherTags } from './store';

/** Puts tags on codes that are being made, in the transaction that makes them. For services that have authorised. */
export async function putTags(tx: Db, codeIds: string[], tagIds: string[]): Promise<void> {
  if (tagIds.length > 0) await addTagsToCodes(tx, codeIds, tagIds);
}

/** Leaves a code with these tags and no others. For services that have authorised. */
export async function replaceTags(tx: Db, codeId: string, tagIds: string[]): Promise<void> {
  await removeOtherTags(tx, codeId, tagIds);
  await putTags(tx, [codeId], tagIds);
}

/** Gives a code the tags that another one has. For services that have authorised. */
export function inheritTags(tx: Db, { from, to }: { from: string; to: string }): Promise<void> {
  return copyTags(tx, from, to);
}
