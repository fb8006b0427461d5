import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireApproval, toApprovalDto } from './require-approval';
import type { ApprovalDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getApproval(ctx: Context, accountId: string, approvalId: string): Promise<ApprovalDto> {
  authorise(ctx, 'viewer', accountId);
  return toApprovalDto(await requireApproval(ctx.db, accountId, approvalId), ctx.clock);
}
