import { csvByteOrderMark, toCsvLine } from '../csv';
import { MAX_NAME_BYTES } from './file-names';
import type { ExportFacts } from './types';

export const manifestName = 'manifest.csv';
export const manifestColumns = [
  'file',
  'label',
  'campaign',
  'channel',
  'scene',
  'url',
  'expires',
  'sha256',
  'proof',
] as const;

/** What stands behind each file: who read it, and that file, caption, row, scene and stored url are one. */
export const proofWord = 'decoded by ZXing: equals url';

const encoder = new TextEncoder();

export const manifestHead = encoder.encode(`${csvByteOrderMark}${toCsvLine([...manifestColumns])}`);

/** @throws RangeError  the row is longer than the place that every row has */
export function manifestRow(
  row: { fileName: string; facts: ExportFacts; sha256: string },
  rowBytes: number,
): Uint8Array {
  const { fileName, facts, sha256 } = row;
  const { label, campaign, channel, scene, url, expires } = facts;
  const cells = [fileName, label, campaign, channel, scene, url, expires, sha256];
  // Rows of one length, so that each has its place: the last cell is filled up with blanks, which no table shows.
  const line = toCsvLine(cells).slice(0, -2);
  const text = encoder.encode(`${line},${proofWord}`);
  if (text.length + 2 > rowBytes) {
    throw new RangeError(`A row of ${text.length + 2} bytes in a place of ${rowBytes}`);
  }
  const place = new Uint8Array(rowBytes).fill(0x20);
  place.set(text);
  place.set([0x0d, 0x0a], rowBytes - 2);
  return place;
}

/** The row of one file in a place that is as long as it needs, to compare what it says. */
export function exactRow(row: { fileName: string; facts: ExportFacts; sha256: string }): Uint8Array {
  const width = (text: string) => Buffer.byteLength(text.replaceAll('"', '""'));
  const { label, campaign, channel, scene, url } = row.facts;
  const rowBytes = manifestRowBytes({
    label: width(label),
    campaign: width(campaign),
    channel: width(channel),
    scene: width(scene),
    url: width(url),
  });
  return manifestRow(row, rowBytes);
}

/** The length of the longest row that such texts can make, each in bytes with its quotation marks doubled. */
export function manifestRowBytes(widths: {
  label: number;
  campaign: number;
  channel: number;
  scene: number;
  url: number;
}): number {
  const { label, campaign, channel, scene, url } = widths;
  // Around each text two quotation marks, and an apostrophe before what would be a formula.
  const texts = label + campaign + channel + scene + url + MAX_NAME_BYTES + 6 * 3;
  const expires = 'YYYY-MM-DD HH:MM'.length;
  return texts + expires + 64 + proofWord.length + manifestColumns.length - 1 + 2;
}
