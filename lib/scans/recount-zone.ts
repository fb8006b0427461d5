import 'server-only';
import type { Actor } from '../context';
import type { Db } from '../db/open-database';
import { insertRecount } from './store';

/** Has all that was counted moved to the days of the account's new time zone, in the transaction that changes it. */
export async function recountZone(tx: Db, accountId: string, actor: Actor): Promise<void> {
  await insertRecount(tx, accountId, 'time_zone', actor.kind === 'stranger' ? '' : actor.name);
}
