import 'server-only';
import type { Db } from '../db/open-database';
import { deleteNeverScanned } from './store';

/** Removes codes of bindings that nobody scanned, so that nothing that was counted loses its code. @returns how many */
export function discardNeverScanned(db: Db, codeIds: string[]): Promise<number> {
  return deleteNeverScanned(db, codeIds);
}
