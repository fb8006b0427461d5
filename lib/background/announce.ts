import 'server-only';
import type { Db } from '../db/open-database';
import { type Sql, sqlOf } from '../db/sql';
import { notifyBackground } from './store';

// Instrumentation and routes are bundled apart and share no module state, but one process.
export const holder = globalThis as { qudaoBackground?: { wake: () => void } };

/** Has the tasks of this process look now; does nothing where none run. Called after the transaction. */
export function wakeBackground(): void {
  holder.qudaoBackground?.wake();
}

/** Has the tasks of all processes look once this transaction is committed. */
export function announceBackground(tx: Db): Promise<void> {
  return notifyBackground(sqlOf(tx));
}

/** The same, for a transaction that is not Prisma's. */
export function announceBackgroundBy(sql: Sql): Promise<void> {
  return notifyBackground(sql);
}
