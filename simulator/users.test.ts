import { afterEach, beforeEach, expect, test } from 'vitest';
import { APP_ID, handClock, type Rig, startRig } from './rig';

// 1 March 2026, 10:00 in China.
const time = handClock();
const now = () => Math.floor(time.clock() / 1000);
let rig: Rig;

beforeEach(async () => {
  rig = await startRig({ clock: time.clock });
  await rig.account();
});
afterEach(() => rig.close());

const scan = (openid: string, scene: number | string, createTime = now()) =>
  rig.post('/_sim/scan', { sceneOf: { appId: APP_ID, scene }, openid, createTime });

test('user/info knows the scene of the follow, and nothing of those who left', async () => {
  await scan('oA', 42);
  await scan('oB', 'shop');
  expect(await rig.read('/cgi-bin/user/info', '&openid=oA')).toMatchObject({
    subscribe: 1,
    openid: 'oA',
    nickname: '',
    subscribe_time: now(),
    subscribe_scene: 'ADD_SCENE_QR_CODE',
    qr_scene: 42,
    qr_scene_str: '',
  });
  expect(await rig.read('/cgi-bin/user/info', '&openid=oB')).toMatchObject({
    qr_scene: 0,
    qr_scene_str: 'shop',
  });
  await rig.post('/_sim/unfollow', { appId: APP_ID, openid: 'oA' });
  expect(await rig.read('/cgi-bin/user/info', '&openid=oA')).toEqual({
    subscribe: 0,
    openid: 'oA',
    tagid_list: [],
  });
  expect((await rig.read('/cgi-bin/user/info', '&openid=oNobody')).errcode).toBe(40003);
  const batch = await rig.api('/cgi-bin/user/info/batchget', { user_list: [{ openid: 'oB' }] });
  expect(batch.user_info_list).toHaveLength(1);
});

test('user/get lists the followers', async () => {
  expect(await rig.read('/cgi-bin/user/get')).toEqual({ total: 0, count: 0, next_openid: '' });
  for (const openid of ['oA', 'oB', 'oC']) await scan(openid, 1);
  await rig.post('/_sim/unfollow', { appId: APP_ID, openid: 'oB' });
  expect(await rig.read('/cgi-bin/user/get')).toEqual({
    total: 2,
    count: 2,
    data: { openid: ['oA', 'oC'] },
    next_openid: 'oC',
  });
  expect(await rig.read('/cgi-bin/user/get', '&next_openid=oA')).toMatchObject({ count: 1 });
});

test('the user summary counts by day and source, from 08:00 of the day after', async () => {
  await scan('oA', 1);
  await scan('oB', 1);
  await rig.post('/_sim/follow', { appId: APP_ID, openid: 'oC', createTime: now() });
  await rig.post('/_sim/unfollow', { appId: APP_ID, openid: 'oA', createTime: now() });
  const day = { begin_date: '2026-03-01', end_date: '2026-03-01' };
  const summary = () => rig.api('/datacube/getusersummary', day);
  expect((await summary()).errcode).toBe(61501);
  time.advance(21 * 3600);
  expect(
    await rig.post(`/datacube/getusersummary?access_token=${(await rig.stableToken()).access_token}`, day),
  ).toEqual({
    list: [],
  });
  time.advance(3600);
  const token = (await rig.stableToken()).access_token;
  const path = `/datacube/getusersummary?access_token=${token}`;
  expect(await rig.post(path, day)).toEqual({
    list: [
      { ref_date: '2026-03-01', user_source: 30, new_user: 2, cancel_user: 1 },
      { ref_date: '2026-03-01', user_source: 1, new_user: 1, cancel_user: 0 },
    ],
  });
  expect((await rig.post(path, { begin_date: '2026-02-01', end_date: '2026-02-08' })).errcode).toBe(61501);
  expect((await rig.post(path, { begin_date: '1 March', end_date: '2026-02-08' })).errcode).toBe(61500);
  time.advance(-22 * 3600);
});

test('tags: created once, put on followers, taken off', async () => {
  await scan('oA', 1);
  const create = (name: string) => rig.api('/cgi-bin/tags/create', { tag: { name } });
  expect(await create('门店')).toEqual({ tag: { id: 100, name: '门店' } });
  expect((await create('门店')).errcode).toBe(45157);
  expect((await create('x'.repeat(31))).errcode).toBe(45158);
  const tagging = (openid: string, tagid = 100) =>
    rig.api('/cgi-bin/tags/members/batchtagging', { openid_list: [openid], tagid });
  expect((await tagging('oA')).errcode).toBe(0);
  expect((await tagging('oNobody')).errcode).toBe(40003);
  expect((await tagging('oA', 7)).errcode).toBe(45159);
  expect(await rig.read('/cgi-bin/user/info', '&openid=oA')).toMatchObject({ tagid_list: [100] });
  expect(await rig.read('/cgi-bin/tags/get')).toEqual({ tags: [{ id: 100, name: '门店', count: 1 }] });
  await rig.api('/cgi-bin/tags/members/batchuntagging', { openid_list: ['oA'], tagid: 100 });
  expect(await rig.api('/cgi-bin/tags/getidlist', { openid: 'oA' })).toEqual({ tagid_list: [] });
});

test('tags: read by tag, lost by who leaves, taken off everybody when deleted, no id given twice', async () => {
  for (const openid of ['oA', 'oB', 'oC']) await scan(openid, 1);
  const create = (name: string) => rig.api('/cgi-bin/tags/create', { tag: { name } });
  await create('one');
  expect(await create('two')).toEqual({ tag: { id: 101, name: 'two' } });
  await rig.api('/cgi-bin/tags/members/batchtagging', { openid_list: ['oA', 'oB', 'oC'], tagid: 101 });
  await rig.post('/_sim/unfollow', { appId: APP_ID, openid: 'oB' });
  const of = (tagid: number, next_openid = '') => rig.api('/cgi-bin/user/tag/get', { tagid, next_openid });
  expect(await of(101)).toEqual({ count: 2, data: { openid: ['oA', 'oC'] }, next_openid: 'oC' });
  expect(await of(101, 'oA')).toMatchObject({ data: { openid: ['oC'] } });
  const remove = (id: number) => rig.api('/cgi-bin/tags/delete', { tag: { id } });
  expect((await remove(100)).errcode).toBe(0);
  expect((await remove(100)).errcode).toBe(45159);
  expect((await of(100)).errcode).toBe(45159);
  expect(await create('three')).toEqual({ tag: { id: 102, name: 'three' } });
  await remove(102);
  expect(await create('four')).toEqual({ tag: { id: 103, name: 'four' } });
  await remove(101);
  expect(await rig.api('/cgi-bin/tags/getidlist', { openid: 'oA' })).toEqual({ tagid_list: [] });
});

test('the diagnostics', async () => {
  expect(await rig.read('/cgi-bin/get_api_domain_ip')).toEqual({ ip_list: ['127.0.0.1'] });
  const check = (body: object) => rig.api('/cgi-bin/callback/check', body);
  expect((await check({ action: 'all' })).errcode).toBe(40201);
  expect((await check({ action: 'none' })).errcode).toBe(40202);
  expect((await check({ action: 'all', check_operator: 'X' })).errcode).toBe(40203);
  await rig.account({ pushUrl: 'http://127.0.0.1:1/push' });
  expect(await check({ action: 'all', check_operator: 'DEFAULT' })).toMatchObject({
    dns: [{ ip: '127.0.0.1' }],
    ping: [{ package_loss: '0%' }],
  });
});

test('a path that does not exist', async () => {
  expect((await rig.read('/cgi-bin/none')).errcode).toBe(40066);
});
