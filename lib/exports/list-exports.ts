import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { type ListExportsInput, listExportsSchema } from './schemas';
import { findExportPage } from './store';
import { toExportDto } from './to-export-dto';
import type { ExportPageDto } from './types';

/**
 * One page of exports, newest first; removed ones only with `state: 'removed'`.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listExports(
  ctx: Context,
  accountId: string,
  input: ListExportsInput = {},
): Promise<ExportPageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { state, limit, cursor } = parseInput(listExportsSchema, input);
  const [before] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  if (before !== undefined && !/^\d{1,18}$/.test(before)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  const rows = await findExportPage(ctx.db, accountId, {
    state,
    before: before === undefined ? null : BigInt(before),
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map(toExportDto), nextCursor: last ? encodeCursor([String(last.sequence)]) : null };
}
