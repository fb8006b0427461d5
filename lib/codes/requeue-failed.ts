import 'server-only';
import type { Db } from '../db/open-database';
import { hastenWaitingOfBatch, requeueFailedOfBatch } from './batch-store';

/** Puts the failed codes of a batch into the queue again, and those that wait for a later try to its head. */
export async function requeueFailed(tx: Db, batchId: string): Promise<number> {
  return (await requeueFailedOfBatch(tx, batchId)) + (await hastenWaitingOfBatch(tx, batchId));
}
