import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTestBench, type TestBench } from '@/lib/codes/test-bench';
import { countNaively, type KnownCode, type ToldEvent } from '@/scripts/fault-test/naive-counts';
import { updateAccount } from '../accounts/update-account';
import { createCode } from '../codes/create-code';
import { listCodes } from '../codes/list-codes';
import { seal } from '../secrets';
import { createTag } from '../tags/create-tag';
import { tagCodes } from '../tags/tag-codes';
import { lookUpTask, recountTask, retentionTask } from './background';
import { checkCounts } from './check-counts';
import { forgetPerson } from './forget-person';
import type { PushedEvent } from './group-steps';
import { listScans } from './list-scans';
import { PushAccounts } from './push-accounts';
import { recordGroup } from './record-group';
import { recordPast } from './record-past';
import { listUnknownScenes, setScenesAside, takeScenesBack } from './unknown-scenes';

const appSecret = vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.LOG_LEVEL ??= 'silent';
  return process.env.APP_SECRET;
});
const shared = vi.hoisted(() => ({ database: undefined as unknown }));
vi.mock('../runtime', () => ({ startRuntime: async () => ({ database: shared.database }) }));

let bench: TestBench;
beforeAll(async () => {
  bench = await openTestBench();
  shared.database = bench.database;
});
afterAll(() => bench.close());

const running = new AbortController().signal;
const daySeconds = 86_400;
const now = Math.floor(Date.now() / 1000);

async function addAccount() {
  const made = await bench.addAccount();
  const id = made.accountId;
  await bench.db.officialAccount.update({
    where: { id },
    data: { pushTokenSealed: seal(appSecret, `account:${id}:pushToken`, 'token'), asksUserInfo: true },
  });
  return made;
}

function toPushed({ openid, at, kind, scene }: ToldEvent): PushedEvent {
  const eventKey = scene === null ? '' : kind === 'scan' ? scene : `qrscene_${scene}`;
  return { openid, kind, createTime: at, event: kind, eventKey, ticket: null, scene };
}

const record = (accountId: string, events: ToldEvent[]) =>
  recordPast(bench.system, accountId, events.map(toPushed));

async function totals(accountId: string) {
  const rows = await bench.database.pool.query(
    `SELECT concat_ws('|', scope, scope_id, campaign_id, local_date) AS key, sum(scans)::int AS scans, sum(people)::int AS people,
       sum(people_ever)::int AS people_ever, sum(new_followers)::int AS new_followers, sum(refollows)::int AS refollows,
       sum(unfollows)::int AS unfollows, sum(lost_7)::int AS lost_7
     FROM scan_days WHERE account_id = $1 GROUP BY 1`,
    [accountId],
  );
  return new Map<string, Record<string, number>>(
    rows.rows.flatMap(({ key, ...counts }) => {
      const kept = Object.entries(counts).filter(([, n]) => n !== 0);
      return kept.length === 0 ? [] : [[key, Object.fromEntries(kept) as Record<string, number>]];
    }),
  );
}

function expected(accountId: string, events: ToldEvent[], codes: KnownCode[], zone = 'Asia/Shanghai') {
  const names = ['scans', 'people', 'people_ever', 'new_followers', 'refollows', 'unfollows', 'lost_7'];
  const { rows } = countNaively(accountId, events, codes, zone);
  return new Map(
    [...rows].flatMap(([key, counts]) => {
      const kept = Object.entries(counts).filter(([name]) => names.includes(name));
      return key.split('|').length === 4 && kept.length > 0 ? [[key, Object.fromEntries(kept)] as const] : [];
    }),
  );
}

async function addCode(accountId: string, campaignId: string, scene?: string): Promise<KnownCode> {
  const code = await createCode(bench.system, accountId, {
    ...{ campaignId, kind: 'permanent', label: 'poster' },
    ...(scene === undefined ? {} : { scene: { str: scene } }),
  });
  const text = 'id' in code.scene ? String(code.scene.id) : code.scene.str;
  return { id: code.id, scene: text, channelId: null, campaigns: [{ fromAt: 0, campaignId }] };
}

it('gives what was scanned before to the code that is made for it, folded scans included', async () => {
  const { accountId, campaignId } = await addAccount();
  const events: ToldEvent[] = Array.from({ length: 700 }, (_, i) => ({
    ...{ openid: 'oRobot', at: now - 50_000 + i * 60, kind: 'scan' as const },
    scene: i % 3 === 0 ? 'poster one' : 'elsewhere',
  }));
  for (let from = 0; from < events.length; from += 100)
    await record(accountId, events.slice(from, from + 100));
  expect((await bench.db.follower.findFirstOrThrow({ where: { accountId } })).memory).not.toBeNull();
  expect((await listUnknownScenes(bench.system, accountId)).groups.map(({ events: n }) => n)).toEqual([
    466, 234,
  ]);
  const code = await addCode(accountId, campaignId, 'poster one');
  await recountTask.run(bench.system, running);
  expect(await totals(accountId)).toEqual(expected(accountId, events, [code]));
  const more: ToldEvent = { openid: 'oRobot', at: now - 60_000, kind: 'scan', scene: 'poster one' };
  await record(accountId, [more, more]);
  expect(await totals(accountId)).toEqual(expected(accountId, [...events, more], [code]));
  expect((await listUnknownScenes(bench.system, accountId)).groups).toMatchObject([
    { events: 466, scenes: 1 },
  ]);
  const { items } = await listCodes(bench.system, accountId, { sort: 'scans', order: 'desc' });
  expect(items[0]).toMatchObject({ id: code.id, scans: 235 });
});

it('removes old events without changing a count, rebuilds all of them afterwards, and moves to another time zone', async () => {
  const { accountId, campaignId } = await addAccount();
  const code = await addCode(accountId, campaignId);
  const { scene } = code;
  const events: ToldEvent[] = ['oA', 'oB', 'oC'].flatMap((openid, i) => [
    { openid, at: now - 39 * daySeconds + i, kind: 'subscribe', scene },
    { openid, at: now - 38 * daySeconds + i * 40_000, kind: 'scan', scene },
    { openid, at: now - 36 * daySeconds + i, kind: 'unsubscribe', scene: null },
    { openid, at: now - 2 * daySeconds + i * 20_000, kind: 'subscribe', scene },
  ]);
  await record(accountId, events);
  await bench.db.officialAccount.update({ where: { id: accountId }, data: { eventRetentionDays: 30 } });
  await retentionTask.run(bench.system, running);
  expect(await bench.db.scanEvent.count({ where: { accountId } })).toBe(3);
  expect(await totals(accountId)).toEqual(expected(accountId, events, [code]));

  const late: ToldEvent = { openid: 'oA', at: now - 29 * daySeconds, kind: 'scan', scene };
  const tooLate: ToldEvent = { openid: 'oA', at: now - 31 * daySeconds, kind: 'scan', scene };
  await record(accountId, [late, tooLate]);
  expect(await totals(accountId)).toEqual(expected(accountId, [...events, late], [code]));

  await bench.database.pool.query('UPDATE scan_days SET scans = scans + 7 WHERE account_id = $1', [
    accountId,
  ]);
  await bench.database.pool.query('DELETE FROM scan_hours WHERE account_id = $1', [accountId]);
  const { name } = await bench.db.officialAccount.findUniqueOrThrow({ where: { id: accountId } });
  const own = async (mend: boolean) =>
    (await checkCounts(bench.database.pool, mend)).find((one) => one.name === name);
  expect((await own(false))?.differences).toBeGreaterThan(0);
  expect((await own(true))?.differences).toBeGreaterThan(0);
  expect(await own(false)).toEqual({ name, differences: 0, error: null });
  expect(await totals(accountId)).toEqual(expected(accountId, [...events, late], [code]));

  await updateAccount(bench.system, accountId, { timeZone: 'America/Los_Angeles' });
  await recountTask.run(bench.system, running);
  expect(await totals(accountId)).toEqual(
    expected(accountId, [...events, late], [code], 'America/Los_Angeles'),
  );
  expect((await own(false))?.differences).toBe(0);
});

it('asks user/info for the scene that a follow leaves out, and has the person marked by its code', async () => {
  const { accountId, campaignId, appId } = await addAccount();
  const code = await addCode(accountId, campaignId);
  const openid = 'oBlank';
  const scanned = await fetch(`${bench.base}/_sim/scan`, {
    method: 'POST',
    body: JSON.stringify({
      sceneOf: { appId, scene: Number(code.scene) },
      openid,
      createTime: now,
      blankEventKey: true,
    }),
  });
  expect(scanned.ok).toBe(true);
  const account = await new PushAccounts(bench.database.pool).find(accountId);
  if (!account) throw new Error('there is no account');
  const recording = { pool: bench.database.pool, shard: 0, now: () => new Date(), steps: [] };
  await recordGroup(recording, account, [toPushed({ openid, at: now, kind: 'subscribe', scene: null })]);
  expect(await totals(accountId)).toEqual(new Map());
  const tag = await createTag(bench.system, accountId, { name: 'door', marksFollowers: true });
  await tagCodes(bench.system, accountId, { codeIds: [code.id], add: [tag.id] });
  await lookUpTask.run(bench.system, running);
  expect(await bench.db.followerTask.findMany({ where: { accountId } })).toMatchObject([{ tagId: tag.id }]);
  const told: ToldEvent[] = [{ openid, at: now, kind: 'subscribe', scene: code.scene }];
  expect(await totals(accountId)).toEqual(expected(accountId, told, [code]));
});

it('forgets a person and keeps the counts; who comes again is new', async () => {
  const { accountId, campaignId } = await addAccount();
  const code = await addCode(accountId, campaignId);
  const follow: ToldEvent = { openid: 'oGone', at: now - 100, kind: 'subscribe', scene: code.scene };
  await record(accountId, [follow]);
  const before = await totals(accountId);
  await forgetPerson(bench.as('admin'), accountId, { openid: 'oGone' });
  expect(await totals(accountId)).toEqual(before);
  expect((await listScans(bench.system, accountId)).items).toMatchObject([{ openid: null, known: true }]);
  await expect(forgetPerson(bench.as('admin'), accountId, { openid: 'oGone' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  // The same push again is still known, whoever it was.
  await record(accountId, [follow]);
  expect(await totals(accountId)).toEqual(before);
  await record(accountId, [{ ...follow, at: now }]);
  expect(await bench.db.codeTotal.findUnique({ where: { codeId: code.id } })).toMatchObject({
    scans: 2,
    people: 2,
    newFollowers: 2,
  });
});

it('masks openids but for those who may see them', async () => {
  const { accountId } = await addAccount();
  await record(accountId, [{ openid: 'oSomebodyElse', at: now, kind: 'subscribe', scene: null }]);
  const key = await bench.db.apiKey.create({
    data: {
      name: 'sees',
      prefix: 'qd_x',
      keyHash: `hash ${accountId}`,
      scope: 'read',
      allAccounts: true,
      seesOpenids: true,
    },
  });
  const actor = {
    kind: 'apiKey',
    id: key.id,
    name: 'sees',
    role: 'viewer',
    allAccounts: true,
    accountIds: [],
  } as const;
  const seen = await listScans(bench.contextAs({ ...actor, accountIds: [] }), accountId);
  expect(seen.items[0]?.openid).toBe('oSomebodyElse');
  expect((await listScans(bench.as('admin'), accountId)).items[0]?.openid).toBe('oSo…Else');
});

it('groups unknown scenes, sets a group aside and takes it back', async () => {
  const { accountId } = await addAccount();
  const scenes = ['login-1', 'login-22', '91001', '91777', '7', 'poster'];
  await record(
    accountId,
    scenes.map((scene, i) => ({ openid: `o${i}`, at: now - i, kind: 'scan', scene })),
  );
  const list = async () =>
    (await listUnknownScenes(bench.system, accountId)).groups.map((group) => [
      group.prefix ?? group.fromId,
      group.scenes,
    ]);
  expect((await list()).sort()).toEqual(
    [
      [1, 1],
      [91_000, 2],
      ['login-', 2],
      ['poster', 1],
    ].sort(),
  );
  const { id } = await setScenesAside(bench.as('marketer'), accountId, { prefix: 'login-' });
  expect(await setScenesAside(bench.as('marketer'), accountId, { prefix: 'login-' })).toEqual({ id });
  expect(await list()).not.toContainEqual(['login-', 2]);
  expect((await listUnknownScenes(bench.system, accountId)).setAside).toMatchObject([{ id, events: 2 }]);
  await takeScenesBack(bench.as('marketer'), accountId, id);
  expect(await list()).toContainEqual(['login-', 2]);
});
