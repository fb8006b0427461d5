import { MAX_NAME_BYTES } from './file-names';
import { proofWord } from './manifest';
import type { ExportFacts } from './types';

export const mergeName = 'merge.txt';

/** InDesign takes a column whose name begins with `@` for the paths of pictures. */
export const mergeColumns = [
  '@code',
  'label',
  'campaign',
  'channel',
  'number',
  'city',
  'expires',
  'proof',
] as const;

const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/** UTF-16 with tabs: the one form in which every version of InDesign reads Chinese without being told. */
const encode = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

export const mergeHead = encode(`${BYTE_ORDER_MARK}${mergeColumns.join('\t')}${LINE_END}`);

/**
 * The row of one file in the table for InDesign's data merge: the picture by its name alone, since it lies beside the table.
 *
 * @throws RangeError  the row is longer than the place that every row has
 */
export function mergeRow(
  { fileName, facts }: { fileName: string; facts: ExportFacts },
  rowBytes: number,
): Uint8Array {
  const { label, campaign, channel, number = '', city = '', expires } = facts;
  const cells = [fileName, ...[label, campaign, channel, number, city, expires].map(toMergeCell)];
  const text = `${cells.join('\t')}\t${proofWord}`;
  // The last cell, which nobody prints, is filled up with blanks; one anywhere else would shift what is centred.
  const signs = rowBytes / 2 - LINE_END.length;
  if (text.length > signs) throw new RangeError(`A row of ${text.length} signs in a place of ${signs}`);
  return encode(`${text.padEnd(signs)}${LINE_END}`);
}

/**
 * A text as it is printed: in one line, without a straight quotation mark, which would hold cells together, and with nothing at
 * its beginning that a spreadsheet takes for a formula. A floor below the ground, -1F, gets the minus that printers set.
 */
export function toMergeCell(value: string): string {
  const text = value
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/"([^"]*)"/g, '“$1”')
    .replaceAll('"', '”')
    .replace(/^-/, '−');
  return /^[=+@＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** The length of the longest row that such texts can make, each in bytes of UTF-8: none takes more than twice as many in UTF-16. */
export function mergeRowBytes(widths: {
  label: number;
  campaign: number;
  channel: number;
  number: number;
  city: number;
}): number {
  const { label, campaign, channel, number, city } = widths;
  const expires = 'YYYY-MM-DD HH:MM'.length;
  const apostrophes = 5;
  const texts = MAX_NAME_BYTES + label + campaign + channel + number + city + expires + apostrophes;
  return 2 * (texts + proofWord.length + mergeColumns.length - 1 + LINE_END.length);
}
