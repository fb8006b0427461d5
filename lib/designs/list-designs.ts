import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { idSchema, parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { type ListDesignsInput, listDesignsSchema } from './schemas';
import { listDesignRows } from './store';
import { toDesignDto } from './to-design-dto';
import type { PrintDesignPageDto } from './types';

/**
 * One page of designs, the last changed first.
 *
 * @param input.q  part of the name, in any letter case
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listDesigns(
  ctx: Context,
  accountId: string,
  input: ListDesignsInput = {},
): Promise<PrintDesignPageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { q, archived, limit, cursor } = parseInput(listDesignsSchema, input);
  const rows = await listDesignRows(ctx.db, accountId, {
    q,
    archived,
    after: cursor === undefined ? null : readCursor(cursor),
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(toDesignDto),
    nextCursor: last ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null,
  };
}

function readCursor(cursor: string): { updatedAt: Date; id: string } {
  const [at = '', id = ''] = decodeCursor(cursor, 2);
  const updatedAt = new Date(at);
  if (Number.isNaN(updatedAt.getTime()) || !idSchema.safeParse(id).success) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return { updatedAt, id };
}
