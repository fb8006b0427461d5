import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfExport } from './store';

/**
 * The account of an export, for addresses that name the export alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateExport(ctx: Context, exportId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfExport(ctx.db, requireId(exportId, 'export'));
  if (accountId !== null && mayAccess(ctx.actor, accountId)) return accountId;
  throw new AppError('NOT_FOUND', `no export ${exportId}`, { what: 'export' });
}
