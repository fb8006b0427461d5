import { manifestHead, manifestName, manifestRow } from './manifest';
import { mergeHead, mergeName, mergeRow } from './merge';
import type { ExportFacts } from './types';

/** A table behind the files of a ZIP: a head, and a row of one length for each file, so that each has its place. */
export type ExportTable = {
  name: string;
  head: Uint8Array;
  rowBytes: number;
  /** @throws RangeError  the row is longer than its place */
  row: (item: { fileName: string; facts: ExportFacts; sha256: string }) => Uint8Array;
};

/** The widths of the rows; null: an export without that table. */
export type TableWidths = { manifestRowBytes: number; mergeRowBytes: number | null };

/** The tables of a ZIP in the order in which they stand; the manifest is the last. */
export function tablesOf({ manifestRowBytes, mergeRowBytes }: TableWidths): ExportTable[] {
  const manifest = table(manifestName, manifestHead, manifestRowBytes, manifestRow);
  return mergeRowBytes === null
    ? [manifest]
    : [table(mergeName, mergeHead, mergeRowBytes, mergeRow), manifest];
}

function table(
  name: string,
  head: Uint8Array,
  rowBytes: number,
  write: (item: Parameters<ExportTable['row']>[0], rowBytes: number) => Uint8Array,
): ExportTable {
  return { name, head, rowBytes, row: (item) => write(item, rowBytes) };
}
