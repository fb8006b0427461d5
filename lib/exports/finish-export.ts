import 'server-only';
import type { Context } from '../context';
import { readStanding } from './part-store';
import { ExportFaultError } from './prove-items';
import { toLayout } from './recipe';
import { endExport, findExport, readDigest } from './store';

/**
 * Closes an export whose files are all proved.
 *
 * @returns false when it is no longer this worker's
 * @throws ExportFaultError  its files differ too much in length for places of one length
 */
export async function finishExport(
  ctx: Pick<Context, 'db' | 'clock'>,
  { exportId, accountId, leaseToken }: { exportId: string; accountId: string; leaseToken: string },
): Promise<boolean> {
  const row = await findExport(ctx.db, accountId, exportId);
  if (!row) return false;
  const { digest, shortest } = await readDigest(ctx.db, exportId);
  // A padding has two bytes for its length; the name is short at worst.
  if (row.shape === 'zip' && row.maxDataBytes - shortest > 65_000) {
    throw new ExportFaultError('tooLarge', 'the files of this export differ too much in length');
  }
  const bytes = row.shape === 'pdf' ? (await readStanding(ctx.db, exportId)).bytes : toLayout(row).totalBytes;
  return endExport(
    ctx.db,
    { exportId, leaseToken },
    { state: 'done', bytes: BigInt(bytes), digest, finishedAt: ctx.clock.now() },
  );
}
