import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { type ExportRow, findExport } from './store';

/** For services that have authorised. @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireExport(db: Db, accountId: string, exportId: string): Promise<ExportRow> {
  requireId(accountId, 'account');
  const row = await findExport(db, accountId, requireId(exportId, 'export'));
  if (!row) throw new AppError('NOT_FOUND', `no export ${exportId}`, { what: 'export' });
  return row;
}
