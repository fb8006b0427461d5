import 'server-only';
import { requireSlotBudget } from '../campaigns/require-slot-budget';
import type { Db } from '../db/open-database';
import { violatedLaw } from '../db/violated-law';
import { AppError } from '../errors';
import { holdLedger } from '../ledger/move-scenes';
import { openForMany, reserveManyGiven, reserveRun } from '../ledger/reserve-many';
import { toSceneRefusal } from '../ledger/scene-refusal';
import {
  analyseDraft,
  type DraftedCodes,
  type DraftRow,
  type DraftTally,
  drawFreeScenes,
  dropKnownDrafts,
  findGivenScenes,
  findWindows,
  insertDraft,
  insertDraftedCodes,
  insertReuses,
  numberDraft,
  openDraft,
  placeGivenSlots,
  placeSlots,
  releaseExpiredOfDraft,
  tagDraftedCodes,
  tagReuses,
  takeOverCodes,
  tallyDraft,
} from './draft-store';

/** Rows that one statement writes: enough that its own cost does not count, few enough that it ends soon. */
export const windowRows = 10_000;

const drawsOfRandomScene = 5;

export type CodeDraft = DraftRow;

/**
 * Makes the codes of one batch in the caller's transaction: all of them or none, due at once.
 *
 * Takes the ledger's lock first for permanent codes. Rows that an earlier batch of the campaign has made are left out.
 *
 * @param made.reuseFrom  since when permanent codes that a row's channel has already serve the campaign, the oldest first, instead
 *   of new ones; null: only new codes are made
 * @param chunks  in the order of lines; each is sent and forgotten
 * @param begin  writes the batch itself, once it is known how many codes it will have
 * @throws AppError SCENE_CAP_REACHED (`details.remaining`) | CAMPAIGN_BUDGET_REACHED | SCENE_TAKEN | SCENE_NOT_OURS | EXTERNAL_USE_UNDECLARED
 * @throws AppError CONFLICT  another batch is making a row of this one right now
 */
export async function makeCodes(
  tx: Db,
  made: DraftedCodes & { campaignId: string; reuseFrom: Date | null },
  chunks: AsyncIterable<CodeDraft[]>,
  begin: (tally: { total: number; known: number }) => Promise<void>,
): Promise<{ total: number; known: number; reused: number }> {
  await openDraft(tx);
  for await (const chunk of chunks) await insertDraft(tx, chunk);
  await analyseDraft(tx);
  // Whoever imports the same file at the same time waits here, and then finds its rows made.
  await holdLedger(tx, made.accountId);
  const known = await dropKnownDrafts(tx);
  const reuse = made.reuseFrom && { campaignId: made.campaignId, fromAt: made.reuseFrom };
  const reused = reuse ? await takeOverCodes(tx, made.accountId, reuse) : 0;
  const tally = await tallyDraft(tx);
  const total = tally.count;
  if (tally.nextIntegers > 0) await numberDraft(tx);
  if (made.kind === 'permanent') await reserveSlots(tx, made.accountId, made.campaignId, tally);
  else await drawScenes(tx, made.accountId);
  await begin({ total, known });
  try {
    if (reuse && reused > 0) {
      await insertReuses(tx, { batchId: made.batchId, ...reuse });
      await tagReuses(tx, made.accountId);
    }
    for (const window of await findWindows(tx, windowRows)) {
      await insertDraftedCodes(tx, made, made.campaignId, window);
      if (tally.tagged > 0) await tagDraftedCodes(tx, made, made.campaignId, window);
    }
  } catch (error) {
    if (['codes_one_row', 'batch_reuses_row_digest_key'].includes(violatedLaw(error) ?? '')) {
      throw new AppError(
        'CONFLICT',
        'another batch has made a row meanwhile',
        { what: 'batch' },
        { cause: error },
      );
    }
    throw toSceneRefusal(error);
  }
  return { total, known, reused };
}

/** Given scenes first: the next free integers must not take them. */
async function reserveSlots(
  tx: Db,
  accountId: string,
  campaignId: string,
  { count, nextIntegers, strings }: DraftTally,
): Promise<void> {
  await openForMany(tx, accountId, { integer: count - strings, string: strings });
  await requireSlotBudget(tx, accountId, campaignId, count);
  const given = findGivenScenes(tx, count - nextIntegers, windowRows);
  for await (const scenes of given) await reserveManyGiven(tx, accountId, scenes, campaignId);
  if (count > nextIntegers) await placeGivenSlots(tx, accountId);
  for (let from = 1; from <= nextIntegers; from += windowRows) {
    const wanted = Math.min(windowRows, nextIntegers - from + 1);
    const run = await reserveRun(tx, accountId, wanted, from - 1, campaignId);
    await placeSlots(tx, accountId, { ...run, from });
  }
}

/** Draws free scenes for temporary codes that bring none. */
export async function drawScenes(tx: Db, accountId: string): Promise<void> {
  await releaseExpiredOfDraft(tx, accountId);
  for (let draws = 0; (await drawFreeScenes(tx, accountId)) > 0; draws++) {
    if (draws > drawsOfRandomScene) throw new AppError('BUSY', 'no free temporary scenes were drawn');
    await releaseExpiredOfDraft(tx, accountId);
  }
}
