import 'server-only';
import { getCodes } from '../codes/get-codes';
import type { Context } from '../context';
import { printExtensions } from '../print/design-types';
import { drawInThread, PIECES_AHEAD } from './draw-pool';
import type { PieceAnswer, PieceItem } from './drawing';
import { FileNames } from './file-names';
import { inOrder } from './in-order';
import { mergeName } from './merge';
import { proveRecord } from './prove-record';
import type { Recipe } from './recipe';
import { growPlaces, insertItems, type ProvedItem, readItems, readPinnedIds } from './store';
import { type ExportTable, tablesOf } from './tables';
import { toFacts, toPieceItem } from './to-facts';
import type { ExportFault } from './types';

/** Why an export cannot go on; `fault` is what the person reads. */
export class ExportFaultError extends Error {
  override readonly name = 'ExportFaultError';
  constructor(
    readonly fault: ExportFault,
    message: string,
  ) {
    super(message);
  }
}

/** Somebody cancelled it, or another process has taken it over. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

const PIECE_BYTES = 2 ** 19;
const PIECE_FILES = 64;
const NAMES_AT_ONCE = 5_000;

type Piece = { from: number; items: PieceItem[]; proved: Omit<ProvedItem, 'file'>[] };
type DrawnPiece = Piece & { answer: Extract<PieceAnswer, { outcome: 'drawn' }> };

export type Lease = { token: string; until: () => Date };

/** How many files make one piece of work: some hundred KB. */
export function pieceFiles(bytesEach: number): number {
  return Math.max(1, Math.min(PIECE_FILES, Math.floor(PIECE_BYTES / bytesEach)));
}

/**
 * Draws, proves and keeps the files of an export from `from` on, in order.
 *
 * Each piece is given out once all of its files are proved: file, caption, row of the manifest, scene and stored url agree.
 *
 * @param withSlots  the pieces' places in the ZIP are wanted; else they are only measured, and may outgrow what was foreseen
 * @throws ExportFaultError | LeaseLostError
 */
export async function* proveItems(
  ctx: Context,
  recipe: Recipe,
  { from, lease, withSlots, signal }: { from: number; lease: Lease; withSlots: boolean; signal: AbortSignal },
): AsyncGenerator<{ files: number; slots: Uint8Array | null }> {
  const { drawing, layout, modifiedAt } = recipe;
  const places = { maxDataBytes: layout.slotBytes, ...recipe.widths };
  const slotBytes = withSlots ? layout.slotBytes : null;

  const draw = async (piece: Piece): Promise<DrawnPiece> => {
    const request = { ...drawing, slotBytes, modifiedAt: modifiedAt.getTime(), items: piece.items };
    const answer = await drawInThread(request, signal);
    if (answer.outcome === 'tooLong') {
      throw new ExportFaultError('tooLarge', `a file of ${answer.bytes} bytes in a place of ${slotBytes}`);
    }
    return { ...piece, answer };
  };

  for await (const piece of inOrder(readPieces(ctx, recipe, from), PIECES_AHEAD, draw)) {
    signal.throwIfAborted();
    const items = piece.proved.map((each, at): ProvedItem => {
      const file = piece.answer.files[at];
      const item = piece.items[at];
      if (!file || !item) throw new ExportFaultError('unproved', 'a file of a piece is missing');
      const said = { ...each, sha256: file.sha256 };
      if (!withSlots) growRows(said);
      const [row, merge = null] = tablesOf(places)
        .reverse()
        .map((table) => table.row(said));
      if (!row) throw new ExportFaultError('unproved', 'a file has no row in the manifest');
      proveRecord({ ...each, ...file, caption: item.caption, row, merge });
      return { ...each, file };
    });
    if (!withSlots) await grow(piece.answer.files.map(({ bytes }) => bytes));
    const { held, agreed } = await ctx.db.$transaction((tx) =>
      insertItems(
        tx,
        { exportId: recipe.id, leaseToken: lease.token, from: piece.from, leaseUntil: lease.until() },
        items,
      ),
    );
    if (!held) throw new LeaseLostError(`export ${recipe.id} is no longer this worker's`);
    if (agreed !== items.length) {
      throw new ExportFaultError(
        'changed',
        `${items.length - agreed} files hold another url or scene than their code`,
      );
    }
    yield { files: items.length, slots: piece.answer.slots };
  }

  /** Before a byte is sent the places may still grow. */
  function growRows(said: Parameters<ExportTable['row']>[0]): void {
    for (const { name, row } of tablesOf(places)) {
      try {
        row(said);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        if (name === mergeName) places.mergeRowBytes = (places.mergeRowBytes ?? 0) + 200;
        else places.manifestRowBytes += 100;
        growRows(said);
        return;
      }
    }
  }

  async function grow(bytes: number[]): Promise<void> {
    const maxDataBytes = Math.max(...bytes);
    const room = layout.slotBytes - layout.lastHeaderBytes;
    const grown = {
      ...(maxDataBytes > Math.max(room, places.maxDataBytes - layout.lastHeaderBytes)
        ? { maxDataBytes }
        : {}),
      ...(places.manifestRowBytes > recipe.widths.manifestRowBytes
        ? { manifestRowBytes: places.manifestRowBytes }
        : {}),
      ...(places.mergeRowBytes !== recipe.widths.mergeRowBytes
        ? { mergeRowBytes: places.mergeRowBytes }
        : {}),
    };
    if (Object.keys(grown).length === 0) return;
    if (grown.maxDataBytes) places.maxDataBytes = grown.maxDataBytes + layout.lastHeaderBytes;
    await growPlaces(ctx.db, recipe.id, grown);
  }
}

/** What the files are made from, read when their turn comes: label, campaign and channel as they are then. */
export async function* readPieces(ctx: Context, recipe: Recipe, from: number): AsyncGenerator<Piece> {
  const { drawing, layout, total } = recipe;
  const names = new FileNames(recipe.nameTemplate, printExtensions[drawing.format]);
  for (let at = 0; at < from; at += NAMES_AT_ONCE) {
    const earlier = await readItems(ctx.db, recipe.id, at, Math.min(NAMES_AT_ONCE, from - at));
    names.take(earlier.map(({ fileName }) => fileName));
  }
  const files = pieceFiles(layout.slotBytes);
  for (let at = from; at < total; at += files) {
    const ids = await readPinnedIds(ctx.db, recipe.id, at, Math.min(files, total - at));
    if (ids.length === 0) throw new LeaseLostError(`export ${recipe.id} is no longer there`);
    const codes = await getCodes(ctx, recipe.accountId, ids);
    const proved = codes.map((code, place) => {
      const facts = toFacts(code, recipe.timeZone);
      if (facts === null || code.id !== ids[place])
        throw new ExportFaultError('changed', `code ${code.id} is gone`);
      return { facts, fileName: names.next(facts, at + place) };
    });
    if (proved.length !== ids.length) throw new ExportFaultError('changed', 'a code of the export is gone');
    const items = proved.map(({ facts, fileName }) => toPieceItem(facts, fileName, drawing.design));
    yield { from: at, items, proved };
  }
}
