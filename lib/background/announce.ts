import 'server-only';
import type { Db } from '../db/open-database';
import { type Sql, sqlOf } from '../db/sql';
import { notifyBackground } from './store';
import type { WakeableTask } from './task';

// Instrumentation and routes are bundled apart and share no module state, but one process.
export const holder = globalThis as { qudaoBackground?: { wake: (task: WakeableTask) => void } };

/** Has a task of this process look now; does nothing where none run. Called after the transaction. */
export function wakeBackground(task: WakeableTask): void {
  holder.qudaoBackground?.wake(task);
}

/** Has a task of all processes look once this transaction is committed. */
export function announceBackground(tx: Db, task: WakeableTask): Promise<void> {
  return notifyBackground(sqlOf(tx), task);
}

/** The same, for a transaction that is not Prisma's. */
export function announceBackgroundBy(sql: Sql, task: WakeableTask): Promise<void> {
  return notifyBackground(sql, task);
}
