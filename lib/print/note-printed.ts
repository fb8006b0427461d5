import 'server-only';
import type { Db } from '../db/open-database';
import { insertFirstPrints } from './store';

/** Notes that these codes went into print files, so that those which nobody scans afterwards can be told. */
export function notePrinted(db: Db, codeIds: readonly string[], at: Date): Promise<void> {
  return insertFirstPrints(db, codeIds, at);
}
