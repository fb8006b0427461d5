import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { type BindingRow, findBinding } from './store';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireBinding(db: Db, accountId: string, bindingId: string): Promise<BindingRow> {
  const id = requireId(bindingId, 'binding');
  const row = await findBinding(db, requireId(accountId, 'account'), id);
  if (!row) throw new AppError('NOT_FOUND', `no binding ${id}`, { what: 'binding' });
  return row;
}
