import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { toReader } from './reader';
import { countUnread } from './store';

/** Beyond it the bell says "99+". */
const most = 100;

/** How much the one who asks has not read yet; counts no further than 100. */
export async function countUnreadNotifications(ctx: Context): Promise<number> {
  authorise(ctx, 'viewer');
  return countUnread(ctx.db, toReader(ctx), most);
}
