import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackgroundTask } from '../background/task';
import type { Context } from '../context';
import { appSecret } from '../env';
import { log } from '../log';
import { unseal } from '../secrets';
import { payloadPlace } from './enqueue-deliveries';
import { nextAttemptAt } from './retry-rule';
import type { DeliverySender } from './sender';
import { senders } from './senders';
import { type ClaimedDelivery, claimDue, releaseClaim, type Settlement, settleClaim } from './store';
import type { DeliveryKind, DeliveryOutcome, DueDelivery } from './types';

/** Sent at a time by one process, and to one target by all of them. */
const atATime = 16;
const perTarget = 2;
/** An attempt ends before its lease does, so that nobody takes over what is still being sent. */
const attemptMs = 30_000;
const leaseMs = 60_000;
/** How soon a message that comes while others are being sent is looked for. */
const lookAgainMs = 500;

export type SenderMap = Partial<Record<DeliveryKind, DeliverySender>>;

/** @param byKind  who sends each kind; another one in tests */
export function deliveryTask(byKind: SenderMap = senders): BackgroundTask {
  return {
    name: 'deliveries',
    everySeconds: 10,
    run: async (ctx, stopping) => {
      await deliverWaiting(ctx, stopping, byKind);
      return false;
    },
  };
}

/**
 * Sends what is due until nothing is, many at a time: each ends by itself, and its place is filled at once, so a target
 * that answers slowly or not at all holds up its own messages alone.
 */
export async function deliverWaiting(
  ctx: Context,
  stopping: AbortSignal,
  byKind: SenderMap = senders,
): Promise<void> {
  const kinds = Object.keys(byKind) as DeliveryKind[];
  const underWay = new Set<Promise<void>>();
  for (;;) {
    const claims = stopping.aborted ? [] : await claim(ctx, kinds, atATime - underWay.size);
    for (const each of claims) {
      const work: Promise<void> = deliver(ctx, each, byKind[each.kind], stopping)
        .catch((error: unknown) => {
          // The lease ends by itself, and the message is sent again.
          log().error({ err: error, delivery: each.id }, 'what came of a delivery could not be written');
        })
        .finally(() => underWay.delete(work));
      underWay.add(work);
    }
    if (underWay.size === 0) return;
    const pause = new AbortController();
    const nap = sleep(lookAgainMs, undefined, { signal: pause.signal }).catch(() => undefined);
    await Promise.race([...underWay, nap]);
    pause.abort();
  }
}

async function claim(ctx: Context, kinds: DeliveryKind[], limit: number): Promise<ClaimedDelivery[]> {
  if (limit <= 0 || kinds.length === 0) return [];
  const now = ctx.clock.now();
  return claimDue(ctx.db, {
    kinds,
    limit,
    perTarget,
    now,
    leaseToken: randomUUID(),
    leaseUntil: new Date(now.getTime() + leaseMs),
  });
}

async function deliver(
  ctx: Context,
  claimed: ClaimedDelivery,
  sender: DeliverySender | undefined,
  stopping: AbortSignal,
): Promise<void> {
  const { id, accountId, kind, targetId, eventType, payloadSealed, attempts, createdAt } = claimed;
  const payload = unsealPayload(id, payloadSealed);
  const delivery = { id, accountId, kind, targetId, eventType, createdAt, attempt: attempts + 1 };
  if (payload === null || !sender) {
    await settle(ctx, claimed, { ...delivery, payload: '' }, sender, {
      ok: false,
      status: null,
      error: 'unexpected',
      retry: false,
    });
    return;
  }
  const due = { ...delivery, payload };
  const outcome = await attempt(ctx, due, sender, stopping);
  if (outcome === null) await releaseClaim(ctx.db, claimed);
  else await settle(ctx, claimed, due, sender, outcome);
}

/** @returns null when the process stops before it is known what came of it */
async function attempt(
  ctx: Context,
  due: DueDelivery,
  sender: DeliverySender,
  stopping: AbortSignal,
): Promise<DeliveryOutcome | null> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(attemptMs)]);
  const aborted = new Promise<DeliveryOutcome>((resolve) => {
    const end = () => resolve({ ok: false, status: null, error: 'timeout', retry: true });
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
  try {
    const outcome = await Promise.race([sender.send(ctx, due, signal), aborted]);
    return !outcome.ok && stopping.aborted ? null : outcome;
  } catch (error) {
    log().error({ err: error, delivery: due.id, kind: due.kind }, 'a message could not be sent');
    return { ok: false, status: null, error: 'unexpected', retry: true };
  }
}

async function settle(
  ctx: Context,
  claimed: ClaimedDelivery,
  delivery: DueDelivery,
  sender: DeliverySender | undefined,
  outcome: DeliveryOutcome,
): Promise<void> {
  const now = ctx.clock.now();
  const settlement = settlementOf(claimed, outcome, now);
  await ctx.db.$transaction(async (tx) => {
    if (!(await settleClaim(tx, claimed, settlement))) return;
    await sender?.record?.(tx, { delivery, outcome, state: settlement.state, now });
  });
}

function settlementOf(claimed: ClaimedDelivery, outcome: DeliveryOutcome, now: Date): Settlement {
  const last = { lastStatus: outcome.status, lastAnswer: outcome.answer ?? null };
  if (outcome.ok) {
    return { ...last, state: 'delivered', nextAttemptAt: null, finishedAt: now, lastError: null };
  }
  const next = outcome.retry
    ? nextAttemptAt(claimed.attempts + 1, now, claimed.giveUpAt, outcome.retryAfterSeconds)
    : null;
  return {
    ...last,
    state: next ? 'waiting' : 'failed',
    nextAttemptAt: next,
    finishedAt: next ? null : now,
    lastError: outcome.error,
  };
}

function unsealPayload(id: string, sealed: string): string | null {
  try {
    return unseal(appSecret(), payloadPlace(id), sealed);
  } catch {
    return null;
  }
}
