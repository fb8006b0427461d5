import 'server-only';
import type { Db } from '../db/open-database';
import { notifyWorkers } from './queue-store';

/** Wakes the workers of all processes once this transaction is committed. */
export function announceWork(tx: Db): Promise<void> {
  return notifyWorkers(tx);
}
