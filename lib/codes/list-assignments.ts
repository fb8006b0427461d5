import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { findAssignments } from './assignment-store';
import { requireCode } from './require-code';
import { toAssignmentDtos } from './to-assignment-dtos';
import type { AssignmentDto } from './types';

/**
 * The campaigns that a code has served, serves, and is planned to serve, in order of time.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function listAssignments(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<AssignmentDto[]> {
  authorise(ctx, 'viewer', accountId);
  await requireCode(ctx, ctx.db, accountId, codeId);
  return toAssignmentDtos(await findAssignments(ctx.db, codeId), ctx.clock.now());
}
