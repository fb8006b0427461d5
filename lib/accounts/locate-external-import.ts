import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfImport } from './external-store';

/**
 * The account of an import, for addresses that name the import alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateExternalImport(ctx: Context, importId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfImport(ctx.db, requireId(importId, 'import'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no import ${importId}`, { what: 'import' });
  }
  return accountId;
}
