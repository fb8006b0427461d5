import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCode } from '../codes/create-code';
import { openTestBench } from '../codes/test-bench';
import type { Context } from '../context';
import { forgetPerson } from '../scans/forget-person';
import type { PushedEvent } from '../scans/group-steps';
import { openidPlace, personSecretPlace } from '../scans/person-key';
import { recordGroup } from '../scans/record-group';
import { seal } from '../secrets';
import { createTag } from './create-tag';
import { deleteTag } from './delete-tag';
import { getMarking } from './get-marking';
import { getTag } from './get-tag';
import { markFollowersTask } from './mark-followers';
import { markGroup } from './mark-group';
import { markStep } from './mark-scans';
import { retryMarking } from './retry-marking';
import { tagCodes } from './tag-codes';
import { claimTasks } from './task-store';
import { updateTag } from './update-tag';

const appSecret = 'a secret for tests, 32 characters or more';
const personSecret = randomBytes(32);
const batchTagging = '/cgi-bin/tags/members/batchtagging';
const create = '/cgi-bin/tags/create';
const seconds = () => Math.floor(Date.now() / 1000);

let bench: Awaited<ReturnType<typeof openTestBench>>;
let account: Awaited<ReturnType<typeof bench.addAccount>>;
let tagId: string;
let code: { id: string; ticket: string };
/** Ahead of the machine's clock, which the database goes by. */
let aheadMs: number;

const now = () => new Date(Date.now() + aheadMs);
const pass = (passed: number) => {
  aheadMs += passed * 1000;
};
const worker = (): Context => ({ ...bench.system, clock: { now } });

beforeAll(async () => {
  process.env.APP_SECRET = appSecret;
  process.env.LOG_LEVEL = 'silent';
  bench = await openTestBench();
});
afterAll(() => bench.close());
afterEach(() => bench.noFaults());
beforeEach(async () => {
  aheadMs = 1_000;
  account = await bench.addAccount();
  const { accountId } = account;
  await bench.db.officialAccount.update({
    where: { id: accountId },
    data: {
      personSecretSealed: seal(appSecret, personSecretPlace(accountId), personSecret.toString('base64')),
    },
  });
  tagId = (await createTag(bench.system, accountId, { name: '门头', marksFollowers: true })).id;
  code = await tagged([tagId]);
});

async function tagged(tagIds: string[]) {
  const { accountId, campaignId } = account;
  const made = await createCode(bench.system, accountId, { campaignId, label: 'x', kind: 'temporary' });
  await tagCodes(bench.system, accountId, { codeIds: [made.id], add: tagIds });
  return { id: made.id, ticket: made.ticket ?? '' };
}

const ask = async <T>(path: string, body?: unknown): Promise<T> => {
  const method = body ? 'POST' : 'GET';
  const response = await fetch(bench.base + path, { method, body: body ? JSON.stringify(body) : null });
  return response.json() as Promise<T>;
};

async function token(): Promise<string> {
  const secret = '0123456789abcdef0123456789abcdef';
  const body = { grant_type: 'client_credential', appid: account.appId, secret };
  return (await ask<{ access_token: string }>('/cgi-bin/stable_token', body)).access_token;
}

/** As another system with the same credentials does it. */
const atWeChat = async <T>(path: string, body?: unknown) =>
  ask<T>(`${path}?access_token=${await token()}`, body);

const push = (openid: string, more: Partial<PushedEvent> = {}): PushedEvent => ({
  ...{ openid, kind: 'subscribe', createTime: seconds() - 60, event: 'subscribe', eventKey: 'qrscene_x' },
  ...{ ticket: code.ticket, scene: 'x', ...more },
});
const unfollow = {
  kind: 'unsubscribe',
  event: 'unsubscribe',
  eventKey: '',
  ticket: null,
  scene: null,
} as const;

async function record(pushes: PushedEvent[]): Promise<void> {
  await recordGroup(
    { pool: bench.database.pool, shard: 0, now: () => new Date(), steps: [markStep] },
    {
      ...{ id: account.accountId, personSecret, asksUserInfo: false, retentionDays: 400 },
      sealOpenid: (openid) => seal(appSecret, openidPlace(account.accountId), openid),
    },
    pushes,
  );
}

/** They follow at the stand-in, and the app hears of it. */
async function scan(openids: string[], more: Partial<PushedEvent> = {}): Promise<void> {
  for (const openid of openids) await ask('/_sim/follow', { appId: account.appId, openid });
  await record(openids.map((openid) => push(openid, more)));
}

async function mark(): Promise<void> {
  await markFollowersTask({ gatherMs: 1 }).run(worker(), new AbortController().signal);
}

type StandInPerson = { openid: string; tags: number[] };
async function tagsAtWeChat(): Promise<Record<string, string[]>> {
  const { items } = await ask<{ items: StandInPerson[] }>(`/_sim/followers?appId=${account.appId}`);
  const { tags } = await atWeChat<{ tags: { id: number; name: string }[] }>('/cgi-bin/tags/get');
  const names = new Map(tags.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    items.map(({ openid, tags: ids }) => [openid, ids.map((id) => names.get(id) ?? String(id))]),
  );
}

const markingOf = () => getMarking({ ...bench.system, clock: { now } }, account.accountId);
const markedOf = async (id = tagId) => (await getTag(bench.system, account.accountId, id)).markedFollowers;
const callsOf = async (path: string) => (await bench.stateOf(account.appId)).calls[path] ?? 0;
const tasks = () => bench.db.followerTask.findMany({ where: { accountId: account.accountId } });

describe('who scans a code with a tag that marks', () => {
  it('is marked at WeChat, fifty people a call, and counted once', async () => {
    const people = Array.from({ length: 60 }, (_, i) => `oMany${i}`);
    await scan(people);
    expect(await markingOf()).toMatchObject({ waiting: { [tagId]: 60 } });
    await mark();
    const found = await tagsAtWeChat();
    expect(people.filter((openid) => found[openid]?.join() !== '门头')).toEqual([]);
    expect([await callsOf(create), await callsOf(batchTagging)]).toEqual([1, 2]);
    expect(await markingOf()).toEqual({ hold: null, waiting: {}, failures: [] });
    expect(await markedOf()).toBe(60);
    // They scan again, as followers: nothing is left to be done.
    await scan(people.slice(0, 3), { kind: 'scan', event: 'scan', createTime: seconds() });
    await mark();
    expect([await callsOf(batchTagging), await markedOf()]).toEqual([2, 60]);
  });

  it('is asked for once however often the push is delivered, and with each tag of each code', async () => {
    const { id: other } = await createTag(bench.system, account.accountId, {
      name: '收银台',
      marksFollowers: true,
    });
    const { id: quiet } = await createTag(bench.system, account.accountId, { name: '试投' });
    const second = await tagged([tagId, other, quiet]);
    await scan(['oA']);
    const again = push('oA', { ticket: second.ticket, kind: 'scan', event: 'scan' });
    await record([push('oA'), again, again]);
    await record([push('oA'), again]);
    expect((await tasks()).map((task) => task.tagId).sort()).toEqual([tagId, other].sort());
    await mark();
    expect((await tagsAtWeChat()).oA?.sort()).toEqual(['收银台', '门头'].sort());
  });

  it('is not asked for where no tag marks, where the code has none, and by an unfollow', async () => {
    await updateTag(bench.system, account.accountId, tagId, { marksFollowers: false });
    await scan(['oA']);
    expect(await tasks()).toEqual([]);
    await updateTag(bench.system, account.accountId, tagId, { marksFollowers: true });
    const bare = await tagged([]);
    await scan(['oB'], { ticket: bare.ticket });
    await record([push('oC', unfollow)]);
    expect(await tasks()).toEqual([]);
  });

  it('leaves nothing behind of a group that is undone', async () => {
    const failing = { name: 'failing', inTransaction: () => Promise.reject(new Error('undone')) };
    const recording = {
      pool: bench.database.pool,
      shard: 0,
      now: () => new Date(),
      steps: [markStep, failing],
    };
    const sealOpenid = (openid: string) => openid;
    const receiving = {
      id: account.accountId,
      personSecret,
      asksUserInfo: false,
      retentionDays: 400,
      sealOpenid,
    };
    await expect(recordGroup(recording, receiving, [push('oA')])).rejects.toThrow('undone');
    expect(await tasks()).toEqual([]);
  });

  it('is forgotten when they have left or asked to be forgotten before their turn', async () => {
    await scan(['oLeft', 'oForgotten', 'oStays']);
    await record([push('oLeft', { ...unfollow, createTime: seconds() })]);
    await forgetPerson(bench.as('admin'), account.accountId, { openid: 'oForgotten' });
    await mark();
    expect(await tagsAtWeChat()).toMatchObject({ oLeft: [], oForgotten: [], oStays: ['门头'] });
    expect((await tasks()).map(({ state }) => state)).toEqual(['done']);
    expect(await markedOf()).toBe(1);
  });

  it('is marked anew when they follow anew, and still counted once', async () => {
    await scan(['oA']);
    await mark();
    await ask('/_sim/unfollow', { appId: account.appId, openid: 'oA' });
    await record([push('oA', { ...unfollow, createTime: seconds() + 2 })]);
    await scan(['oA'], { createTime: seconds() + 3 });
    expect(await tagsAtWeChat()).toEqual({ oA: [] });
    await mark();
    expect(await tagsAtWeChat()).toEqual({ oA: ['门头'] });
    expect(await markedOf()).toBe(1);
  });
});

describe('the tag at WeChat', () => {
  it('is found by its name when another system has made it', async () => {
    const { tag } = await atWeChat<{ tag: { id: number } }>(create, { tag: { name: '门头' } });
    await scan(['oA']);
    await mark();
    expect((await bench.db.tag.findUnique({ where: { id: tagId } }))?.wechatTagId).toBe(tag.id);
    expect(await tagsAtWeChat()).toEqual({ oA: ['门头'] });
  });

  it('is made once more when it was deleted there', async () => {
    await scan(['oA']);
    await mark();
    const before = (await bench.db.tag.findUnique({ where: { id: tagId } }))?.wechatTagId;
    await atWeChat('/cgi-bin/tags/delete', { tag: { id: before } });
    await scan(['oB']);
    await mark();
    const after = (await bench.db.tag.findUnique({ where: { id: tagId } }))?.wechatTagId;
    expect(after).toBeGreaterThan(before ?? 0);
    expect(await tagsAtWeChat()).toEqual({ oA: [], oB: ['门头'] });
    expect(await callsOf(create)).toBe(2);
  });

  it('is another one under another name', async () => {
    await scan(['oA']);
    await mark();
    await updateTag(bench.system, account.accountId, tagId, { name: '门口' });
    await scan(['oB']);
    await mark();
    expect(await tagsAtWeChat()).toEqual({ oA: ['门头'], oB: ['门口'] });
  });

  it('cannot be had when there are a hundred: all who wait have failed, with its words, until it is tried again', async () => {
    for (let i = 0; i < 100; i++) await atWeChat(create, { tag: { name: `other ${i}` } });
    await scan(Array.from({ length: 60 }, (_, i) => `oMany${i}`));
    await mark();
    expect(await callsOf(create)).toBe(101);
    const { waiting, failures } = await markingOf();
    expect(waiting).toEqual({});
    expect(failures).toMatchObject([
      { tagId, tagName: '门头', followers: 60, error: { kind: 'api', errcode: 45056 } },
    ]);
    expect(failures[0]?.error.errmsg).toBe('too many tag now, no need to add new');
    expect(failures[0]?.error.rid).toMatch(/^[0-9a-f]{8}-/);
    await atWeChat('/cgi-bin/tags/delete', { tag: { id: 100 } });
    expect(await retryMarking(bench.as('marketer'), account.accountId, { tagId })).toEqual({ followers: 60 });
    await mark();
    expect(await markedOf()).toBe(60);
    expect((await markingOf()).failures).toEqual([]);
  });
});

describe('one of a group who cannot be marked', () => {
  it('fails alone: twenty tags already, or no follower at WeChat', async () => {
    await scan(['oA', 'oFull', 'oB', 'oC', 'oD']);
    for (let i = 0; i < 20; i++) {
      const { tag } = await atWeChat<{ tag: { id: number } }>(create, { tag: { name: `other ${i}` } });
      await atWeChat(batchTagging, { openid_list: ['oFull'], tagid: tag.id });
    }
    await record([push('oNobody')]);
    await mark();
    const found = await tagsAtWeChat();
    expect(['oA', 'oB', 'oC', 'oD'].map((openid) => found[openid])).toEqual(Array(4).fill(['门头']));
    expect(found.oFull).toHaveLength(20);
    const { failures } = await markingOf();
    expect(failures.map(({ followers, error }) => [followers, error.errcode]).sort()).toEqual([
      [1, 40003],
      [1, 45059],
    ]);
    expect(await markedOf()).toBe(4);
  });
});

describe('WeChat refuses', () => {
  it('45009: waits until the next midnight of UTC+8, then goes on by itself', async () => {
    await scan(['oA', 'oB']);
    await bench.fault({ kind: 'dayLimit', rate: 1, path: batchTagging });
    await mark();
    await bench.noFaults();
    const { hold, waiting, failures } = await markingOf();
    expect(hold).toMatchObject({ errcode: 45009, errmsg: expect.stringContaining('daily quota') });
    expect(hold?.until).toMatch(/T16:00:00\.000Z$/);
    expect([waiting[tagId], failures]).toEqual([2, []]);
    await mark();
    expect(await callsOf(batchTagging)).toBe(1);
    pass(86_400);
    await mark();
    expect(await markedOf()).toBe(2);
    expect((await markingOf()).hold).toBeNull();
    const { stoppedCode } = await bench.db.officialAccount.findUniqueOrThrow({
      where: { id: account.accountId },
    });
    expect(stoppedCode).toBeNull();
  });

  it('45011: waits for the next minute', async () => {
    await scan(['oA']);
    await bench.fault({ kind: 'minuteLimit', rate: 1, path: batchTagging });
    await mark();
    await bench.noFaults();
    await mark();
    expect([await callsOf(batchTagging), await markedOf()]).toEqual([1, 0]);
    pass(62);
    await mark();
    expect(await markedOf()).toBe(1);
  });

  it('48001: holds back tagging alone, until a person tries again', async () => {
    await scan(['oA']);
    await bench.configure(account.appId, { verified: false });
    await mark();
    await bench.configure(account.appId, { verified: true });
    expect((await markingOf()).hold).toMatchObject({ errcode: 48001, until: null });
    pass(7 * 86_400);
    await mark();
    expect(await markedOf()).toBe(0);
    const { campaignId, accountId } = account;
    const made = await createCode(bench.system, accountId, { campaignId, label: 'y', kind: 'temporary' });
    expect(made.status).toBe('issued');
    await retryMarking(bench.as('marketer'), account.accountId);
    await mark();
    expect(await markedOf()).toBe(1);
  });

  it('the credentials: the account is stopped, and goes on when it is resumed', async () => {
    await scan(['oA']);
    const row = await bench.db.officialAccount.findUniqueOrThrow({ where: { id: account.accountId } });
    const wrong = seal(appSecret, `account:${account.accountId}:appSecret`, 'f'.repeat(32));
    await bench.db.officialAccount.update({
      where: { id: account.accountId },
      data: { appSecretSealed: wrong },
    });
    await bench.db.accessToken.updateMany({
      where: { accountId: account.accountId },
      data: { valueSealed: null, expiresAt: null },
    });
    await mark();
    const stopped = await bench.db.officialAccount.findUniqueOrThrow({ where: { id: account.accountId } });
    expect(stopped.stoppedCode).not.toBeNull();
    const before = await callsOf('/cgi-bin/stable_token');
    pass(3_600);
    await mark();
    expect(await callsOf('/cgi-bin/stable_token')).toBe(before);
    expect(await tasks()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    await bench.db.officialAccount.update({
      where: { id: account.accountId },
      data: { appSecretSealed: row.appSecretSealed, stoppedCode: null, stoppedUntil: null },
    });
    await mark();
    expect(await markedOf()).toBe(1);
  });

  it('busy: tries again after growing waits, and fails in the end', async () => {
    await scan(['oA']);
    await bench.fault({ kind: 'busy', rate: 1, path: batchTagging });
    const waits: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      await mark();
      const [task] = await tasks();
      if (!task?.nextAttemptAt) break;
      const waited = (task.nextAttemptAt.getTime() - now().getTime()) / 1000;
      waits.push(Math.round(waited));
      await mark();
      expect(await callsOf(batchTagging)).toBe(turn + 1);
      pass(waited + 1);
    }
    expect(waits).toEqual([10, 60, 300, 1_800, 7_200, ...Array(6).fill(21_600)]);
    expect((await markingOf()).failures).toMatchObject([{ followers: 1, error: { errcode: -1 } }]);
  });

  it('47001, or something else that would only be met again: failed, with its words', async () => {
    const { accountId } = account;
    const long = await createTag(bench.system, accountId, {
      name: '超过三十个字节的标签名称',
      marksFollowers: true,
    });
    code = await tagged([long.id]);
    await scan(['oA']);
    await mark();
    expect((await markingOf()).failures).toMatchObject([
      { tagName: '超过三十个字节的标签名称', error: { errcode: 45158, errmsg: 'tag name too long' } },
    ]);
  });
});

describe('the queue', () => {
  it('lost answers do no harm: nobody is marked twice or left out', async () => {
    await bench.fault({ kind: 'lostReply', rate: 1, times: 1, path: create });
    await bench.fault({ kind: 'lostReply', rate: 1, times: 1, path: batchTagging, seed: 2 });
    await scan(['oA', 'oB']);
    for (let turn = 0; turn < 4; turn++) {
      await mark();
      pass(120);
    }
    expect(await tagsAtWeChat()).toEqual({ oA: ['门头'], oB: ['门头'] });
    expect(await markedOf()).toBe(2);
  });

  it('is worked off by many processes, each person by one', async () => {
    const people = Array.from({ length: 230 }, (_, i) => `oMany${i}`);
    await scan(people);
    await Promise.all([mark(), mark(), mark()]);
    expect([await markedOf(), await callsOf(create)]).toEqual([230, expect.any(Number)]);
    const found = await tagsAtWeChat();
    expect(people.filter((openid) => found[openid]?.join() !== '门头')).toEqual([]);
  });

  it('takes over what a dead process had claimed, and lets a late writer change nothing', async () => {
    await scan(['oA']);
    const until = new Date(now().getTime() + 60_000);
    const lease = { token: '00000000-0000-4000-8000-000000000001', until };
    const claims = await claimTasks(bench.db, tagId, { limit: 50, now: now(), lease });
    expect(claims).toHaveLength(1);
    await mark();
    expect(await markedOf()).toBe(0);
    pass(61);
    await bench.fault({ kind: 'busy', rate: 1, path: batchTagging });
    await mark();
    await bench.noFaults();
    const tag = { id: tagId, accountId: account.accountId, name: '门头', wechatTagId: null };
    await markGroup(worker(), tag, claims, lease.token);
    expect(await tasks()).toMatchObject([{ state: 'waiting', attempts: 1, lastErrorCode: -1 }]);
    expect(await markedOf()).toBe(0);
    pass(20);
    await mark();
    expect(await markedOf()).toBe(1);
  });

  it('drops who waits when the tag no longer marks, and all of a tag that is deleted', async () => {
    await scan(['oA']);
    await updateTag(bench.system, account.accountId, tagId, { marksFollowers: false });
    expect(await tasks()).toEqual([]);
    await updateTag(bench.system, account.accountId, tagId, { marksFollowers: true });
    await scan(['oB']);
    await deleteTag(bench.system, account.accountId, tagId);
    await mark();
    expect([await tasks(), await callsOf(create)]).toEqual([[], 0]);
  });

  it('stops when it is told to, and leaves the rest for later', async () => {
    await scan(Array.from({ length: 60 }, (_, i) => `oMany${i}`));
    await bench.fault({ kind: 'slow', rate: 1, delayMs: 300, path: batchTagging });
    const stop = new AbortController();
    const work = markFollowersTask({ gatherMs: 60_000 }).run(worker(), stop.signal);
    await sleep(150);
    stop.abort();
    await work;
    expect(await callsOf(batchTagging)).toBeLessThan(2);
    await bench.noFaults();
    await mark();
    expect(await markedOf()).toBe(60);
  });
});
