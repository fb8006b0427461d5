import 'server-only';
import { AppError } from '../errors';
import type { DrawItem, LogoImage, PrintDesignSettings } from './design-types';
import { toRefusal } from './draw-codes';
import { drawThreads, runDrawTask } from './draw-pool';
import type { SheetPageAnswer } from './draw-sheet-page';
import { logoPixels } from './drawing/logo-pixels';
import {
  PdfNumbering,
  pageBoxes,
  pdfBody,
  pdfInfo,
  pdfLogo,
  pdfStreamOf,
  searchFontObjects,
} from './drawing/pdf-objects';
import { CROP_MARK } from './plan-sheet';
import type { SheetLayout } from './sheet-types';

export type SheetOptions = {
  layout: SheetLayout;
  design: PrintDesignSettings;
  logo: LogoImage | null;
  title: string | null;
  signal?: AbortSignal;
  /** Told after each page: how many pages and labels are written. */
  onPage?: (written: { pages: number; labels: number; missingSigns: string[] }) => void;
};

/** Objects 1 to 6 are shared by all pages: catalog, pages, information, font, its drawing, logo. */
const FIRST_PAGE_OBJECT = 7;

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
  const { layout, design, logo, title, onPage } = options;
  const pdf = new PdfNumbering();
  yield pdf.header();
  yield pdf.object(1, pdfBody('<< /Type /Catalog /Pages 2 0 R >>'));
  yield pdf.object(3, pdfInfo(title));
  yield pdf.object(4, searchFontObjects.font(5));
  yield pdf.object(5, searchFontObjects.proc());
  if (logo) yield pdf.object(6, pdfLogo(await logoPixels(logo, design.background, null)));
  const resources = `<< /Font << /F 4 0 R >> ${logo ? '/XObject << /Logo 6 0 R >> ' : ''}>>`;

  let pages = 0;
  let labels = 0;
  for await (const { answer, count } of drawPages(options, items)) {
    const number = FIRST_PAGE_OBJECT + 2 * pages;
    yield pdf.object(
      number,
      pdfBody(
        `<< /Type /Page /Parent 2 0 R ${sheetBoxes(layout)} /Contents ${number + 1} 0 R /Resources ${resources} >>`,
      ),
    );
    yield pdf.object(number + 1, pdfStreamOf(answer.content));
    pages++;
    labels += count;
    onPage?.({ pages, labels, missingSigns: answer.missingSigns });
  }
  const kids = Array.from({ length: pages }, (_, page) => `${FIRST_PAGE_OBJECT + 2 * page} 0 R`);
  yield pdf.object(2, pdfBody(`<< /Type /Pages /Count ${pages} /Kids [${kids.join('\n')}] >>`));
  yield pdf.end(3);
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
  { columns, rows, startAt, copies }: SheetLayout,
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

/** A sheet is cut by its marks and is itself the page; a single label's page is cut to the label. */
function sheetBoxes(layout: SheetLayout): string {
  const { pageWidthMm, pageHeightMm, isSinglePage, bleedMm, cropMarks } = layout;
  if (!isSinglePage) return pageBoxes(pageWidthMm, pageHeightMm);
  const marksMm = cropMarks ? CROP_MARK.gapMm + CROP_MARK.lengthMm : 0;
  return pageBoxes(pageWidthMm, pageHeightMm, { trimMm: bleedMm + marksMm, bleedMm: marksMm });
}
