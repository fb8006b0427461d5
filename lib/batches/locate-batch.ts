import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfBatch } from './store';

/**
 * The account of a batch, for addresses that name the batch alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateBatch(ctx: Context, batchId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfBatch(ctx.db, requireId(batchId, 'batch'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no batch ${batchId}`, { what: 'batch' });
  }
  return accountId;
}
