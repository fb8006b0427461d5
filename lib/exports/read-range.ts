import 'server-only';
import type { Context } from '../context';
import { crc32 } from '../qr/png-crc';
import { type EntryFacts, writeCentralRecord, writeEnd, writeLocalHeader } from '../zip/records';
import { drawInThread, PIECES_AHEAD } from './draw-pool';
import { inOrder } from './in-order';
import { ExportFaultError, pieceFiles } from './prove-items';
import type { Recipe } from './recipe';
import { type ItemRow, readItems } from './store';
import type { ExportTable } from './tables';
import { toPieceItem } from './to-facts';

const ROWS_AT_ONCE = 500;
const encoder = new TextEncoder();

/** A part of the file and the place where it begins. */
type Part = { at: number; bytes: Uint8Array };

/**
 * Makes a part of a finished ZIP again: what lies from `start` to before `end`. Any process can, since the places follow from
 * the layout and the files from what was kept of them; each is compared with its checksum before it leaves.
 *
 * @throws ExportFaultError  a file comes out differently than it was proved
 */
export async function* readZipRange(
  db: Context['db'],
  recipe: Recipe,
  { start, end, signal }: { start: number; end: number; signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  for await (const { at, bytes } of parts(db, recipe, { start, end, signal })) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + bytes.length);
    if (from < to) yield bytes.subarray(from - at, to - at);
  }
}

async function* parts(
  db: Context['db'],
  recipe: Recipe,
  range: { start: number; end: number; signal: AbortSignal },
): AsyncGenerator<Part> {
  const { layout } = recipe;
  if (range.start < layout.lastAt) yield* slots(db, recipe, range);
  if (range.end > layout.lastAt) yield* tail(db, recipe, range);
}

async function* slots(
  db: Context['db'],
  recipe: Recipe,
  { start, end, signal }: { start: number; end: number; signal: AbortSignal },
): AsyncGenerator<Part> {
  const { drawing, layout, modifiedAt } = recipe;
  const { slotBytes } = layout;
  const files = pieceFiles(slotBytes);
  const first = Math.floor(start / slotBytes);
  const behind = Math.min(layout.count, Math.ceil(end / slotBytes));

  async function* pieces() {
    for (let from = first; from < behind; from += files) {
      yield { from, items: await readWhole(db, recipe, from, Math.min(files, behind - from)) };
    }
  }
  const draw = async ({ from, items }: { from: number; items: ItemRow[] }): Promise<Part> => {
    const answer = await drawInThread(
      {
        ...drawing,
        slotBytes,
        modifiedAt: modifiedAt.getTime(),
        items: items.map(({ facts, fileName }) => toPieceItem(facts, fileName, drawing.design)),
      },
      signal,
    );
    const isSame =
      answer.outcome === 'drawn' && answer.files.every(({ sha256 }, at) => sha256 === items[at]?.sha256);
    if (!isSame || !answer.slots) {
      throw new ExportFaultError('changed', 'a file comes out differently than it was proved');
    }
    return { at: from * slotBytes, bytes: answer.slots };
  };
  for await (const part of inOrder(pieces(), PIECES_AHEAD, draw)) {
    signal.throwIfAborted();
    yield part;
  }
}

/** The tables, the directory and the end: from what is kept, nothing is drawn. */
async function* tail(
  db: Context['db'],
  recipe: Recipe,
  { start, end, signal }: { start: number; end: number; signal: AbortSignal },
): AsyncGenerator<Part> {
  const { layout, modifiedAt, tables } = recipe;

  async function* rows(from: number, behind: number): AsyncGenerator<{ from: number; items: ItemRow[] }> {
    for (let at = from; at < behind; at += ROWS_AT_ONCE) {
      signal.throwIfAborted();
      yield { from: at, items: await readWhole(db, recipe, at, Math.min(ROWS_AT_ONCE, behind - at)) };
    }
  }
  const rowsOf = ({ row }: ExportTable, items: ItemRow[]) => Buffer.concat(items.map(row));

  const lasts = tables.map((table, at) => ({
    table,
    place: layout.lasts[at] ?? { at: layout.centralAt, bytes: 0 },
    sum: crc32(table.head),
  }));
  for await (const { items } of rows(0, layout.count)) {
    for (const last of lasts) last.sum = crc32(rowsOf(last.table, items), last.sum);
  }
  const entryOf = ({ table, place, sum }: (typeof lasts)[number]): EntryFacts => ({
    name: encoder.encode(table.name),
    dataBytes: place.bytes,
    crc32: sum,
    modifiedAt,
  });

  for (const last of lasts) {
    const { table, place } = last;
    const headAt = place.at + layout.lastHeaderBytes;
    if (end <= place.at || start >= headAt + place.bytes) continue;
    const header = new Uint8Array(layout.lastHeaderBytes);
    writeLocalHeader(header, entryOf(last), header.length);
    yield { at: place.at, bytes: header };
    yield { at: headAt, bytes: table.head };
    const rowsAt = headAt + table.head.length;
    const first = Math.max(0, Math.floor((start - rowsAt) / table.rowBytes));
    const behind = Math.min(layout.count, Math.ceil((end - rowsAt) / table.rowBytes));
    for await (const { from, items } of rows(first, behind)) {
      yield { at: rowsAt + from * table.rowBytes, bytes: rowsOf(table, items) };
    }
  }
  if (end <= layout.centralAt) return;

  const { centralAt, centralRecordBytes: recordBytes, endAt, slotBytes } = layout;
  const record = (entry: EntryFacts, offset: number) => {
    const bytes = new Uint8Array(recordBytes);
    writeCentralRecord(bytes, entry, { offset, recordBytes });
    return bytes;
  };
  const first = Math.max(0, Math.floor((start - centralAt) / recordBytes));
  const behind = Math.min(layout.count, Math.ceil((end - centralAt) / recordBytes));
  for await (const { from, items } of rows(first, behind)) {
    const records = items.map(({ fileName, bytes, crc32: fileSum }, place) =>
      record(
        { name: encoder.encode(fileName), dataBytes: bytes, crc32: fileSum, modifiedAt },
        (from + place) * slotBytes,
      ),
    );
    yield { at: centralAt + from * recordBytes, bytes: Buffer.concat(records) };
  }
  for (const [at, last] of lasts.entries()) {
    yield {
      at: endAt - (lasts.length - at) * recordBytes,
      bytes: record(entryOf(last), last.place.at),
    };
  }
  const count = layout.count + lasts.length;
  yield { at: endAt, bytes: writeEnd({ count, centralAt, centralBytes: endAt - centralAt }) };
}

async function readWhole(db: Context['db'], recipe: Recipe, from: number, count: number): Promise<ItemRow[]> {
  const items = await readItems(db, recipe.id, from, count);
  if (items.length !== count) throw new ExportFaultError('changed', 'what the files are made from is gone');
  return items;
}
