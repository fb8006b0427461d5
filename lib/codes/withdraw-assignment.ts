import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import { deleteAssignment, findAssignments } from './assignment-store';
import { requireCode, requireLockedCode } from './require-code';
import { toAssignmentDtos } from './to-assignment-dtos';
import type { AssignmentDto } from './types';

/**
 * Takes back a hand-over that is still planned.
 *
 * @param fromAt  when it was to begin, as `listAssignments` tells
 * @returns the assignments that remain, in order of time
 * @throws AppError NOT_FOUND  nothing is planned for that moment; or the code is unknown
 */
export async function withdrawAssignment(
  ctx: Context,
  accountId: string,
  codeId: string,
  fromAt: string,
): Promise<AssignmentDto[]> {
  authorise(ctx, 'marketer', accountId);
  const { label } = await requireCode(ctx, ctx.db, accountId, codeId);
  const moment = new Date(fromAt);
  const now = ctx.clock.now();
  const isPlanned = moment > now;
  return ctx.db.$transaction(async (tx) => {
    await requireLockedCode(tx, accountId, codeId);
    if (!isPlanned || (await deleteAssignment(tx, codeId, moment)) === 0) {
      throw new AppError('NOT_FOUND', `code ${codeId} has nothing planned for ${fromAt}`, {
        what: 'assignment',
      });
    }
    await recordAudit(ctx, tx, {
      action: 'code.withdrawHandOver',
      target: { kind: 'code', id: codeId, label },
      accountId,
      details: { fromAt: moment.toISOString() },
    });
    return toAssignmentDtos(await findAssignments(tx, codeId), now);
  });
}
