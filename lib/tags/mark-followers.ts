import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdsBackTagging } from '../accounts/stop-rule';
import type { BackgroundTask } from '../background/task';
import type { Context } from '../context';
import { log } from '../log';
import { leaseUntil, markGroup } from './mark-group';
import { claimTasks, type DueTag, dropWaitingTasks, findDueTags } from './task-store';

/** What WeChat takes in one call. */
const peopleAtOnce = 50;
/** Who scans within so long is marked with one call: nobody waits for a tag, and calls are counted by the day. */
const gatherMs = 2_000;

/** @param options.gatherMs  shorter in tests */
export function markFollowersTask(options: { gatherMs?: number } = {}): BackgroundTask {
  return {
    name: 'mark followers',
    everySeconds: 10,
    run: async (ctx, stopping) => {
      await markFollowers(ctx, stopping, options.gatherMs ?? gatherMs);
      return false;
    },
  };
}

/**
 * Puts tags on the followers who wait for them until nobody does: account by account at the same time, so that one whose
 * WeChat answers slowly holds up none but its own; within an account one call after the other.
 */
async function markFollowers(ctx: Context, stopping: AbortSignal, gather: number): Promise<void> {
  const lanes = new Map<string, Promise<void>>();
  for (;;) {
    for (const [accountId, tags] of await findDueAccounts(ctx, stopping)) {
      if (lanes.has(accountId)) continue;
      const lane = markAccount(ctx, tags, stopping)
        .catch((error: unknown) =>
          log().error({ err: error, accountId }, 'marking followers was interrupted'),
        )
        .then(() => sleep(gather, undefined, { signal: stopping }).catch(() => undefined))
        .finally(() => lanes.delete(accountId));
      lanes.set(accountId, lane);
    }
    if (lanes.size === 0) return;
    const pause = new AbortController();
    const nap = sleep(gather, undefined, { signal: pause.signal }).catch(() => undefined);
    await Promise.race([...lanes.values(), nap]);
    pause.abort();
  }
}

async function findDueAccounts(ctx: Context, stopping: AbortSignal): Promise<Map<string, DueTag[]>> {
  const accounts = new Map<string, DueTag[]>();
  if (stopping.aborted) return accounts;
  const now = ctx.clock.now();
  for (const tag of await findDueTags(ctx.db, now)) {
    const { accountId, stoppedCode: code, stoppedUntil: until } = tag;
    if (code !== null && holdsBackTagging({ code, until }, now)) continue;
    accounts.set(accountId, [...(accounts.get(accountId) ?? []), tag]);
  }
  return accounts;
}

async function markAccount(ctx: Context, tags: DueTag[], stopping: AbortSignal): Promise<void> {
  for (const tag of tags) {
    if (!tag.marksFollowers) {
      await dropWaitingTasks(ctx.db, tag.id);
      continue;
    }
    for (let isFull = true; isFull; ) {
      if (stopping.aborted) return;
      const now = ctx.clock.now();
      const lease = { token: randomUUID(), until: leaseUntil(now) };
      const claims = await claimTasks(ctx.db, tag.id, { limit: peopleAtOnce, now, lease });
      isFull = claims.length === peopleAtOnce;
      if (claims.length > 0 && !(await markGroup(ctx, tag, claims, lease.token))) return;
    }
  }
}
