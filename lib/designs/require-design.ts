import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { type DesignRow, findDesignRow } from './store';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireDesign(db: Db, accountId: string, designId: string): Promise<DesignRow> {
  requireId(accountId, 'account');
  const row = await findDesignRow(db, accountId, requireId(designId, 'design'));
  if (!row) throw new AppError('NOT_FOUND', `no design ${designId}`, { what: 'design' });
  return row;
}
