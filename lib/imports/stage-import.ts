import 'server-only';
import type { Db } from '../db/open-database';
import {
  chooseLiving,
  dropKnownImports,
  type ImportDraft,
  indexImportDraft,
  insertImportDraft,
  markBeyondCap,
  markNotOurs,
  markTwins,
  openImportDraft,
  placeOnExternal,
} from './store';

/**
 * Lays the rows beside what is there, in a table of this transaction, and flags what is odd. Nothing else is changed, so a
 * dry run says what the import does.
 *
 * @returns how many rows are here already, and were left out
 */
export async function stageImport(
  tx: Db,
  accountId: string,
  chunks: AsyncIterable<ImportDraft[]>,
  now: Date,
): Promise<{ known: number }> {
  await openImportDraft(tx);
  for await (const chunk of chunks) await insertImportDraft(tx, chunk);
  await indexImportDraft(tx);
  const known = await dropKnownImports(tx, accountId);
  await placeOnExternal(tx, accountId);
  await chooseLiving(tx, accountId, now);
  await markTwins(tx, accountId, now);
  await markNotOurs(tx, accountId);
  await markBeyondCap(tx, accountId);
  return { known };
}
