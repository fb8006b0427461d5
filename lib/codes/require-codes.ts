import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { countOfAccount } from './store';

/** For services that have authorised, and ids that are well formed. @throws AppError NOT_FOUND  one is unknown or of another account */
export async function requireCodes(db: Db, accountId: string, codeIds: string[]): Promise<void> {
  const ids = [...new Set(codeIds)];
  if ((await countOfAccount(db, accountId, ids)) !== ids.length) {
    throw new AppError('NOT_FOUND', 'one of these codes does not exist', { what: 'code' });
  }
}
