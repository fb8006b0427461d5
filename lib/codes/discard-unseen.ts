import 'server-only';
import type { Db } from '../db/open-database';
import { releaseScenes } from '../ledger/move-scenes';
import { deleteUnseenOfBatch } from './batch-store';

const discardedAtOnce = 5_000;

/**
 * Takes back the codes of a batch that were never issued and that WeChat cannot have seen; permanent slots return.
 * The ledger's lock is held. For services that have authorised.
 *
 * @returns how many
 */
export async function discardUnseen(tx: Db, accountId: string, batchId: string): Promise<number> {
  for (let discarded = 0; ; ) {
    const slots = await deleteUnseenOfBatch(tx, batchId, discardedAtOnce);
    discarded += slots.length;
    const permanent = slots.flatMap((slot) => slot ?? []);
    if (permanent.length > 0) await releaseScenes(tx, accountId, permanent);
    if (slots.length < discardedAtOnce) return discarded;
  }
}
