import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { findDeliveries } from './store';
import type { DeliveryDto, DeliveryState } from './types';

/**
 * The deliveries to some targets, the newest first. The service that owns the targets has authorised.
 *
 * @param limit  1…200
 * @throws AppError VALIDATION_FAILED  (field `cursor`) not one of this list
 */
export async function listDeliveries(
  ctx: Pick<Context, 'db'>,
  targetIds: string[],
  { state, cursor, limit = 50 }: { state?: DeliveryState; cursor?: string; limit?: number } = {},
): Promise<{ items: DeliveryDto[]; nextCursor: string | null }> {
  const rows = await findDeliveries(ctx.db, {
    targetIds,
    ...(state ? { state } : {}),
    before: cursor === undefined ? null : toPlace(cursor),
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ sequence: _, ...delivery }) => delivery),
    nextCursor: last ? encodeCursor([last.sequence.toString()]) : null,
  };
}

function toPlace(cursor: string): bigint {
  const [text = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(text)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return BigInt(text);
}
