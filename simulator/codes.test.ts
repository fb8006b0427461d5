import { afterEach, beforeEach, expect, test } from 'vitest';
import { APP_ID, handClock, type Rig, startRig } from './rig';
import { readTicket } from './ticket';

const time = handClock();
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ clock: time.clock });
  await rig.account();
});
afterEach(() => rig.close());

async function newestScene(): Promise<unknown> {
  const { items } = (await rig.get(`/_sim/codes?appId=${APP_ID}`)) as unknown as {
    items: { scene: unknown }[];
  };
  return items[0]?.scene;
}

test('a permanent code has no expire_seconds, a temporary one has; the ticket holds the url', async () => {
  const permanent = await rig.permanent(7);
  expect(Object.keys(permanent).sort()).toEqual(['ticket', 'url']);
  const now = Math.floor(time.clock() / 1000);
  expect(readTicket(permanent.ticket ?? '')).toEqual({ url: permanent.url, createdAt: now, validity: 0 });
  const temporary = await rig.temporary('门店', 600);
  expect(temporary.expire_seconds).toBe(600);
  expect(readTicket(temporary.ticket ?? '')).toEqual({ url: temporary.url, createdAt: now, validity: 600 });
});

test('success is sent as application/json with encoding=, and without errcode', async () => {
  const response = await fetch(`${rig.base}/cgi-bin/qrcode/create?access_token=${await rig.token()}`, {
    method: 'POST',
    body: '{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":1}}}',
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; encoding=utf-8');
  expect(await response.json()).not.toHaveProperty('errcode');
});

test.each([
  ['', 44002],
  ['not json', 47001],
  ['[1]', 47001],
  ["{'action_name':'QR_SCENE'}", 40052],
  ['{}', 40052],
  ['{"action_name":"QR_NONE"}', 40052],
  ['{"action_name":"QR_LIMIT_SCENE","action_info":{"scene_id":5}}', 40053],
  ['{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene_str":"a"}}', 40053],
])('%s answers %d', async (body, errcode) => {
  expect((await rig.create(body)).errcode).toBe(errcode);
});

test('create wants POST', async () => {
  expect((await rig.read('/cgi-bin/qrcode/create')).errcode).toBe(43002);
});

test.each([0, -1, 1.5, 100_001, 4_294_967_296])('a permanent scene_id of %d is refused', async (id) => {
  expect((await rig.permanent(id)).errcode).toBe(40053);
});

test.each(['', 'x'.repeat(65), '汉'.repeat(22)])('a permanent scene_str %j is refused', async (text) => {
  expect((await rig.permanent(text)).errcode).toBe(40053);
});

test('64 bytes are the longest permanent string; temporary ones may be longer', async () => {
  expect((await rig.permanent('x'.repeat(64))).ticket).toBeDefined();
  expect((await rig.permanent(`${'汉'.repeat(21)}x`)).ticket).toBeDefined();
  expect((await rig.temporary('x'.repeat(100))).ticket).toBeDefined();
});

test('a temporary code with the scene wrapper missing is accepted in silence with scene 0', async () => {
  expect((await rig.create({ action_name: 'QR_SCENE', action_info: { scene_id: 5 } })).ticket).toBeDefined();
  expect(await newestScene()).toBe(0);
  await rig.create({ action_name: 'QR_SCENE', action_info: { scene: { scene_str: 'a' } } });
  expect(await newestScene()).toBe(0);
});

test.each([
  [4_294_967_295, 4_294_967_295],
  [4_294_967_296, 4_294_967_295],
  [1e18, 4_294_967_295],
  [1e20, 0],
])('a temporary scene_id of %d becomes %d', async (given, kept) => {
  await rig.temporary(given);
  expect(await newestScene()).toBe(kept);
});

test('expiry: 60 s unless said otherwise, 30 days at most, clamped or refused', async () => {
  expect((await rig.temporary(1)).expire_seconds).toBe(60);
  expect((await rig.temporary(1, 2_592_000)).expire_seconds).toBe(2_592_000);
  expect((await rig.temporary(1, 2_592_001)).expire_seconds).toBe(2_592_000);
  await rig.account({ defaultExpireSeconds: 30, overlongExpiry: 'reject' });
  expect((await rig.temporary(1, 0)).expire_seconds).toBe(30);
  expect((await rig.temporary(1, 2_592_001)).errcode).toBe(40053);
});

test('an unverified account may not make codes', async () => {
  await rig.account({ verified: false });
  expect((await rig.permanent(1)).errcode).toBe(48001);
});

test('at the cap new scenes are refused and known ones still answered', async () => {
  await rig.account({ permanentCap: 2 });
  const first = await rig.permanent(1);
  await rig.permanent('a');
  expect((await rig.permanent(2)).errcode).toBe(45029);
  expect((await rig.permanent('b')).errcode).toBe(45029);
  expect((await rig.permanent(1)).url).toBe(first.url);
  expect((await rig.temporary(3)).ticket).toBeDefined();
  expect(await rig.state()).toMatchObject({ permanentInt: 1, permanentStr: 1, temporary: 1, refused: 2 });
});

test('with separate pools integers and strings have a cap each', async () => {
  await rig.account({ permanentCap: 1, sharedPool: false });
  await rig.permanent(1);
  expect((await rig.permanent('a')).ticket).toBeDefined();
  expect((await rig.permanent('b')).errcode).toBe(45029);
});

test('the same permanent scene again: same url and no quota, with a fresh ticket, the same, or spending', async () => {
  await rig.account({ permanentCap: 2 });
  const first = await rig.permanent(1);
  time.advance(5);
  const again = await rig.permanent(1);
  expect(again.url).toBe(first.url);
  expect(again.ticket).not.toBe(first.ticket);
  await rig.account({ recreate: 'sameTicket' });
  expect(await rig.permanent(1)).toEqual(again);
  await rig.account({ recreate: 'spends' });
  expect((await rig.permanent(1)).url).not.toBe(first.url);
  expect((await rig.permanent(1)).errcode).toBe(45029);
  expect((await rig.state()).permanentInt).toBe(1);
});

test('5 and "5" are two scenes', async () => {
  expect((await rig.permanent(5)).url).not.toBe((await rig.permanent('5')).url);
  expect(await rig.state()).toMatchObject({ permanentInt: 1, permanentStr: 1 });
});

test('two accounts have a ledger each', async () => {
  await rig.account({ appId: 'wxother' });
  await rig.permanent(5);
  expect((await rig.state('wxother')).permanentInt).toBe(0);
});
