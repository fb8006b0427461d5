import 'server-only';
import { CsvError, type Options, parse } from 'csv-parse';
import { invalidField } from '../errors';
import { decodeText, unreadable } from './decode-text';
import { maxCellCharacters, maxColumns, maxFileBytes, maxTableRows } from './limits';
import type { RowIssue } from './types';

const maxHeaderCharacters = maxColumns * maxCellCharacters;

/** A file of a table, read as often as needed. */
export type TableFile = {
  open: () => AsyncIterable<Uint8Array>;
  /** As the sender named it; null: found. */
  charset: string | null;
  name: string | null;
};

export type TableRow = {
  /** Where it begins; the first line of the file is 1. */
  line: number;
  cells: string[];
  /** Why its cells are not to be believed. */
  issues: RowIssue[];
};

/**
 * Reads a table of comma, semicolon or tab separated values row by row; nothing of the file is held but the row at hand.
 *
 * The first row comes first and holds the names. Empty lines are passed over. What is wrong with one row stands in its
 * `issues`; only what makes the whole file unreadable throws.
 *
 * @throws AppError PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  see `decodeText`
 * @throws AppError VALIDATION_FAILED  no row at all, too many columns or rows
 */
export async function* readTable(file: TableFile): AsyncGenerator<TableRow> {
  const text = await peekFirstLine(decodeText(file.open(), file.charset, maxFileBytes));
  let line = 1;
  let header: string[] | null = null;
  let rows = 0;
  for await (const record of parseRecords(text.all, findDelimiter(text.firstLine))) {
    if (record instanceof CsvError) {
      // A quote that is never closed swallows the rest of the file: its row is named, and what follows cannot be read.
      const code = record.code === 'CSV_MAX_RECORD_SIZE' ? 'rowTooLong' : 'quoteNotClosed';
      if (header === null) throw invalidField('columns', code, record.message);
      yield { line, cells: [], issues: [{ field: '', code, message: record.message }] };
      return;
    }
    const startsAt = line;
    line += 1 + record.reduce((breaks, cell) => breaks + countBreaks(cell), 0);
    if (record.every((cell) => cell.trim() === '')) continue;
    if (header === null) {
      if (record.length > maxColumns) {
        throw invalidField('columns', 'tooMany', `at most ${maxColumns} columns`, { max: maxColumns });
      }
      header = record;
      yield { line: startsAt, cells: record.map((cell) => cell.trim()), issues: [] };
      continue;
    }
    rows += 1;
    if (rows > maxTableRows) {
      throw invalidField('rows', 'tooMany', `at most ${maxTableRows} rows`, { max: maxTableRows });
    }
    yield { line: startsAt, cells: record, issues: judgeCells(record, header.length) };
  }
  if (header === null) throw invalidField('rows', 'tooFew', 'the file is empty', { min: 1 });
}

/** The records of a text in order; an error comes as the last of them, after all that could be read before it. */
async function* parseRecords(
  chunks: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string[] | CsvError> {
  let read: string[][] = [];
  const options: Options<string[]> = {
    delimiter,
    max_record_size: maxColumns * (maxCellCharacters + 4),
    // Taken here and not from the stream, which forgets what it holds when it fails.
    on_record: (record) => {
      read.push(record);
      return null;
    },
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
  };
  const parser = parse(options).resume();
  parser.on('error', () => undefined);
  const feed = (chunk: string | null) =>
    new Promise<Error | null>((resolve) => {
      const done = (error?: Error | null) => resolve(error ?? null);
      if (chunk === null) parser.end(done);
      else parser.write(chunk, done);
    });

  for await (const chunk of withEnd(chunks)) {
    const error = await feed(chunk);
    yield* read;
    read = [];
    if (error instanceof CsvError) yield error;
    if (error !== null) return;
  }
}

async function* withEnd(chunks: AsyncIterable<string>): AsyncGenerator<string | null> {
  for await (const chunk of chunks) if (chunk !== '') yield chunk;
  yield null;
}

function judgeCells(cells: string[], wanted: number): RowIssue[] {
  const issues: RowIssue[] = [];
  const isLonger = cells.slice(wanted).some((cell) => cell.trim() !== '');
  if (isLonger || cells.length < wanted) {
    const params = { found: cells.length, wanted };
    issues.push({
      field: '',
      code: 'cellCount',
      params,
      message: `has ${cells.length} cells, wanted ${wanted}`,
    });
  }
  if (cells.some((cell) => cell.includes(unreadable))) {
    issues.push({ field: '', code: 'notText', message: 'holds bytes that are no text' });
  }
  if (cells.some((cell) => cell.length > maxCellCharacters)) {
    const params = { max: maxCellCharacters };
    issues.push({
      field: '',
      code: 'cellTooLong',
      params,
      message: `a cell is longer than ${maxCellCharacters}`,
    });
  }
  return issues;
}

function countBreaks(cell: string): number {
  return cell.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** The sign that stands most often in the first line, outside of quotes. */
function findDelimiter(firstLine: string): string {
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

async function peekFirstLine(chunks: AsyncGenerator<string>) {
  let held = '';
  for (let isEnded = false; !isEnded && !/\S[^\n]*[\n\r]/.test(held) && held.length < maxHeaderCharacters; ) {
    const { value, done } = await chunks.next();
    isEnded = done === true;
    held += value ?? '';
  }
  async function* all(): AsyncGenerator<string> {
    yield held;
    yield* chunks;
  }
  return { firstLine: held.trimStart().split(/[\n\r]/)[0] ?? '', all: all() };
}
