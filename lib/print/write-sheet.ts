import 'server-only';
import { AppError } from '../errors';
import type { DrawItem } from './design-types';
import { toRefusal } from './draw-codes';
import { drawThreads, runDrawTask } from './draw-pool';
import type { SheetPageAnswer } from './draw-sheet-page';
import { PdfNumbering } from './drawing/pdf-objects';
import { type SheetFile, sheetEnd, sheetHead, sheetPage } from './sheet-file';

export type SheetOptions = SheetFile & {
  signal?: AbortSignal;
  /** Told after each page: how many pages and labels are written. */
  onPage?: (written: { pages: number; labels: number; missingSigns: string[] }) => void;
};

/**
 * Writes a PDF of labels, page by page as it is read: what is in memory are the few pages that the threads are at.
 *
 * Every symbol on every page is read back from that page's own operators before the page leaves. The length of the whole is
 * not known beforehand, since pages are deflated and captions differ. After an error nothing more is written: no
 * cross-reference table, so no viewer takes the part for a whole.
 *
 * @param items  in the order in which they are to lie on the sheets; each `copies` times, side by side
 * @throws AppError IMAGE_OUT_OF_BOUNDS | VALIDATION_FAILED | BUSY | IMAGE_UNREADABLE  as `drawCodes`
 */
export async function* writeSheet(
  options: SheetOptions,
  items: AsyncIterable<DrawItem> | Iterable<DrawItem>,
): AsyncGenerator<Uint8Array> {
  const { onPage } = options;
  const pdf = new PdfNumbering();
  yield* await sheetHead(options, pdf);
  let pages = 0;
  let labels = 0;
  for await (const { answer, count } of drawPages(options, items)) {
    yield* sheetPage(options, pages, answer.content, pdf);
    pages++;
    labels += count;
    onPage?.({ pages, labels, missingSigns: answer.missingSigns });
  }
  yield* sheetEnd(pages, pdf);
}

type DrawnPage = { answer: Extract<SheetPageAnswer, { outcome: 'drawn' }>; count: number };

/** As many pages under way as there are threads, one waiting, in order. */
async function* drawPages(
  options: SheetOptions,
  items: AsyncIterable<DrawItem> | Iterable<DrawItem>,
): AsyncGenerator<DrawnPage> {
  const underWay: Promise<DrawnPage>[] = [];
  try {
    for await (const labels of groupByPage(options.layout, items)) {
      const page = drawPage(options, labels);
      // Looked at in its turn; until then a failure must not count as nobody's.
      page.catch(() => undefined);
      underWay.push(page);
      const first = underWay.length > drawThreads ? underWay.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = underWay.shift(); next; next = underWay.shift()) yield await next;
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function drawPage(
  { layout, design, logo, signal }: SheetOptions,
  labels: { label: number; item: DrawItem }[],
): Promise<DrawnPage> {
  const answer = await runDrawTask('drawSheetPage', { layout, design, logo, labels }, signal);
  if (answer.outcome === 'refused') throw toRefusal({ design }, answer.refusal);
  if (answer.outcome === 'unreadable') {
    throw new AppError('IMAGE_UNREADABLE', `A page of labels did not prove itself: ${answer.why}`);
  }
  return { answer, count: labels.length };
}

async function* groupByPage(
  { columns, rows, startAt, copies }: SheetFile['layout'],
  items: AsyncIterable<DrawItem> | Iterable<DrawItem>,
): AsyncGenerator<{ label: number; item: DrawItem }[]> {
  const perPage = columns * rows;
  let page: { label: number; item: DrawItem }[] = [];
  let label = (startAt - 1) % perPage;
  for await (const item of items) {
    for (let copy = 0; copy < copies; copy++) {
      page.push({ label, item });
      label++;
      if (label < perPage) continue;
      yield page;
      page = [];
      label = 0;
    }
  }
  if (page.length > 0) yield page;
}
