import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise, mayAccess } from '../people/authorise';
import { findAccountOfApproval } from './store';

/**
 * The account of an approval, for addresses that name the approval alone.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of an account that was not granted
 */
export async function locateApproval(ctx: Context, approvalId: string): Promise<string> {
  authorise(ctx, 'viewer');
  const accountId = await findAccountOfApproval(ctx.db, requireId(approvalId, 'approval'));
  if (accountId === null || !mayAccess(ctx.actor, accountId)) {
    throw new AppError('NOT_FOUND', `no approval ${approvalId}`, { what: 'approval' });
  }
  return accountId;
}
