import { csvByteOrderMark, toCsvLine } from '../csv';

/** A table with a head, for a spreadsheet. */
export async function* toCsv(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): AsyncGenerator<string> {
  yield csvByteOrderMark + toCsvLine(head) + rows.map(toCsvLine).join('');
}
