import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimCodes } from '../codes/claim-codes';
import { askWeChat, giveBack } from '../codes/issue-code';
import { recordAnswers } from '../codes/record-answers';
import { openTestBench, type TestBench } from '../codes/test-bench';
import type { Context } from '../context';
import { testedDatabase } from '../db/test-database';
import { isAppError } from '../errors';
import { checkLedger } from '../quota/check-ledger';
import { type WeChatClient, WeChatError } from '../wechat';
import { cancelBatch } from './cancel-batch';
import { createBatch } from './create-batch';
import { pauseBatch } from './pause-batch';
import { resumeBatch } from './resume-batch';
import { retryBatch } from './retry-batch';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const cap = 40;
const changes = { pause: pauseBatch, resume: resumeBatch, cancel: cancelBatch, retry: retryBatch };

type Step =
  | { do: 'count'; count: number; kind: 'permanent' | 'temporary' }
  | { do: 'rows'; scenes: number[] }
  | { do: keyof typeof changes; pick: number }
  | { do: 'issue' | 'lose' | 'refuse' | 'giveBack'; limit: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('count' as const),
    count: fc.integer({ min: 1, max: 15 }),
    kind: fc.constantFrom('permanent' as const, 'permanent' as const, 'temporary' as const),
  }),
  fc.record({
    do: fc.constant('rows' as const),
    scenes: fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 1, maxLength: 6 }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'pause' as const,
        'pause' as const,
        'resume' as const,
        'cancel' as const,
        'retry' as const,
      ),
      pick: fc.nat(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'issue' as const,
        'issue' as const,
        'lose' as const,
        'refuse' as const,
        'giveBack' as const,
      ),
      limit: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

/** Scenes that WeChat has given a code for; whatever is in here may never belong to two codes, or to none. */
type Seen = Map<string, string>;

function wechatThat(outcome: 'issue' | 'lose' | 'refuse', codeId: string, seen: Seen): Context {
  const client = {
    async createCode({ scene }: Parameters<WeChatClient['createCode']>[0]) {
      const key = 'id' in scene ? String(scene.id) : scene.str;
      const base = { path: '/cgi-bin/qrcode/create', remedy: 'tryAgain' } as const;
      if (outcome === 'refuse') {
        throw new WeChatError('no', { ...base, kind: 'api', errcode: 40053, retry: 'no', maybeDone: false });
      }
      const holder = seen.get(key);
      if (holder !== undefined && holder !== codeId) throw new Error(`scene ${key} was given to two codes`);
      seen.set(key, codeId);
      if (outcome === 'lose') {
        throw new WeChatError('lost', { ...base, kind: 'timeout', retry: 'later', maybeDone: true });
      }
      return { ticket: `t${key}`, url: `u${key}`, expiresInSeconds: null };
    },
  } as unknown as WeChatClient;
  return { ...bench.system, wechat: { clientFor: async () => client, forget: () => undefined } };
}

async function obey(
  account: { accountId: string; campaignId: string },
  made: string[],
  seen: Seen,
  each: Step,
) {
  const { accountId, campaignId } = account;
  const ctx = bench.system;
  if (each.do === 'count' || each.do === 'rows') {
    const input =
      each.do === 'count'
        ? { campaignId, kind: each.kind, count: each.count }
        : {
            campaignId,
            kind: 'permanent' as const,
            rows: each.scenes.map((id, place) => ({
              label: `r${place}`,
              ...(id > 0 ? { scene: { id } } : {}),
            })),
          };
    const before = await bench.db.permanentScene.count({ where: { accountId } });
    const batch = await createBatch(ctx, accountId, { input }).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      return null;
    });
    if (batch) made.push(batch.id);
    // All or none.
    const after = await bench.db.permanentScene.count({ where: { accountId } });
    expect(after - before).toBe(batch && batch.kind === 'permanent' ? batch.total : 0);
    return;
  }
  if ('pick' in each) {
    const id = made[each.pick % Math.max(1, made.length)];
    if (id === undefined) return;
    await changes[each.do](ctx, accountId, id).catch((error: unknown) => {
      if (!isAppError(error) || error.code !== 'BATCH_STATE') throw error;
    });
    return;
  }
  const outcome = each.do;
  const claims = await claimCodes(ctx, accountId, ['permanent'], each.limit);
  const paused = await bench.db.code.count({
    where: { id: { in: claims.map(({ id }) => id) }, batch: { state: 'paused' } },
  });
  expect(paused).toBe(0);
  const answers = await Promise.all(
    claims.map((claim) =>
      outcome === 'giveBack' ? giveBack(claim) : askWeChat(wechatThat(outcome, claim.id, seen), claim),
    ),
  );
  await recordAnswers(ctx, accountId, answers);
  // What waits for a later try is due again: nothing here waits for a clock.
  await bench.db.code.updateMany({
    where: { accountId, status: 'reserved', nextAttemptAt: { not: null } },
    data: { nextAttemptAt: new Date(0) },
  });
}

async function expectTruth(accountId: string, seen: Seen): Promise<void> {
  const { db } = bench;
  expect((await checkLedger(bench.system, accountId)).ok).toBe(true);
  const ledger = await db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
  expect(ledger.reserved + ledger.issued).toBeLessThanOrEqual(cap);
  for (const batch of await db.batch.findMany({ where: { accountId } })) {
    const rows = await db.code.groupBy({
      by: ['status'],
      where: { batchId: batch.id },
      _count: { _all: true },
    });
    const count = (status: string) => rows.find((row) => row.status === status)?._count._all ?? 0;
    const { reserved, issued, failed, returned, total, state } = batch;
    expect({ reserved, issued, failed }).toEqual({
      reserved: count('reserved'),
      issued: count('issued'),
      failed: count('failed'),
    });
    expect(reserved + issued + failed + returned).toBe(total);
    if (state === 'done') expect([reserved, failed]).toEqual([0, 0]);
    if (state === 'failed') expect(reserved).toBe(0);
    expect(batch.finishedAt !== null).toBe(
      reserved === 0 && (state === 'done' || state === 'failed' || state === 'cancelled'),
    );
  }
  // What WeChat has seen is spent for ever, and belongs to the code that it was given for.
  const codes = await db.code.findMany({
    where: { accountId, kind: 'permanent' },
    select: { id: true, scene: true },
  });
  const byScene = new Map(codes.map(({ id, scene }) => [scene, id]));
  expect(byScene.size).toBe(codes.length);
  for (const [scene, holder] of seen) expect(byScene.get(scene)).toBe(holder);
}

it(`keeps counts, slots and codes in step, whatever is done to batches (${testedDatabase})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      const account = await bench.addAccount({ cap });
      const made: string[] = [];
      const seen: Seen = new Map();
      for (const each of steps) {
        await obey(account, made, seen, each);
        await expectTruth(account.accountId, seen);
      }
    }),
    { numRuns: 12 },
  );
}, 180_000);
