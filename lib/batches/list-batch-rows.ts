import 'server-only';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { readPlace } from './read-place';
import { requireBatch } from './require-batch';
import { type ListBatchRowsInput, listBatchRowsSchema } from './schemas';
import { findRowsOfBatch } from './store';
import { toBatchRowDto } from './to-batch-dto';
import type { BatchRowPageDto } from './types';

/**
 * One page of what became of a batch's rows, in the order of the file.
 *
 * @param input.limit  1…200, 50 when left out
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listBatchRows(
  ctx: Context,
  accountId: string,
  batchId: string,
  input: ListBatchRowsInput = {},
): Promise<BatchRowPageDto> {
  authorise(ctx, 'viewer', accountId);
  const { id } = await requireBatch(ctx, ctx.db, accountId, batchId);
  const { status, limit, cursor } = parseInput(listBatchRowsSchema, input);
  const afterLine = cursor === undefined ? -1 : Number(readPlace(cursor));
  const rows = await findRowsOfBatch(ctx.db, id, { status, afterLine, take: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(toBatchRowDto),
    nextCursor: last ? encodeCursor([String(last.line)]) : null,
  };
}
