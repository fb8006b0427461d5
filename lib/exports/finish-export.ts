import 'server-only';
import type { Context } from '../context';
import { notePrinted } from '../print/note-printed';
import { readStanding } from './part-store';
import { toLayout } from './recipe';
import { endExport, findExport, readDigest, readPinnedIds } from './store';

const NOTED_AT_ONCE = 5_000;

/** Closes an export whose files are all proved. @returns false when it is no longer this worker's */
export async function finishExport(
  ctx: Pick<Context, 'db' | 'clock'>,
  { exportId, accountId, leaseToken }: { exportId: string; accountId: string; leaseToken: string },
): Promise<boolean> {
  const row = await findExport(ctx.db, accountId, exportId);
  if (!row) return false;
  const digest = await readDigest(ctx.db, exportId);
  for (let at = 0; at < row.total; at += NOTED_AT_ONCE) {
    await notePrinted(ctx.db, await readPinnedIds(ctx.db, exportId, at, NOTED_AT_ONCE), ctx.clock.now());
  }
  const bytes = row.shape === 'pdf' ? (await readStanding(ctx.db, exportId)).bytes : toLayout(row).totalBytes;
  return endExport(
    ctx.db,
    { exportId, leaseToken },
    { state: 'done', bytes: BigInt(bytes), digest, finishedAt: ctx.clock.now() },
  );
}
