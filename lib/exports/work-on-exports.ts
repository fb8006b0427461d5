import 'server-only';
import { randomUUID } from 'node:crypto';
import type { BackgroundTask } from '../background/task';
import type { Context } from '../context';
import { log } from '../log';
import { finishExport } from './finish-export';
import { makeSheets } from './make-sheets';
import { LeaseLostError, proveItems } from './prove-items';
import { toRecipe } from './recipe';
import { claimExport, dropLease, endExport, endLostStreams, findExport } from './store';
import { faultOf } from './stream-export';
import { tellOfExport } from './tell-of-export';

const LEASE_MS = 60_000;
/** One process holds no export longer than this at a time, so that others have their turn. */
const TURN_MS = 20_000;

/** Makes prepared exports, a turn at a time. A process that dies leaves what was proved; the next one goes on behind it. */
export const workOnExports: BackgroundTask = {
  name: 'exports',
  everySeconds: 20,
  async run(ctx, stopping) {
    await endLostStreams(ctx.db, ctx.clock.now());
    const token = randomUUID();
    const until = () => new Date(ctx.clock.now().getTime() + LEASE_MS);
    const claimed = await claimExport(ctx.db, {
      leaseToken: token,
      now: ctx.clock.now(),
      leaseUntil: until(),
    });
    if (!claimed) return false;
    const { id: exportId, accountId } = claimed;
    const held = { exportId, accountId, leaseToken: token };
    try {
      if (!(await proveSome(ctx, held, until, stopping))) {
        await dropLease(ctx.db, exportId, token);
        return !stopping.aborted;
      }
      if (await finishExport(ctx, held)) await tellOfExport(ctx, accountId, exportId);
    } catch (error) {
      if (error instanceof LeaseLostError) return true;
      if (stopping.aborted) {
        await dropLease(ctx.db, exportId, token);
        return false;
      }
      log().error({ err: error, export: exportId }, 'an export failed');
      const end = { state: 'failed', error: faultOf(error), finishedAt: ctx.clock.now() } as const;
      if (await endExport(ctx.db, held, end)) await tellOfExport(ctx, accountId, exportId);
    }
    return true;
  },
};

/** @returns whether all files are proved */
async function proveSome(
  ctx: Context,
  { exportId, accountId, leaseToken }: { exportId: string; accountId: string; leaseToken: string },
  until: () => Date,
  stopping: AbortSignal,
): Promise<boolean> {
  const row = await findExport(ctx.db, accountId, exportId);
  if (!row) throw new LeaseLostError(`export ${exportId} is gone`);
  const recipe = await toRecipe(ctx, row);
  const ending = new AbortController();
  const stop = () => ending.abort();
  stopping.addEventListener('abort', stop);
  const turnEndsAt = Date.now() + TURN_MS;
  let done = row.done;
  try {
    const lease = { token: leaseToken, until };
    const { signal } = ending;
    const proving = recipe.sheet
      ? makeSheets(ctx, recipe, recipe.sheet, { lease, signal })
      : proveItems(ctx, recipe, { from: row.done, lease, withSlots: false, signal });
    for await (const { files } of proving) {
      done += files;
      if (stopping.aborted || (Date.now() > turnEndsAt && done < row.total)) return false;
    }
    return done === row.total;
  } finally {
    ending.abort();
    stopping.removeEventListener('abort', stop);
  }
}
