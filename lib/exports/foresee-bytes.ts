import 'server-only';
import { getCodes } from '../codes/get-codes';
import type { Context } from '../context';
import type { SheetSettings } from '../print/sheet-types';
import { drawInThread, drawPagesInThread } from './draw-pool';
import type { Drawing, PieceItem } from './drawing';
import { layOutSheet } from './lay-out-sheet';
import { type ExportPlan, idAt } from './plan-export';
import { placeOnSheets } from './sheet-places';
import { readLongestNames } from './store';
import { toFacts, toPieceItem } from './to-facts';
import type { ExportFacts } from './types';

/** So many are drawn in a few hundred ms. */
const ALL_MEASURED = 200;
const SAMPLES = 24;
/** What a page takes besides its content. */
const PAGE_BYTES = 400;
const PATIENCE_MS = 60_000;

/**
 * The room that a file takes at most, and how long one takes with all threads at work.
 *
 * Few files are all measured. Of many, some are, and besides the longest labels of all with the longest names and the largest
 * symbol: files of one design differ by their captions above all.
 *
 * @throws AppError IMAGE_OUT_OF_BOUNDS | IMAGE_UNREADABLE  one of them could not be drawn
 */
export async function foreseeBytes(
  ctx: Context,
  accountId: string,
  plan: ExportPlan,
): Promise<{ maxDataBytes: number; msEach: number }> {
  const { drawing, selection } = plan;
  const isEvery = selection.printable <= ALL_MEASURED;
  const facts = await readSamples(ctx, accountId, plan, isEvery ? ALL_MEASURED : SAMPLES);
  const longest = isEvery ? [] : await longestFacts(ctx, accountId, plan);
  const items = [...facts, ...longest].map((each) => toPieceItem(each, 'x', drawing.design));
  // The first is for the threads to wake at, so that the others tell how long one takes.
  await measure(drawing, items.slice(0, 1));
  const began = performance.now();
  const half = Math.ceil(items.length / 2);
  const parts = await Promise.all(
    [items.slice(0, half), items.slice(half)].map((some) => measure(drawing, some)),
  );
  const msEach = (performance.now() - began) / items.length;
  const most = Math.max(...parts.flat());
  // Until its turn comes a label may still be changed.
  return { maxDataBytes: most + Math.min(30_000, Math.max(1_024, Math.ceil(most * 0.15))), msEach };
}

async function measure(drawing: Drawing, items: PieceItem[]): Promise<number[]> {
  const request = { ...drawing, slotBytes: null, modifiedAt: 0, items };
  const answer = await drawInThread(request, AbortSignal.timeout(PATIENCE_MS));
  return answer.outcome === 'drawn' ? answer.files.map(({ bytes }) => bytes) : [];
}

/**
 * About how long a file of sheets becomes, told from some of its labels.
 *
 * @throws AppError IMAGE_OUT_OF_BOUNDS | VALIDATION_FAILED | IMAGE_UNREADABLE
 */
export async function foreseeSheetBytes(
  ctx: Context,
  accountId: string,
  plan: ExportPlan,
  sheet: SheetSettings,
): Promise<{ bytes: number; pages: number }> {
  const { design, logo } = plan.drawing;
  const layout = layOutSheet(sheet, design);
  const { pages, perPage } = placeOnSheets(layout, plan.selection.printable);
  const facts = await readSamples(ctx, accountId, plan, Math.min(perPage, SAMPLES));
  const labels = facts.map((each, label) => ({ label, item: toPieceItem(each, '', design) }));
  const [page] = await drawPagesInThread(
    { layout, design, logo, pages: [labels] },
    AbortSignal.timeout(PATIENCE_MS),
  );
  const perLabel = (page?.content.length ?? 0) / labels.length;
  const bytes = pages * PAGE_BYTES + plan.selection.printable * layout.copies * perLabel;
  return { bytes: Math.round(bytes), pages };
}

/** Some codes of a choice, evenly spread. */
async function readSamples(
  ctx: Context,
  accountId: string,
  { selection, timeZone }: ExportPlan,
  wanted: number,
): Promise<ExportFacts[]> {
  const count = Math.min(wanted, selection.printable);
  const step = selection.printable / count;
  const ids = Array.from({ length: count }, (_, at) => idAt(selection.ids, Math.floor(at * step)));
  return (await getCodes(ctx, accountId, ids)).flatMap((code) => toFacts(code, timeZone) ?? []);
}

/** The codes of the longest labels, as if they were of the longest campaign and channel and had the largest symbol. */
async function longestFacts(
  ctx: Context,
  accountId: string,
  { selection, timeZone }: ExportPlan,
): Promise<ExportFacts[]> {
  const codes = await getCodes(ctx, accountId, selection.longestLabels);
  const names = await readLongestNames(ctx.db, accountId);
  return codes
    .flatMap((code) => toFacts(code, timeZone) ?? [])
    .map((facts) => ({ ...facts, ...names, url: selection.longestUrl ?? facts.url }));
}
