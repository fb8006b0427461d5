import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { isAppError } from '../errors';
import { deliverWaiting, type SenderMap } from './deliver-waiting';
import { enqueueDeliveries } from './enqueue-deliveries';
import { listDeliveries } from './list-deliveries';
import { repeatDelivery } from './repeat-delivery';
import { nextAttemptAt } from './retry-rule';
import type { DeliverySender } from './sender';
import type { DeliveryOutcome, DueDelivery } from './types';

vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.LOG_LEVEL = 'silent';
});

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: Context;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.prisma.delivery.deleteMany();
  // The database gives a first turn by its own clock.
  now = new Date(Date.now() + 1000);
  ctx = {
    db: database.prisma,
    wechat: {} as Context['wechat'],
    clock: { now: () => now },
    actor: { kind: 'system', name: 'test' },
  };
});
afterAll(() => database.close());

const running = () => new AbortController().signal;
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const enqueue = (targetId: string, ...payloads: string[]) =>
  database.prisma.$transaction((tx) =>
    enqueueDeliveries(
      tx,
      payloads.map((payload) => ({ accountId: null, kind: 'webhook', targetId, eventType: 'x', payload })),
    ),
  );
const by = (send: (delivery: DueDelivery) => DeliveryOutcome | Promise<DeliveryOutcome>): SenderMap => ({
  webhook: { send: async (_ctx, delivery) => send(delivery) },
});
const well: DeliveryOutcome = { ok: true, status: 200, answer: 'well' };
const badly: DeliveryOutcome = { ok: false, status: 503, error: 'status', answer: 'down', retry: true };
const one = async (targetId: string) => (await listDeliveries(ctx, [targetId])).items[0];

it('sends what is enqueued once, with its own payload, which the table does not show', async () => {
  const target = randomUUID();
  await enqueue(target, 'first payload', 'second payload');
  const sent: string[] = [];
  await deliverWaiting(
    ctx,
    running(),
    by(({ payload, attempt }) => {
      sent.push(`${payload} ${attempt}`);
      return well;
    }),
  );
  await deliverWaiting(
    ctx,
    running(),
    by(() => badly),
  );
  expect(sent.sort()).toEqual(['first payload 1', 'second payload 1']);
  expect(await one(target)).toMatchObject({
    state: 'delivered',
    attempts: 1,
    lastStatus: 200,
    lastAnswer: 'well',
  });
  const { rows } = await database.pool.query<{ text: string }>('SELECT d::text AS text FROM deliveries d');
  expect(rows.map(({ text }) => text).join()).not.toContain('payload');
});

it('leaves nothing of a transaction that is undone', async () => {
  await database.prisma
    .$transaction(async (tx) => {
      const message = {
        accountId: null,
        kind: 'webhook',
        targetId: randomUUID(),
        eventType: 'x',
        payload: 'x',
      } as const;
      await enqueueDeliveries(tx, [message]);
      throw new Error('undone');
    })
    .catch(() => undefined);
  expect(await database.prisma.delivery.count()).toBe(0);
});

it('tries again after growing waits, and gives up after a day', async () => {
  const target = randomUUID();
  await enqueue(target, 'x');
  const began = now.getTime();
  const at: number[] = [];
  for (let turn = 0; turn < 40; turn++) {
    await deliverWaiting(
      ctx,
      running(),
      by(() => {
        at.push(Math.round((now.getTime() - began) / 1000));
        return badly;
      }),
    );
    const { nextAttemptAt } = (await one(target)) ?? {};
    if (!nextAttemptAt) break;
    pass((Date.parse(nextAttemptAt) - now.getTime()) / 1000 - 1);
    await deliverWaiting(
      ctx,
      running(),
      by(() => expect.fail('sent before its turn')),
    );
    pass(1);
  }
  const day = 86_400;
  expect(at.slice(0, 9)).toEqual([0, 10, 70, 370, 2_170, 9_370, 30_970, 52_570, 74_170]);
  expect(at).toHaveLength(10);
  expect(Math.abs((at[9] ?? 0) - day)).toBeLessThan(5);
  expect(await one(target)).toMatchObject({
    state: 'failed',
    attempts: 10,
    lastError: 'status',
    lastAnswer: 'down',
  });
});

it('waits as long as it is asked to, but no longer than the day', () => {
  const start = new Date(0);
  const end = new Date(86_400_000);
  expect(nextAttemptAt(1, start, end, 3_600)).toEqual(new Date(3_600_000));
  expect(nextAttemptAt(1, start, end, 999_999)).toEqual(end);
  expect(nextAttemptAt(1, end, end)).toBeNull();
});

it('does not try again what would only meet the same', async () => {
  const target = randomUUID();
  await enqueue(target, 'x');
  await deliverWaiting(
    ctx,
    running(),
    by(() => ({ ...badly, retry: false })),
  );
  expect(await one(target)).toMatchObject({ state: 'failed', attempts: 1, nextAttemptAt: null });
});

it('does not let a target that never answers hold up another one', async () => {
  const [slow, quick] = [randomUUID(), randomUUID()];
  await enqueue(slow, ...Array.from({ length: 40 }, () => 'slow'));
  await enqueue(quick, ...Array.from({ length: 20 }, () => 'quick'));
  let underWay = 0;
  let most = 0;
  const stop = new AbortController();
  const quickOnes = vi.fn();
  const map = by(async ({ targetId }) => {
    if (targetId === quick) {
      quickOnes();
      return well;
    }
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
    underWay -= 1;
    return badly;
  });
  const work = deliverWaiting(ctx, stop.signal, map);
  await vi.waitFor(() => expect(quickOnes).toHaveBeenCalledTimes(20), { timeout: 20_000 });
  expect(most).toBe(2);
  // What comes meanwhile is sent meanwhile.
  await enqueue(quick, 'later');
  await vi.waitFor(() => expect(quickOnes).toHaveBeenCalledTimes(21), 3000);
  stop.abort();
  await work;
  // Nobody knows what came of those two: they are sent again at once, and no attempt is counted.
  expect(
    await database.prisma.delivery.count({ where: { targetId: slow, attempts: 0, leaseToken: null } }),
  ).toBe(40);
});

it('takes over what another process has left lying, and lets a late writer change nothing', async () => {
  const target = randomUUID();
  await enqueue(target, 'x');
  let finish: (outcome: DeliveryOutcome) => void = () => undefined;
  const late = vi.fn(async () => undefined);
  const held: DeliverySender = {
    send: () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
    record: late,
  };
  const first = deliverWaiting(ctx, running(), { webhook: held });
  await vi.waitFor(async () =>
    expect(await database.prisma.delivery.count({ where: { leaseToken: { not: null } } })).toBe(1),
  );
  await deliverWaiting(
    ctx,
    running(),
    by(() => expect.fail('sent while leased')),
  );
  pass(61);
  await deliverWaiting(
    ctx,
    running(),
    by(() => well),
  );
  finish(badly);
  await first;
  expect(await one(target)).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(late).not.toHaveBeenCalled();
});

it('is sent by one of many processes alone', async () => {
  const targets = Array.from({ length: 10 }, () => randomUUID());
  for (const target of targets) await enqueue(target, 'a', 'b', 'c');
  const sent: string[] = [];
  const map = by(async ({ id }) => {
    sent.push(id);
    await sleep(5);
    return well;
  });
  await Promise.all([1, 2, 3, 4].map(() => deliverWaiting(ctx, running(), map)));
  expect(new Set(sent).size).toBe(30);
  expect(sent).toHaveLength(30);
});

it('counts a sender that throws as a failed attempt', async () => {
  const target = randomUUID();
  await enqueue(target, 'x');
  await deliverWaiting(
    ctx,
    running(),
    by(() => {
      throw new Error('broken');
    }),
  );
  expect(await one(target)).toMatchObject({ state: 'waiting', attempts: 1, lastError: 'unexpected' });
});

it('lists page by page, and repeats a finished one on request', async () => {
  const [target, other] = [randomUUID(), randomUUID()];
  await enqueue(target, 'a', 'b', 'c');
  await enqueue(other, 'd');
  await deliverWaiting(
    ctx,
    running(),
    by(() => ({ ...badly, retry: false })),
  );
  const first = await listDeliveries(ctx, [target], { limit: 2 });
  const rest = await listDeliveries(ctx, [target], { limit: 2, cursor: first.nextCursor ?? '' });
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
  const id = rest.items[0]?.id ?? '';
  expect(await repeatDelivery(ctx, [target], id)).toMatchObject({ state: 'waiting', attempts: 0 });
  const sent: string[] = [];
  await deliverWaiting(
    ctx,
    running(),
    by(({ payload }) => {
      sent.push(payload);
      return well;
    }),
  );
  expect(sent).toEqual(['a']);
  const foreign = (await one(other))?.id ?? '';
  const refused = await repeatDelivery(ctx, [target], foreign).catch((error: unknown) => error);
  expect(isAppError(refused) && refused.code).toBe('NOT_FOUND');
});
