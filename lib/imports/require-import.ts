import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findImport } from './store';
import type { ImportDto } from './types';

/** For services that have authorised. @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireImport(db: Db, accountId: string, importId: string): Promise<ImportDto> {
  requireId(accountId, 'account');
  const row = await findImport(db, accountId, requireId(importId, 'codeImport'));
  if (!row) throw new AppError('NOT_FOUND', `no import ${importId}`, { what: 'codeImport' });
  const { createdByName, createdAt, ...rest } = row;
  return { ...rest, createdAt: createdAt.toISOString(), createdBy: createdByName };
}
