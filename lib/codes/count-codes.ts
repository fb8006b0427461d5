import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countRows } from './list-store';
import { type FilterCodesInput, filterCodesSchema } from './schemas';
import type { CodeCountDto } from './types';

const countedAtMost = 10_000;

/**
 * How many codes a filter finds, counted up to 10,000; beyond, `isExact` is false.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function countCodes(
  ctx: Context,
  accountId: string,
  input: FilterCodesInput = {},
): Promise<CodeCountDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const filter = parseInput(filterCodesSchema, input);
  const count = await countRows(ctx.db, accountId, filter, countedAtMost + 1, ctx.clock.now());
  return { count: Math.min(count, countedAtMost), isExact: count <= countedAtMost };
}
