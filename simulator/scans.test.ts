import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Logged } from './push';
import { APP_ID, handClock, type Rig, startApp, startRig } from './rig';
import type { Outcome } from './scans';

const OPENID = 'oPerson000000000000000000001';
const time = handClock();
let rig: Rig;
let app: Awaited<ReturnType<typeof startApp>>;

beforeEach(async () => {
  app = await startApp(() => ({}));
  rig = await startRig({ clock: time.clock });
  await rig.account({ pushUrl: app.url });
});
afterEach(async () => {
  await rig.close();
  app.close();
});

const scan = async (body: object) =>
  (await rig.post('/_sim/scan', { openid: OPENID, ...body })) as unknown as Outcome;
const sceneOf = (scene: number | string) => ({ sceneOf: { appId: APP_ID, scene } });

test('subscribe for somebody new, SCAN for a follower, subscribe again after unfollowing', async () => {
  const { ticket } = await rig.permanent(5);
  expect(await scan({ ticket })).toMatchObject({ event: 'subscribe', eventKey: 'qrscene_5' });
  expect(await scan({ ticket })).toMatchObject({ event: 'SCAN', eventKey: '5' });
  const left = await rig.post('/_sim/unfollow', { appId: APP_ID, openid: OPENID });
  expect(left).toMatchObject({ event: 'unsubscribe', eventKey: '' });
  expect((left as unknown as Outcome).events[0]).not.toHaveProperty('ticket');
  expect(await scan({ ticket })).toMatchObject({ event: 'subscribe' });
  expect((await rig.post('/_sim/unfollow', { appId: APP_ID, openid: 'oNobody' })).error).toMatch(
    /does not follow/,
  );
});

test('a code is found by ticket, by the url in its picture, or by its scene, as number or string', async () => {
  const int = await rig.permanent(5);
  const str = await rig.permanent('5');
  const temporary = await rig.temporary('t', 600);
  expect((await scan({ url: int.url })).events[0]?.ticket).toBe(int.ticket);
  expect((await scan(sceneOf(5))).events[0]?.ticket).toBe(int.ticket);
  expect((await scan(sceneOf('5'))).events[0]?.ticket).toBe(str.ticket);
  expect((await scan(sceneOf('t'))).events[0]?.ticket).toBe(temporary.ticket);
  expect((await rig.post('/_sim/scan', { openid: OPENID, ticket: 'gQnone' })).error).toMatch(/^No such code/);
});

test("another system's scene is pushed with the same ticket each time, and counts as none of ours", async () => {
  const first = await scan(sceneOf('crm_login_1'));
  const second = await scan(sceneOf('crm_login_1'));
  expect(first.events[0]).toMatchObject({
    eventKey: 'qrscene_crm_login_1',
    ticket: expect.stringMatching(/^gQ/),
  });
  expect(second.events[0]?.ticket).toBe(first.events[0]?.ticket);
  expect((await rig.state()).permanentStr).toBe(0);
});

test('an expired code pushes nothing; a person who does not follow neither', async () => {
  const { ticket } = await rig.temporary(9, 60);
  expect(await scan({ ticket, follow: false })).toMatchObject({ pushed: false, reason: 'didNotFollow' });
  time.advance(60);
  expect(await scan({ ticket })).toMatchObject({ pushed: false, reason: 'expired' });
  expect(app.pushes).toHaveLength(0);
});

test('a dropped ticket, a blank key, a lower-case scan', async () => {
  const { ticket } = await rig.permanent('a_b');
  const blank = await scan({ ticket, blankEventKey: true });
  expect(blank.eventKey).toBe('');
  expect(blank.events[0]).not.toHaveProperty('ticket');
  const info = await rig.read('/cgi-bin/user/info', `&openid=${OPENID}`);
  expect(info).toMatchObject({ subscribe: 1, qr_scene: 0, qr_scene_str: 'a_b' });
  const dropped = await scan({ ticket, dropTicket: true, lowerCase: true });
  expect(dropped).toMatchObject({ event: 'scan', eventKey: 'a_b' });
  expect(dropped.events[0]).not.toHaveProperty('ticket');
});

test('one person never does two things in one second by hand; given times are kept', async () => {
  const { ticket } = await rig.permanent(5);
  const times = [await scan({ ticket }), await scan({ ticket }), await scan({ ticket })].map(
    (o) => o.createTime ?? 0,
  );
  expect(new Set(times).size).toBe(3);
  const many = await scan({ ticket, times: 3, createTime: 1_600_000_000 });
  expect(many.events.map((event) => event.createTime)).toEqual([1_600_000_000, 1_600_000_001, 1_600_000_002]);
});

test('ordinary follows, follows after paying, messages', async () => {
  const body = { appId: APP_ID, openid: OPENID };
  expect(await rig.post('/_sim/follow', body)).toMatchObject({ event: 'subscribe', eventKey: '' });
  expect((await rig.post('/_sim/follow', body)).error).toMatch(/follows .* already/);
  const paid = { ...body, openid: 'oPaid', eventKey: 'last_trade_no_4200' };
  expect(await rig.post('/_sim/follow', paid)).toMatchObject({ eventKey: 'last_trade_no_4200' });
  await rig.post('/_sim/message', { ...body, content: '营业到几点？]]>' });
  expect(app.pushes[2]?.body).toMatch(/<MsgType><!\[CDATA\[text\]\]><\/MsgType>/);
  expect(app.pushes[2]?.body).toMatch(/<MsgId>\d{17}<\/MsgId>/);
  expect(app.pushes[2]?.body).toContain('营业到几点？]]]]><![CDATA[>');
});

test('the delivery log is complete and paged', async () => {
  const { ticket } = await rig.permanent(5);
  await scan({ ticket, times: 5, deliveries: 2 });
  const first = await rig.get('/_sim/deliveries?limit=3');
  expect(first).toMatchObject({ next: 3 });
  const rest = await rig.get('/_sim/deliveries?limit=3&after=3');
  const items = [...(first.items as Logged[]), ...(rest.items as Logged[])];
  expect(rest.next).toBeNull();
  expect(items.map(({ seq, event }) => `${seq} ${event}`)).toEqual([
    '1 subscribe',
    '2 SCAN',
    '3 SCAN',
    '4 SCAN',
    '5 SCAN',
  ]);
  expect(items.every(({ deliveries }) => deliveries.length === 2)).toBe(true);
});
