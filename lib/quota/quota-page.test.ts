import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTestBench } from '../codes/test-bench';
import { listNotifications } from '../notifications/list-notifications';
import { forecast } from './forecast';
import { getForecast, getQuotaUse } from './get-quota-use';
import { getScenePicture } from './get-scene-picture';
import { decodePicture, encodePicture, runIndexAt, type SceneRunState } from './scene-picture';
import { findRaisedThreshold, listThresholds, setThresholds } from './thresholds';
import { watchThresholdsTask } from './watch-thresholds';

vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
});

let bench: Awaited<ReturnType<typeof openTestBench>>;
beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

it('writes any range as runs and reads it back', () => {
  const states: SceneRunState[] = ['free', 'issued', 'issued', 'external', 'others', 'archived', 'reserved'];
  let seed = 1;
  const at = Array.from({ length: 100_001 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return states[seed % states.length] ?? 'free';
  });
  const text = encodePicture((scene) => at[scene] ?? 'free');
  expect(text.length).toBeLessThanOrEqual(100_000);
  const runs = decodePicture(text);
  expect(runs.flatMap(({ from, to, state }) => Array.from({ length: to - from + 1 }, () => state))).toEqual(
    at.slice(1),
  );
  for (const scene of [1, 2, 777, 50_000, 100_000]) {
    const run = runs[runIndexAt(runs, scene)];
    expect(run && run.from <= scene && scene <= run.to).toBe(true);
  }
  expect(encodePicture(() => 'free')).toBe('f100000');
});

it('shows runs, gaps, external blocks, ranges left to others, and strings that hold digits', async () => {
  const { accountId } = await bench.addAccount();
  await bench.db.ownRange.deleteMany({ where: { accountId } });
  await bench.db.ownRange.create({ data: { accountId, fromId: 1, toId: 90_000 } });
  const take = (scene: string, kind: 'integer' | 'string', state: 'reserved' | 'external') =>
    bench.db.permanentScene.create({
      data: {
        accountId,
        kind,
        scene,
        sceneId: kind === 'integer' ? Number(scene) : null,
        state,
        sentAt: new Date(),
      },
      select: { id: true },
    });
  for (const scene of ['2', '3', '4']) await take(scene, 'integer', 'external');
  const [issued, archived] = [await take('6', 'integer', 'reserved'), await take('7', 'integer', 'reserved')];
  await take('8', 'integer', 'reserved');
  await take('10', 'string', 'external');
  await take('shop', 'string', 'external');
  await take('95000', 'integer', 'external');
  await bench.db.permanentScene.update({ where: { id: issued.id }, data: { state: 'issued' } });
  await bench.db.permanentScene.update({ where: { id: archived.id }, data: { state: 'archived' } });
  expect((await getScenePicture(bench.system, accountId)).picture).toBe('fe3fiarfef89990o4999eo5000');
});

const day = 86_400_000;
const now = new Date('2026-06-01T00:00:00Z');
const pace = (short: number, usual: number, long: number, days = 400, usedDays = 60) => ({
  firstAt: new Date(now.getTime() - days * day),
  taken: { short, usual, long },
  usedDays,
});
const inDays = (days: number) => new Date(now.getTime() + days * day).toISOString();

it('carries on the mean of 90 days, between those of 30 and 365', () => {
  expect(forecast(pace(600, 900, 1_825), 1_000, now)).toEqual({
    kind: 'forecast',
    perDay: 10,
    basedOnDays: 90,
    at: inDays(100),
    earliest: inDays(50),
    latest: inDays(200),
  });
});

it('divides by the days that there are, and says so', () => {
  expect(forecast(pace(200, 200, 200, 20), 100, now)).toMatchObject({
    perDay: 10,
    basedOnDays: 20,
    at: inDays(10),
    earliest: inDays(10),
  });
});

it('gives no date for what has too little history, no use, or no end in sight', () => {
  expect(forecast({ ...pace(9, 9, 9), firstAt: null }, 10, now)).toMatchObject({
    kind: 'tooLittle',
    historyDays: 0,
  });
  expect(forecast(pace(9, 9, 9, 13), 10, now)).toMatchObject({ kind: 'tooLittle', historyDays: 13 });
  expect(forecast(pace(9, 9, 9, 400, 4), 10, now)).toMatchObject({ kind: 'tooLittle', usedDays: 4 });
  expect(forecast(pace(0, 0, 500), 10, now)).toEqual({ kind: 'unused', days: 90 });
  expect(forecast(pace(0, 1, 500), 99_999, now)).toMatchObject({ at: null, latest: null });
  expect(forecast(pace(9, 9, 9), 0, now)).toEqual({ kind: 'usedUp' });
});

it('does not count what came from elsewhere into the pace', async () => {
  const { accountId } = await bench.addAccount();
  await bench.db.permanentScene.create({
    data: { accountId, kind: 'integer', scene: '5', sceneId: 5, state: 'external', sentAt: new Date() },
    select: { id: true },
  });
  expect(await getForecast(bench.system, accountId)).toMatchObject({ kind: 'tooLittle', usedDays: 0 });
});

it('names who and what slots were spent for, most first', async () => {
  const { accountId, campaignId } = await bench.addAccount();
  await bench.db.campaign.update({ where: { id: campaignId }, data: { slotsSpent: 3 } });
  await bench.db.campaign.create({ data: { accountId, name: 'larger', slotsSpent: 5, slotBudget: 10 } });
  await bench.db.campaign.create({ data: { accountId, name: 'unused' } });
  const { campaigns } = await getQuotaUse(bench.system, accountId);
  expect(campaigns.map(({ name, slots, budget }) => [name, slots, budget])).toMatchObject([
    ['larger', 5, 10],
    [expect.any(String), 3, null],
  ]);
});

it('tells of a threshold once on crossing, of the highest alone, and arms again below', async () => {
  const { accountId } = await bench.addAccount({ cap: 100 });
  expect((await listThresholds(bench.system, accountId)).map(({ percent }) => percent)).toEqual([80, 95]);
  await setThresholds(bench.system, accountId, [50, 60, 60, 90]);
  const told = async () => {
    await watchThresholdsTask.run(bench.system, new AbortController().signal);
    const { items } = await listNotifications(bench.system);
    return items.flatMap((each) =>
      each.kind === 'quota.threshold' && each.account?.id === accountId ? [each.data.percent] : [],
    );
  };
  const setSpent = (unlisted: number) =>
    bench.db.permanentLedger.update({ where: { accountId }, data: { unlisted } });
  await setSpent(49);
  expect(await told()).toEqual([]);
  await setSpent(61);
  expect(await told()).toEqual([60]);
  expect(await told()).toEqual([60]);
  expect(await findRaisedThreshold(bench.system, accountId)).toBe(60);
  await setSpent(59);
  await told();
  await setSpent(60);
  expect(await told()).toEqual([60]);
  await setSpent(40);
  expect(await told()).toEqual([60]);
  expect(await findRaisedThreshold(bench.system, accountId)).toBeNull();
  await setSpent(50);
  expect(await told()).toEqual([50, 60]);
  await setSpent(100);
  expect(await told()).toEqual([90, 50, 60]);
});
