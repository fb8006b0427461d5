import { afterEach, beforeEach, expect, test } from 'vitest';
import { APP_ID, handClock, type Rig, SECRET, startRig } from './rig';

const time = handClock();
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ clock: time.clock });
  await rig.account({ dailyCreateLimit: 3 });
});
afterEach(() => rig.close());

const quota = (path: unknown) => rig.api('/cgi-bin/openapi/quota/get', { cgi_path: path });

test('the daily limit is one of calls; quota/get tells it, clear_quota ends it, ten times a month', async () => {
  for (let i = 0; i < 3; i += 1) await rig.permanent(1);
  expect((await rig.permanent(1)).errcode).toBe(45009);
  expect(await quota('/cgi-bin/qrcode/create')).toMatchObject({
    errcode: 0,
    quota: { daily_limit: 3, used: 3, remain: 0 },
    rate_limit: { call_count: expect.any(Number), refresh_second: 60 },
  });
  for (let i = 0; i < 9; i += 1) {
    expect((await rig.api('/cgi-bin/clear_quota', { appid: APP_ID })).errcode).toBe(0);
  }
  expect((await rig.permanent(1)).ticket).toBeDefined();
  expect((await rig.post(`/cgi-bin/clear_quota/v2?appid=${APP_ID}&appsecret=${SECRET}`, '')).errcode).toBe(0);
  expect((await rig.post('/cgi-bin/clear_quota/v2', { appid: APP_ID, appsecret: SECRET })).errcode).toBe(
    48006,
  );
  expect((await rig.api('/cgi-bin/clear_quota', { appid: APP_ID })).errcode).toBe(48006);
});

test('clearing another account by our token is refused', async () => {
  expect((await rig.api('/cgi-bin/clear_quota', { appid: 'wxother' })).errcode).toBe(40013);
});

test('one path can be cleared alone', async () => {
  for (let i = 0; i < 3; i += 1) await rig.permanent(1);
  await rig.api('/cgi-bin/openapi/quota/clear', { cgi_path: '/cgi-bin/qrcode/create' });
  expect((await rig.permanent(1)).ticket).toBeDefined();
});

test.each([
  ['cgi-bin/qrcode/create', 76003],
  [undefined, 76003],
  ['/cgi-bin/none', 76021],
  ['/sns/userinfo', 76022],
])('quota/get of %s answers %d', async (path, errcode) => {
  expect((await quota(path)).errcode).toBe(errcode);
});

test('above the minute limit 45011, until the next minute', async () => {
  await rig.account({ dailyCreateLimit: 100, minuteCreateLimit: 2 });
  await rig.permanent(1);
  await rig.permanent(2);
  expect((await rig.permanent(3)).errcode).toBe(45011);
  time.advance(60);
  expect((await rig.permanent(3)).ticket).toBeDefined();
});
