import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { toReader } from './reader';
import { writeAllRead, writeRead } from './store';

/**
 * Marks one notification as read by the one who asks; for an API key, which reads nothing, it does nothing.
 *
 * @throws AppError NOT_FOUND  there is none of this id for them
 */
export async function markNotificationRead(ctx: Context, notificationId: string): Promise<void> {
  authorise(ctx, 'viewer');
  const id = requireId(notificationId, 'notification');
  const { userId, ...reader } = toReader(ctx);
  if (userId === null) return;
  if (!(await writeRead(ctx.db, { ...reader, userId }, id))) {
    throw new AppError('NOT_FOUND', `no notification ${id}`, { what: 'notification' });
  }
}

/** Marks everything up to now as read by the one who asks. */
export async function markAllNotificationsRead(ctx: Context): Promise<void> {
  authorise(ctx, 'viewer');
  const { userId } = toReader(ctx);
  if (userId !== null) await ctx.db.$transaction((tx) => writeAllRead(tx, userId));
}
