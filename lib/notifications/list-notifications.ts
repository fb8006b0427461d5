import 'server-only';
import type { z } from 'zod';
import type { Context } from '../context';
import { AppError, invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { toReader } from './reader';
import { listNotificationsSchema } from './schemas';
import { findNotifications } from './store';
import type { NotificationDto, NotificationPageDto } from './types';

/**
 * A page of what the one who asks should know, of all accounts they may see, the newest first.
 *
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  limit, or a cursor that is none
 */
export async function listNotifications(
  ctx: Context,
  input: z.input<typeof listNotificationsSchema> = {},
): Promise<NotificationPageDto> {
  authorise(ctx, 'viewer');
  const { unread, cursor, limit } = parseInput(listNotificationsSchema, input);
  const rows = await findNotifications(ctx.db, toReader(ctx), {
    unreadOnly: unread,
    before: cursor === undefined ? null : toPlace(cursor),
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ sequence: _, ...notification }) => notification),
    nextCursor: last ? encodeCursor([last.sequence.toString()]) : null,
  };
}

/** One of them. @throws AppError NOT_FOUND  there is none of this id for the one who asks */
export async function getNotification(ctx: Context, notificationId: string): Promise<NotificationDto> {
  authorise(ctx, 'viewer');
  const id = requireId(notificationId, 'notification');
  const [row] = await findNotifications(ctx.db, toReader(ctx), {
    id,
    unreadOnly: false,
    before: null,
    take: 1,
  });
  if (!row) throw new AppError('NOT_FOUND', `no notification ${id}`, { what: 'notification' });
  const { sequence: _, ...notification } = row;
  return notification;
}

function toPlace(cursor: string): bigint {
  const [text = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(text)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return BigInt(text);
}
