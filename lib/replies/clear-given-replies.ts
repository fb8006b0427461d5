import 'server-only';
import type { Db } from '../db/open-database';
import { deleteGivenBefore } from './store';

/** For the task that clears away what pushes were answered with. @returns how many */
export function clearGivenReplies(db: Db, before: Date, limit: number): Promise<number> {
  return deleteGivenBefore(db, before, limit);
}
