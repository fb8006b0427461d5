import 'server-only';
import type { Db } from '../db/open-database';
import { holdLedger } from '../ledger/move-scenes';
import { toSceneRefusal } from '../ledger/scene-refusal';
import {
  analyseDraft,
  type DraftedCodes,
  findWindows,
  insertDraftedCodes,
  numberDraft,
  openDraft,
  tagDraftedCodes,
  tallyDraft,
} from './draft-store';
import { drawScenes, windowRows } from './make-codes';
import { draftRenewals, type RenewalChoice } from './renewal-store';

/**
 * Makes the successors of many temporary codes in the caller's transaction, due at once, as the rows of one batch.
 *
 * @param begin  writes the batch itself, once it is known how many codes it will have
 * @returns `known`: how many of those chosen have a successor already
 */
export async function makeRenewals(
  tx: Db,
  made: DraftedCodes,
  choice: RenewalChoice,
  begin: (tally: { total: number; known: number }) => Promise<void>,
): Promise<{ total: number; known: number }> {
  await openDraft(tx);
  // Whoever renews the same codes at the same time waits here, and then finds their successors.
  await holdLedger(tx, made.accountId);
  const { known } = await draftRenewals(tx, made.accountId, choice);
  await analyseDraft(tx);
  const { count: total } = await tallyDraft(tx);
  await numberDraft(tx);
  await drawScenes(tx, made.accountId);
  await begin({ total, known });
  try {
    for (const window of await findWindows(tx, windowRows)) {
      await insertDraftedCodes(tx, made, null, window);
      await tagDraftedCodes(tx, made, null, window);
    }
  } catch (error) {
    throw toSceneRefusal(error);
  }
  return { total, known };
}
