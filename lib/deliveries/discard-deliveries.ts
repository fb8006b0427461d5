import 'server-only';
import type { Db } from '../db/open-database';
import { deleteDeliveriesOf as deleteRows } from './store';

/** Drops all deliveries to a target that is removed, in the transaction that removes it. */
export function deleteDeliveriesOf(tx: Db, targetId: string): Promise<void> {
  return deleteRows(tx, targetId);
}
