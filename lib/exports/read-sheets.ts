import 'server-only';
import type { Db } from '../db/open-database';
import { findPartAt, readPart } from './part-store';
import { ExportFaultError } from './prove-items';

/**
 * Gives out what lies from `start` to before `end` of a file of sheets.
 *
 * @throws ExportFaultError  some of it is no longer kept
 */
export async function* readSheetRange(
  db: Db,
  exportId: string,
  { start, end }: { start: number; end: number },
): AsyncGenerator<Uint8Array> {
  let at = start;
  for (let number = await findPartAt(db, exportId, start); at < end; number = (number ?? 0) + 1) {
    const part = number === null ? null : await readPart(db, exportId, number);
    if (!part) throw new ExportFaultError('changed', 'a part of the file is gone');
    const bytes = part.bytes.subarray(at - part.at, Math.min(part.bytes.length, end - part.at));
    yield bytes;
    at += bytes.length;
  }
}
