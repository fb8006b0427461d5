import 'server-only';
import type { Context } from '../context';
import { ExportFaultError } from './prove-items';
import { toLayout } from './recipe';
import { endExport, findExport, readDigest } from './store';

/**
 * Closes an export whose files are all proved.
 *
 * @param bytes  of a file whose length does not follow from its places
 * @returns false when it is no longer this worker's
 * @throws ExportFaultError  its files differ too much in length for places of one length
 */
export async function finishExport(
  ctx: Pick<Context, 'db' | 'clock'>,
  {
    exportId,
    accountId,
    leaseToken,
    bytes,
  }: { exportId: string; accountId: string; leaseToken: string; bytes?: number },
): Promise<boolean> {
  const row = await findExport(ctx.db, accountId, exportId);
  if (!row) return false;
  const { digest, shortest } = await readDigest(ctx.db, exportId);
  // A padding has two bytes for its length; the name is short at worst.
  if (row.shape === 'zip' && row.maxDataBytes - shortest > 65_000) {
    throw new ExportFaultError('tooLarge', 'the files of this export differ too much in length');
  }
  return endExport(
    ctx.db,
    { exportId, leaseToken },
    { state: 'done', bytes: BigInt(bytes ?? toLayout(row).totalBytes), digest, finishedAt: ctx.clock.now() },
  );
}
