import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatch } from '@/lib/batches/create-batch';
import { updateCampaign } from '@/lib/campaigns/update-campaign';
import { createCode } from '@/lib/codes/create-code';
import { discardCode } from '@/lib/codes/discard-code';
import { openTestBench, type TestBench } from '@/lib/codes/test-bench';
import { isAppError } from '@/lib/errors';
import { getQuotaCounts } from './get-quota';
import { getQuotaRules, setQuotaRules } from './quota-rules';
import { setUnlisted, undoUnlisted } from './set-unlisted';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw error ?? new Error('was not refused');
  return { code: error.code, ...error.details };
}

describe('pools of their own', () => {
  it('bound each kind by the cap, and say how many of it are left', async () => {
    const { accountId, campaignId } = await bench.addAccount({ cap: 2, wechat: { permanentCap: 9 } });
    const marketer = bench.as('marketer');
    const make = (str?: string) =>
      createCode(marketer, accountId, {
        ...{ campaignId, label: 'x', kind: 'permanent' },
        ...(str ? { scene: { str } } : {}),
      });
    await make();
    await make('a');
    expect(await refusalOf(make('b'))).toEqual({ code: 'SCENE_CAP_REACHED', remaining: 0 });
    await setQuotaRules(bench.as('admin'), accountId, { sharesPool: false });
    await make('b');
    expect(await refusalOf(make('c'))).toMatchObject({ kind: 'string', remaining: 0 });
    const counts = await getQuotaCounts(marketer, accountId);
    expect(counts).toMatchObject({ cap: 4, issued: 3, remaining: 1 });
    expect(counts.pools).toMatchObject({
      shared: false,
      integer: { issued: 1, remaining: 1 },
      string: { issued: 2, remaining: 0 },
    });
    const batch = {
      campaignId,
      kind: 'permanent',
      rows: [{}, {}].map((_, n) => ({ label: `r${n}` })),
    } as const;
    expect(await refusalOf(createBatch(marketer, accountId, { input: { ...batch } }))).toMatchObject({
      code: 'SCENE_CAP_REACHED',
      kind: 'integer',
      remaining: 1,
    });
    // One pool again is overdrawn, which is a fact; nothing is left then.
    await setQuotaRules(bench.as('admin'), accountId, { sharesPool: true });
    expect(await getQuotaCounts(marketer, accountId)).toMatchObject({ cap: 2, remaining: 0 });
    expect((await refusalOf(make())).code).toBe('SCENE_CAP_REACHED');
  });
});

describe('the budget of a campaign', () => {
  it('refuses an overrun in words, counts what was returned as free, and cannot go below what is spent', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    const admin = bench.as('admin');
    await updateCampaign(admin, accountId, campaignId, { slotBudget: 5 });
    const batch = (count: number) =>
      createBatch(admin, accountId, { input: { campaignId, kind: 'permanent', count } });
    await batch(4);
    expect(await refusalOf(batch(2))).toEqual({
      code: 'CAMPAIGN_BUDGET_REACHED',
      campaign: 'Spring',
      budget: 5,
      spent: 4,
      left: 1,
    });
    const code = await bench.db.code.findFirstOrThrow({ where: { accountId, batchLine: 4 } });
    await discardCode(admin, accountId, code.id);
    await batch(2);
    const lower = updateCampaign(admin, accountId, campaignId, { slotBudget: 4 });
    expect((await refusalOf(lower)).fields).toMatchObject([
      { field: 'slotBudget', code: 'budgetSpent', params: { spent: 5 } },
    ]);
    const free = await updateCampaign(admin, accountId, campaignId, { slotBudget: null });
    expect(free).toMatchObject({ slotBudget: null, slotsSpent: 5 });
  });

  it('is kept when many ask at once', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    await updateCampaign(bench.system, accountId, campaignId, { slotBudget: 7 });
    const ask = () =>
      createBatch(bench.system, accountId, { input: { campaignId, kind: 'permanent', count: 3 } });
    const outcomes = await Promise.allSettled([ask(), ask(), ask(), ask()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await bench.db.permanentScene.count({ where: { accountId } })).toBe(6);
  });
});

describe('slots that are gone without a trace', () => {
  it('are set down and taken back, and what WeChat said stands beside our count', async () => {
    const { accountId, campaignId } = await bench.addAccount({ cap: 10, wechat: { permanentCap: 1 } });
    const make = () =>
      createCode(bench.as('marketer'), accountId, { campaignId, label: 'x', kind: 'permanent' });
    await make();
    await make();
    expect(await getQuotaRules(bench.as('viewer'), accountId)).toMatchObject({
      usedUp: { remainingByCount: 8 },
      unlistedBefore: null,
    });
    const admin = bench.as('admin');
    expect(await setUnlisted(admin, accountId, 8)).toMatchObject({ unlisted: 8, remaining: 0 });
    expect(await getQuotaRules(admin, accountId)).toMatchObject({ unlistedBefore: 0 });
    expect(await undoUnlisted(admin, accountId)).toMatchObject({ unlisted: 0, remaining: 8 });
    expect(await undoUnlisted(admin, accountId)).toMatchObject({ unlisted: 0 });
    expect(
      (await refusalOf(setUnlisted(admin, accountId, { unlisted: 1, strings: 2 }))).fields,
    ).toMatchObject([{ field: 'strings' }]);
  });
});
