import { afterEach, beforeEach, expect, test } from 'vitest';
import { APP_ID, handClock, type Rig, SECRET, startRig } from './rig';

const time = handClock();
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ clock: time.clock });
  await rig.account();
});
afterEach(() => rig.close());

async function works(token: string | undefined): Promise<number> {
  const answer = await rig.get(`/cgi-bin/getcallbackip?access_token=${token}`);
  return answer.errcode ?? 0;
}

test('each plain call retires the token before it, which works for five minutes more', async () => {
  const first = await rig.plainToken();
  const second = await rig.plainToken();
  expect(first).toEqual({ access_token: expect.stringMatching(/^[\w-]{100,512}$/), expires_in: 7200 });
  expect(second.access_token).not.toBe(first.access_token);
  time.advance(299);
  expect(await works(first.access_token)).toBe(0);
  time.advance(1);
  expect(await works(first.access_token)).toBe(40001);
  expect(await works(second.access_token)).toBe(0);
  time.advance(7200 - 300);
  expect(await works(second.access_token)).toBe(42001);
});

test('the stable token stays the same until its last five minutes, when old and new both work', async () => {
  const first = await rig.stableToken();
  time.advance(6000);
  expect(await rig.stableToken()).toEqual({ access_token: first.access_token, expires_in: 1200 });
  time.advance(900);
  const second = await rig.stableToken();
  expect(second.access_token).not.toBe(first.access_token);
  expect(second.expires_in).toBe(7200);
  time.advance(299);
  expect(await works(first.access_token)).toBe(0);
  expect(await works(second.access_token)).toBe(0);
  time.advance(1);
  expect(await works(first.access_token)).toBe(42001);
});

test('the two families do not touch each other', async () => {
  const stable = await rig.stableToken();
  await rig.plainToken();
  await rig.plainToken();
  time.advance(600);
  expect(await works(stable.access_token)).toBe(0);
});

test('a forced refresh kills the one before; within 30 s it does nothing; 20 a day', async () => {
  const first = await rig.stableToken();
  const forced = await rig.stableToken({ force_refresh: true });
  expect(await works(first.access_token)).toBe(40001);
  time.advance(29);
  expect((await rig.stableToken({ force_refresh: true })).access_token).toBe(forced.access_token);
  for (let i = 1; i < 20; i += 1) {
    time.advance(30);
    expect((await rig.stableToken({ force_refresh: true })).errcode).toBeUndefined();
  }
  time.advance(30);
  expect((await rig.stableToken({ force_refresh: true })).errcode).toBe(45009);
  time.advance(86_400);
  expect((await rig.stableToken({ force_refresh: true })).errcode).toBeUndefined();
});

test.each([
  ['grant_type=x', 40002],
  ['grant_type=client_credential', 41002],
  [`grant_type=client_credential&appid=${APP_ID}`, 41004],
  [`grant_type=client_credential&appid=wxother&secret=${SECRET}`, 40013],
  [`grant_type=client_credential&appid=${APP_ID}&secret=short`, 40125],
  [`grant_type=client_credential&appid=${APP_ID}&secret=${'f'.repeat(32)}`, 40001],
])('token?%s answers %d', async (query, errcode) => {
  expect((await rig.get(`/cgi-bin/token?${query}`)).errcode).toBe(errcode);
});

test('stable_token wants POST and JSON', async () => {
  expect((await rig.get('/cgi-bin/stable_token')).errcode).toBe(43002);
  expect((await rig.post('/cgi-bin/stable_token', '')).errcode).toBe(44002);
  expect((await rig.post('/cgi-bin/stable_token', 'appid=1')).errcode).toBe(47001);
});

test('a caller who is not on the whitelist reads its own address', async () => {
  await rig.account({ ipWhitelist: ['203.0.113.9'] });
  const refused = await rig.plainToken();
  expect(refused.errcode).toBe(40164);
  expect(refused.errmsg).toMatch(/^invalid ip 127\.0\.0\.1 .*not in whitelist rid: /);
  await rig.account({ ipWhitelist: ['127.0.0.1'] });
  expect((await rig.plainToken()).errcode).toBeUndefined();
});

test('2,000 plain tokens a day, and the next day anew in China', async () => {
  await rig.account({ dailyLimits: { '/cgi-bin/token': 2 } });
  await rig.plainToken();
  await rig.plainToken();
  expect((await rig.plainToken()).errcode).toBe(45009);
  time.advance((Date.parse('2026-03-03T00:00:00+08:00') - time.clock()) / 1000);
  expect((await rig.plainToken()).errcode).toBeUndefined();
});

test('a missing, a misshapen and an unknown token', async () => {
  expect((await rig.get('/cgi-bin/getcallbackip')).errcode).toBe(41001);
  expect(await works('x')).toBe(40014);
  expect(await works('x'.repeat(136))).toBe(40001);
});

test('errmsg ends in a rid whose first group is the time', async () => {
  const { errmsg } = await rig.get('/cgi-bin/getcallbackip');
  const rid = /^access_token missing rid: ([0-9a-f]{8})-[0-9a-f]{8}-[0-9a-f]{8}$/.exec(errmsg ?? '');
  expect(Number.parseInt(rid?.[1] ?? '', 16)).toBe(Math.floor(time.clock() / 1000));
});
