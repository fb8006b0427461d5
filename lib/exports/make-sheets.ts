import 'server-only';
import { getCodes } from '../codes/get-codes';
import type { Context } from '../context';
import { PdfNumbering } from '../print/drawing/pdf-objects';
import { pageObjects, type SheetFile, sheetEnd, sheetHead, sheetPage } from '../print/sheet-file';
import type { SheetLayout } from '../print/sheet-types';
import { drawPagesInThread, PIECES_AHEAD } from './draw-pool';
import type { DrawnPage } from './drawing';
import { inOrder } from './in-order';
import { insertPart, readObjectPlaces, readStanding } from './part-store';
import { ExportFaultError, type Lease, LeaseLostError } from './prove-items';
import { type Label, type PagesPiece, provePages } from './prove-pages';
import type { Recipe } from './recipe';
import { placeOnSheets } from './sheet-places';
import { insertItems, type ProvedItem, readItems, readPinnedIds } from './store';
import { toFacts, toPieceItem } from './to-facts';
import type { ExportFacts } from './types';

const LABELS_AT_ONCE = 60;

/**
 * Makes the pages of an export from where they stand, keeps them, and gives them out.
 *
 * A page is kept once each of its labels was read back from the page itself, and label, caption, facts, scene and stored url
 * agree. It takes up where another process stopped.
 *
 * @throws ExportFaultError | LeaseLostError | UnprovedError
 * @throws AppError IMAGE_UNREADABLE | IMAGE_OUT_OF_BOUNDS | VALIDATION_FAILED
 */
export async function* makeSheets(
  ctx: Context,
  recipe: Recipe,
  layout: SheetLayout,
  { lease, signal }: { lease: Lease; signal: AbortSignal },
): AsyncGenerator<{ files: number; bytes: Uint8Array }> {
  const { design, logo } = recipe.drawing;
  const file: SheetFile = { layout, design, logo, title: null };
  const standing = await readStanding(ctx.db, recipe.id);
  if (standing.isClosed) return;
  const pdf = new PdfNumbering(standing.bytes);
  let { parts, pages } = standing;

  const draw = async (piece: PagesPiece): Promise<PagesPiece & { drawn: DrawnPage[] }> => {
    const labels = piece.pages.map((page) =>
      page.map(({ place, facts }) => ({ label: place, item: toPieceItem(facts, '', design) })),
    );
    return { ...piece, drawn: await drawPagesInThread({ layout, design, logo, pages: labels }, signal) };
  };

  for await (const piece of inOrder(readPages(ctx, recipe, layout, pages), PIECES_AHEAD, draw)) {
    signal.throwIfAborted();
    const begun = provePages(recipe, piece);
    const at = pdf.position;
    const chunks = parts === 0 ? await sheetHead(file, pdf) : [];
    const objectAt: number[] = [];
    for (const [place, { content }] of piece.drawn.entries()) {
      const pageAt = pdf.position;
      const [page, stream] = sheetPage(file, piece.firstPage + place, content, pdf);
      objectAt.push(pageAt - at, pageAt + page.length - at);
      chunks.push(page, stream);
    }
    yield await keep({ from: piece.from, begun, at, chunks, objectAt });
  }
  const end = new PdfNumbering(pdf.position);
  const head = new PdfNumbering();
  await sheetHead(file, head);
  end.adopt(head);
  for (const [at, place] of (await readObjectPlaces(ctx.db, recipe.id)).entries()) {
    end.placed(pageObjects(Math.floor(at / 2))[at % 2 === 0 ? 0 : 1], place);
  }
  const at = pdf.position;
  yield await keep({ from: recipe.total, begun: [], at, chunks: sheetEnd(pages, end), objectAt: [] });

  async function keep(made: {
    from: number;
    begun: ProvedItem[];
    at: number;
    chunks: Uint8Array[];
    objectAt: number[];
  }): Promise<{ files: number; bytes: Uint8Array }> {
    const bytes = Uint8Array.from(Buffer.concat(made.chunks));
    const part = {
      part: parts,
      at: made.at,
      pages: made.objectAt.length / 2,
      bytes,
      objectAt: made.objectAt,
    };
    await ctx.db.$transaction(async (tx) => {
      const { held, agreed } = await insertItems(
        tx,
        { exportId: recipe.id, leaseToken: lease.token, from: made.from, leaseUntil: lease.until() },
        made.begun,
      );
      if (!held) throw new LeaseLostError(`export ${recipe.id} is no longer this worker's`);
      if (agreed !== made.begun.length) {
        throw new ExportFaultError('changed', 'labels hold another url or scene than their code');
      }
      await insertPart(tx, recipe.id, part);
    });
    parts++;
    pages += part.pages;
    return { files: made.begun.length, bytes };
  }
}

/** Reads what lies on the pages when their turn comes; a code that began on a page before is as it was there. */
async function* readPages(
  ctx: Context,
  recipe: Recipe,
  layout: SheetLayout,
  standing: number,
): AsyncGenerator<PagesPiece> {
  const { id, accountId, total, timeZone } = recipe;
  const sheets = placeOnSheets(layout, total);
  const pagesAtOnce = Math.max(1, Math.floor(LABELS_AT_ONCE / sheets.perPage));
  let last: ExportFacts | null = null;
  for (let firstPage = standing; firstPage < sheets.pages; firstPage += pagesAtOnce) {
    const endPage = Math.min(sheets.pages, firstPage + pagesAtOnce);
    const { firstLabel, endLabel, firstItem, from, endItem } = sheets.span(firstPage, endPage);
    if (firstItem < from && last === null) {
      last = (await readItems(ctx.db, id, firstItem, 1))[0]?.facts ?? null;
    }
    const begun = await readFacts(ctx, { id, accountId, timeZone }, from, endItem - from);
    const carried: ExportFacts | null = last;
    const pages = Array.from({ length: endPage - firstPage }, (): Label[] => []);
    for (let label = firstLabel; label < endLabel; label++) {
      const item = sheets.itemOf(label);
      const facts = item < from ? carried : begun[item - from];
      if (!facts) throw new ExportFaultError('changed', 'a code of the export is gone');
      pages[sheets.pageOf(label) - firstPage]?.push({ place: label % sheets.perPage, facts });
    }
    last = begun.at(-1) ?? carried;
    yield { firstPage, from, begun, pages };
  }
}

async function readFacts(
  ctx: Context,
  { id, accountId, timeZone }: Pick<Recipe, 'id' | 'accountId' | 'timeZone'>,
  from: number,
  count: number,
): Promise<ExportFacts[]> {
  if (count === 0) return [];
  const ids = await readPinnedIds(ctx.db, id, from, count);
  if (ids.length === 0) throw new LeaseLostError(`export ${id} is no longer there`);
  const codes = await getCodes(ctx, accountId, ids);
  const facts = codes.map((code, place) => (code.id === ids[place] ? toFacts(code, timeZone) : null));
  if (facts.length !== count || facts.includes(null)) {
    throw new ExportFaultError('changed', 'a code of the export is gone');
  }
  return facts.flatMap((each) => each ?? []);
}
