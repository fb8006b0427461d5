import 'server-only';
import { holdsBack } from '../accounts/stop-rule';
import { codeKinds } from '../codes/types';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { readPlace } from './read-place';
import { type ListBatchesInput, listBatchesSchema } from './schemas';
import { findStop, listBatchRecords } from './store';
import { toBatchDto } from './to-batch-dto';
import type { BatchPageDto } from './types';

/**
 * One page of batches, newest first.
 *
 * @param input.state  as it is shown: a batch whose account is stopped is `paused`, whoever has paused it
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listBatches(
  ctx: Context,
  accountId: string,
  input: ListBatchesInput = {},
): Promise<BatchPageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { limit, cursor, ...filter } = parseInput(listBatchesSchema, input);
  const before = cursor === undefined ? null : BigInt(readPlace(cursor));
  const now = ctx.clock.now();
  const stop = await findStop(ctx.db, accountId);
  const heldKinds = codeKinds.filter((kind) => stop !== null && holdsBack(stop, kind, now));
  const rows = await listBatchRecords(ctx.db, accountId, { ...filter, heldKinds, before, take: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => toBatchDto(row, now)),
    nextCursor: last ? encodeCursor([last.sequence.toString()]) : null,
  };
}
