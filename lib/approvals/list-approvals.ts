import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { toApprovalDto } from './require-approval';
import { type ListApprovalsInput, listApprovalsSchema } from './schemas';
import { countPending, findApprovals } from './store';
import type { ApprovalPageDto } from './types';

/** What was asked of admins, newest first. */
export async function listApprovals(
  ctx: Context,
  accountId: string,
  input: ListApprovalsInput = {},
): Promise<ApprovalPageDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const { state, limit, cursor } = parseInput(listApprovalsSchema, input);
  const rows = await findApprovals(ctx.db, id, { state, before: readCursor(cursor), take: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => toApprovalDto(row, ctx.clock)),
    nextCursor: last ? encodeCursor([String(last.sequence)]) : null,
  };
}

/** How many wait for an admin. */
export async function countPendingApprovals(ctx: Context, accountId: string): Promise<number> {
  authorise(ctx, 'viewer', accountId);
  return countPending(ctx.db, requireId(accountId, 'account'));
}

function readCursor(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const [sequence = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(sequence)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return BigInt(sequence);
}
