import { afterAll, beforeAll, expect, it } from 'vitest';
import { isAppError } from '@/lib/errors';
import { setQuotaRules } from '@/lib/quota/quota-rules';
import { archiveCode } from './archive-code';
import { createCode } from './create-code';
import { getSlotHistory } from './get-slot-history';
import { openTestBench, type TestBench } from './test-bench';
import { unarchiveCode } from './unarchive-code';

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
  return error;
}

async function openArchived() {
  const place = await bench.addAccount();
  const { accountId, campaignId } = place;
  const marketer = bench.as('marketer');
  const old = await createCode(marketer, accountId, { campaignId, label: 'old', kind: 'permanent' });
  await archiveCode(marketer, accountId, old.id);
  const take = () =>
    createCode(marketer, accountId, {
      ...{ campaignId, label: 'new', kind: 'permanent', scene: { id: 1 }, reuse: true },
    });
  return { ...place, marketer, old, take };
}

it('waits for the cooling time, of which it says how long', async () => {
  const { accountId, take, old } = await openArchived();
  const refused = await refusalOf(take());
  expect([refused.code, refused.details.days]).toEqual(['SLOT_COOLING', 90]);
  const history = await getSlotHistory(bench.as('viewer'), accountId, old.id);
  expect(Date.parse(history.reusableAt ?? '') - Date.now()).toBeGreaterThan(89 * 86_400_000);
});

it('gives the new code scene, ticket and url of the old one, without a call and without a slot', async () => {
  const { accountId, appId, old, take, marketer } = await openArchived();
  await setQuotaRules(bench.as('admin'), accountId, { coolingDays: 0 });
  const before = await bench.stateOf(appId);
  const made = await take();
  expect(made).toMatchObject({ status: 'issued', scene: { id: 1 }, ticket: old.ticket, url: old.url });
  expect((await bench.stateOf(appId)).calls).toEqual(before.calls);
  const ledger = await bench.db.permanentLedger.findUnique({ where: { accountId } });
  expect(ledger).toMatchObject({ issued: 1, archived: 0, reserved: 0 });

  const { holders, reusableAt } = await getSlotHistory(bench.as('viewer'), accountId, made.id);
  expect(reusableAt).toBeNull();
  expect(holders.map(({ code, toAt }) => [code.label, toAt === null])).toEqual([
    ['old', false],
    ['new', true],
  ]);
  const back = await refusalOf(unarchiveCode(marketer, accountId, old.id));
  expect([back.code, back.details.label]).toEqual(['SLOT_GIVEN_ON', 'new']);
  // And a second time there is nothing to give.
  expect((await refusalOf(take())).code).toBe('SLOT_NOT_ARCHIVED');
});

it('two that want the same slot at once: one has it', async () => {
  const { accountId, take } = await openArchived();
  await setQuotaRules(bench.as('admin'), accountId, { coolingDays: 0 });
  const outcomes = await Promise.allSettled([take(), take(), take()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const open = await bench.db.sceneTenure.count({ where: { code: { accountId }, toAt: null } });
  expect(open).toBe(1);
});

it('wants a permanent scene', async () => {
  const { accountId, campaignId } = await bench.addAccount();
  const base = { campaignId, label: 'x', reuse: true };
  for (const wrong of [
    { ...base, kind: 'temporary' as const, scene: { id: 5 } },
    { ...base, kind: 'permanent' as const },
  ]) {
    const refused = await refusalOf(createCode(bench.as('marketer'), accountId, wrong));
    expect(refused.details.fields?.map(({ code }) => code)).toEqual(['reuseNeedsScene']);
  }
});
