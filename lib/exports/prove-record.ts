import { manifestColumns } from './manifest';
import { mergeColumns, toMergeCell } from './merge';
import type { ExportFacts } from './types';

/** One file of an export as it is about to be sent, and everything that is said of it elsewhere. */
export type ExportRecord = {
  fileName: string;
  facts: ExportFacts;
  /** What an independent reader found in the finished file. */
  decoded: string;
  /** Of the finished file, hex. */
  sha256: string;
  /** What was asked to stand below the symbol; null: nothing. */
  caption: string | null;
  /** What the drawing says that it has set there; its last line may end in … where it was cut. */
  captionLines: readonly string[];
  /** The row of the manifest as it will be sent. */
  row: Uint8Array;
  /** That of a data merge; null: there is none. */
  merge: Uint8Array | null;
};

/** A file that does not agree with what is said of it. None of it may leave. */
export class UnprovedError extends Error {
  override readonly name = 'UnprovedError';
}

/**
 * Compares file, caption, rows of the tables, scene and url as one record. That the url and the scene are those of the code is for
 * the database to say, when the record is kept.
 *
 * @throws UnprovedError  two of them differ; the message says which
 */
export function proveRecord({
  fileName,
  facts,
  decoded,
  sha256,
  caption,
  captionLines,
  row,
  merge,
}: ExportRecord): void {
  if (decoded !== facts.url) throw new UnprovedError(`${fileName} holds another url than its code`);
  const cells = readRow(new TextDecoder('utf-8', { fatal: true }).decode(row));
  const said = new Map(manifestColumns.map((column, at) => [column as string, cells[at] ?? '']));
  const wanted = { ...facts, file: fileName, sha256 };
  for (const column of [
    'file',
    'label',
    'campaign',
    'channel',
    'scene',
    'url',
    'expires',
    'sha256',
  ] as const) {
    if (unguarded(said.get(column) ?? '') !== unguarded(wanted[column])) {
      throw new UnprovedError(`the manifest says another ${column} of ${fileName}`);
    }
  }
  if (merge) proveMerge(merge, fileName, facts);
  if (!agrees(captionLines, caption)) throw new UnprovedError(`${fileName} bears the caption of another`);
}

function proveMerge(row: Uint8Array, fileName: string, facts: ExportFacts): void {
  const cells = new TextDecoder('utf-16le', { fatal: true }).decode(row).split('\t');
  const { label, campaign, channel, number = '', city = '', expires } = facts;
  const wanted = [fileName, ...[label, campaign, channel, number, city, expires].map(toMergeCell)];
  for (const [at, text] of wanted.entries()) {
    if (cells[at] !== text)
      throw new UnprovedError(`the merge says another ${mergeColumns[at]} of ${fileName}`);
  }
}

/** The apostrophe that keeps a spreadsheet from taking a text for a formula. */
const unguarded = (cell: string) => cell.replace(/^'/, '');

/** Whether what was set is the caption: broken into lines anywhere, and perhaps cut. */
function agrees(lines: readonly string[], caption: string | null): boolean {
  const set = squeeze(lines.join(''));
  const asked = squeeze(caption ?? '');
  return set.endsWith('…') ? asked.startsWith(set.slice(0, -1)) || asked === set : set === asked;
}

const squeeze = (text: string) => text.normalize('NFC').replace(/[\s\p{Cc}]+/gu, '');

/** RFC 4180, one row. */
function readRow(line: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|\r\n$)/y;
  while (cell.lastIndex < line.length) {
    const found = cell.exec(line);
    if (!found) throw new UnprovedError('a row of the manifest cannot be read');
    cells.push((found[1] ?? found[2] ?? '').replaceAll('""', '"'));
  }
  return cells;
}
