import 'server-only';
import type { Db } from '../db/open-database';
import { deleteDeliveriesAbout as deleteAbout, deleteDeliveriesOf as deleteRows } from './store';

/** Drops all deliveries to a target that is removed, in the transaction that removes it. */
export function deleteDeliveriesOf(tx: Db, targetId: string): Promise<void> {
  return deleteRows(tx, targetId);
}

/** Drops all deliveries that hold a person's openid, in the transaction that forgets this person. */
export function deleteDeliveriesAbout(tx: Db, accountId: string, personKey: string): Promise<void> {
  return deleteAbout(tx, accountId, personKey);
}
