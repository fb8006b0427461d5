import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { idSchema, parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { type ListBindingsInput, listBindingsSchema } from './schemas';
import { findBindings } from './store';
import { isShownWhole, toBindingDto } from './to-binding-dto';
import type { BindingPageDto } from './types';

/**
 * Bindings of an account, the newest first.
 *
 * @param input.externalUserId  those of one user of the other system
 * @throws AppError VALIDATION_FAILED
 */
export async function listBindings(
  ctx: Context,
  accountId: string,
  input: ListBindingsInput = {},
): Promise<BindingPageDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const { externalUserId, cursor, limit } = parseInput(listBindingsSchema, input);
  const before = cursor === undefined ? null : readCursor(cursor);
  const rows = await findBindings(ctx.db, accountId, externalUserId, before, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const [now, isWhole] = [ctx.clock.now(), await isShownWhole(ctx)];
  return {
    items: page.map((row) => toBindingDto(row, now, isWhole)),
    nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [at = '', id = ''] = decodeCursor(cursor, 2);
  if (Number.isNaN(Date.parse(at)) || !idSchema.safeParse(id).success) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return { createdAt: new Date(at), id };
}
