import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writePush } from '@/simulator/push-body';
import { createCode } from '../codes/create-code';
import { openTestBench } from '../codes/test-bench';
import { clearDeliveriesTask } from '../deliveries/clear-deliveries';
import { deliverWaiting } from '../deliveries/deliver-waiting';
import { removeReplyOfCampaign, removeReplyOfCode } from '../replies/remove-reply';
import { setReplyOfCampaign, setReplyOfCode } from '../replies/set-reply';
import { forgetPerson } from '../scans/forget-person';
import { createReceiver } from '../scans/receiver';
import { groupSteps } from '../scans/steps';
import { seal } from '../secrets';
import { buildTextReply, openPush, openReply, sealReply } from '../wechat';
import { createRelay } from './create-relay';
import { listRelayDeliveries, repeatRelayDelivery } from './list-relay-deliveries';
import { listRelays } from './list-relays';
import type { RelayInput } from './schemas';
import { relaySender } from './send-push';
import { testRelay } from './test-relay';
import { switchRelay, updateRelay } from './update-relay';

const appSecret = vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.LOG_LEVEL ??= 'silent';
  return process.env.APP_SECRET;
});
const ours = { token: 'ourtoken', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };
const theirs = { token: 'theirtoken', encodingAesKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq' };

type Taken = { query: URLSearchParams; body: string };

let bench: Awaited<ReturnType<typeof openTestBench>>;
let server: Server;
let base = '';
let taken: Record<string, Taken[]> = {};
let answer: (path: string, taken: Taken, response: ServerResponse) => void;

beforeAll(async () => {
  bench = await openTestBench();
  server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    taken[pathname] ??= [];
    const one = { query: searchParams, body };
    taken[pathname].push(one);
    answer(pathname, one, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await bench.close();
});
beforeEach(() => {
  taken = {};
  answer = (_path, _taken, response) => response.end('success');
});

async function setUp() {
  const made = await bench.addAccount();
  const { accountId } = made;
  const sealed = (field: string, value: string) => seal(appSecret, `account:${accountId}:${field}`, value);
  const { appId } = await bench.db.officialAccount.update({
    where: { id: accountId },
    data: {
      pushMode: 'safe',
      pushTokenSealed: sealed('pushToken', ours.token),
      encodingAesKeySealed: sealed('encodingAesKey', ours.encodingAesKey),
    },
    select: { appId: true },
  });
  const receiver = createReceiver(bench.database, groupSteps);
  const now = Math.floor(Date.now() / 1000);
  const settings = {
    pushToken: ours.token,
    encodingAesKey: ours.encodingAesKey,
    mode: 'safe' as const,
    appId,
  };
  /** A function that delivers this push again with each call; the clear reply, or `success`. */
  const push = (event: object) => {
    const full = { openid: `o${randomUUID()}`, createTime: now, msgType: 'event', ...event };
    return async () => {
      const written = writePush({ ...settings, originalId: 'gh_1' }, full as never, now);
      const { status, body } = await receiver.receive(accountId, written.query, written.body);
      if (status !== 200 || body === 'success') return body;
      return openReply({ ...ours, appId, mode: 'safe' }, body, {
        openid: full.openid,
        accountUserName: 'gh_1',
      });
    };
  };
  const addRelay = (path: string, more: Partial<RelayInput> = {}) =>
    createRelay(bench.system, accountId, {
      ...{ name: path, url: base + path, mode: 'safe', ...theirs, takesAll: true },
      ...{ messageTypes: [], events: [], scenes: [], answers: false, allowPrivate: true },
      ...more,
    });
  const deliver = () => deliverWaiting(bench.system, new AbortController().signal, { relay: relaySender });
  return { ...made, appId, push, addRelay, deliver };
}

const open = (appId: string, { query, body }: Taken) =>
  openPush({ account: { ...theirs, appId, mode: 'safe' }, query, rawBody: body });

/** Answers as another system in safe mode does. */
function answerSafely(appId: string, text: string): typeof answer {
  return (_path, one, response) => {
    const opened = open(appId, one);
    if (!opened.ok) return void response.writeHead(403).end();
    const { openid, accountUserName } = opened.event;
    const xml = buildTextReply({ openid, accountUserName, createdAt: new Date() }, text);
    const nonce = one.query.get('nonce') ?? '';
    response.end(sealReply({ ...theirs, appId }, { xml, nonce, now: new Date() }));
  };
}

describe('relays', () => {
  it('hand a push on once, sealed for the other system as WeChat would, and pass its reply through, again too', async () => {
    const { appId, push, addRelay, deliver, accountId } = await setUp();
    const { id } = await addRelay('/service', { answers: true });
    await addRelay('/crm');
    answer = answerSafely(appId, 'from the service');
    const hello = push({ msgType: 'text', content: 'hello', msgId: '123' });
    expect(await hello()).toContain('from the service');
    expect(await hello()).toContain('from the service');
    await deliver();
    for (const path of ['/service', '/crm']) {
      expect(taken[path]).toHaveLength(1);
      expect(open(appId, taken[path]?.[0] as Taken)).toMatchObject({
        ok: true,
        encrypted: true,
        event: { kind: 'message', content: 'hello', accountUserName: 'gh_1' },
      });
    }
    const { items } = await listRelayDeliveries(bench.system, accountId, id);
    expect(items).toMatchObject([{ state: 'delivered', eventType: 'message.text', attempts: 1 }]);
    await repeatRelayDelivery(bench.system, accountId, id, items[0]?.id ?? '');
    await deliver();
    expect(taken['/service']).toHaveLength(2);
  });

  it('keep nothing of whoever is forgotten at once, nor of whoever unfollowed a day ago', async () => {
    const { push, addRelay, deliver, accountId } = await setUp();
    const { id } = await addRelay('/crm');
    const createTime = Math.floor(Date.now() / 1000) - 100;
    const follow = (openid: string) => push({ openid, event: 'subscribe', eventKey: '', createTime })();
    const people = ['oForgotten', 'oUnfollowed', 'oStayed'];
    for (const openid of people) await follow(openid);
    await push({ openid: 'oUnfollowed', event: 'unsubscribe', eventKey: '', createTime: createTime + 1 })();
    await deliver();
    const kept = async () => (await listRelayDeliveries(bench.system, accountId, id)).items.length;
    expect(await kept()).toBe(4);
    await forgetPerson(bench.as('admin'), accountId, { openid: 'oForgotten' });
    expect(await kept()).toBe(3);
    const clear = (hours: number) =>
      clearDeliveriesTask.run(
        { ...bench.system, clock: { now: () => new Date(Date.now() + hours * 3_600_000) } },
        new AbortController().signal,
      );
    await clear(23);
    expect(await kept()).toBe(3);
    await clear(25);
    expect(await kept()).toBe(1);
  });

  it('take what their rules name, in plain mode too, and nothing when they are off', async () => {
    const { push, addRelay, deliver, accountId } = await setUp();
    const some = { takesAll: false, mode: 'plain' as const };
    await addRelay('/text', { ...some, messageTypes: ['text'] });
    await addRelay('/menu', { ...some, events: ['click'] });
    await addRelay('/scenes', { ...some, scenes: ['login_*', '100-200', 'exact'] });
    const off = await addRelay('/off');
    await switchRelay(bench.system, accountId, off.id, false);
    await push({ msgType: 'text', content: 'hi', msgId: '1' })();
    await push({ msgType: 'image', msgId: '2' })();
    await push({ event: 'CLICK', eventKey: 'V1' })();
    for (const scene of ['login_7', 'exact', '150', '201', 'exactly']) {
      await push({ event: 'SCAN', eventKey: scene })();
    }
    await push({ event: 'subscribe', eventKey: 'qrscene_100' })();
    await deliver();
    expect(Object.fromEntries(Object.entries(taken).map(([path, all]) => [path, all.length]))).toEqual({
      '/text': 1,
      '/menu': 1,
      '/scenes': 4,
    });
    expect(taken['/text']?.[0]?.body).toContain('<![CDATA[hi]]>');
    expect(taken['/text']?.[0]?.query.get('encrypt_type')).toBeNull();
  });

  it('that hang never hold WeChat up beyond its patience, and get the push through the queue', async () => {
    const { push, addRelay, deliver } = await setUp();
    await addRelay('/hangs', { answers: true });
    answer = () => undefined;
    const since = performance.now();
    expect(await push({ event: 'SCAN', eventKey: '7' })()).toBe('success');
    expect(performance.now() - since).toBeLessThan(4_500);
    answer = (_path, _taken, response) => response.end('success');
    await deliver();
    expect(taken['/hangs']).toHaveLength(2);
  });

  it('whose reply is for somebody else, or forged, are not passed on', async () => {
    const { push, addRelay } = await setUp();
    await addRelay('/odd', { answers: true });
    const xml = buildTextReply({ openid: 'oOther', accountUserName: 'gh_1', createdAt: new Date() }, 'x');
    for (const body of [xml, '{"a":1}', '<xml>', 'hello']) {
      answer = (_path, _taken, response) => response.end(body);
      expect(await push({ event: 'SCAN', eventKey: '7' })()).toBe('success');
    }
  });

  it('are refused rules that can never be met, by the place of each', async () => {
    const { addRelay } = await setUp();
    const scenes = ['login_*', 'a*b', '1-2', '200-100', '2026-11*'];
    const refused = await addRelay('/x', { takesAll: false, scenes }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: {
        fields: [
          { field: 'scenes.1', code: 'sceneRuleStar' },
          { field: 'scenes.3', code: 'rangeOrder' },
        ],
      },
    });
    const nothing = await addRelay('/x', { takesAll: false }).catch((error: unknown) => error);
    expect(nothing).toMatchObject({ details: { fields: [{ field: 'events', code: 'relayTakesNothing' }] } });
  });

  it('keep token and key when a change leaves them out, and are listed with what came of the latest push', async () => {
    const { appId, accountId, addRelay, deliver } = await setUp();
    const { id } = await addRelay('/kept');
    const rules = { takesAll: true, messageTypes: [], events: [], scenes: [], answers: true };
    const changed = {
      ...rules,
      name: 'renamed',
      url: `${base}/moved`,
      mode: 'safe',
      allowPrivate: true,
    } as const;
    expect(await updateRelay(bench.system, accountId, id, changed)).toMatchObject({ hasKey: true });
    expect(await listRelays(bench.system, accountId)).toMatchObject([{ name: 'renamed', last: null }]);
    await testRelay(bench.system, accountId, id);
    await deliver();
    expect(open(appId, taken['/moved']?.[0] as Taken)).toMatchObject({
      ok: true,
      event: { content: 'test' },
    });
    const [listed] = await listRelays(bench.system, accountId);
    expect(listed).toMatchObject({ last: { state: 'delivered', eventType: 'ping' } });
    expect(JSON.stringify(listed)).not.toContain(theirs.token);
  });

  it('one answers', async () => {
    const { addRelay, accountId } = await setUp();
    await addRelay('/a', { answers: true });
    await addRelay('/b', { answers: true });
    const relays = await bench.db.relay.findMany({ where: { accountId, answers: true } });
    expect(relays.map(({ name }) => name)).toEqual(['/b']);
    await Promise.all(['/c', '/d', '/e'].map((path) => addRelay(path, { answers: true })));
    expect(await bench.db.relay.count({ where: { accountId, answers: true } })).toBe(1);
  });
});

describe('replies', () => {
  it('answer a scan by whom it is, the same again, and instead of another system', async () => {
    const { accountId, campaignId, appId, push, addRelay, deliver } = await setUp();
    await addRelay('/service', { answers: true });
    answer = answerSafely(appId, 'from the service');
    const { scene, id } = await createCode(bench.system, accountId, {
      ...{ campaignId, label: 'Door', kind: 'temporary' },
    });
    const key = 'id' in scene ? String(scene.id) : scene.str;
    const text = (words: string) => ({ kind: 'text' as const, text: words });
    await setReplyOfCampaign(bench.system, accountId, campaignId, {
      ...{ enabled: true, forNew: text('welcome at {label}, {scene}'), forReturning: text('again') },
    });
    const openid = 'oNew';
    const follow = push({ openid, event: 'subscribe', eventKey: `qrscene_${key}` });
    expect(await follow()).toContain(`welcome at Door, ${key}`);
    await setReplyOfCode(bench.system, accountId, id, {
      ...{ enabled: true, forNew: text('own'), forReturning: null },
    });
    expect(await follow()).toContain(`welcome at Door, ${key}`);
    expect(await push({ openid, event: 'SCAN', eventKey: key })()).toContain('own');
    await setReplyOfCode(bench.system, accountId, id, {
      ...{ enabled: false, forNew: text('own'), forReturning: null },
    });
    expect(await push({ openid: 'oOther', event: 'SCAN', eventKey: key })()).toContain('again');
    expect(await push({ openid, event: 'SCAN', eventKey: 'nobody' })()).toContain('from the service');
    await deliver();
    expect(taken['/service']).toHaveLength(4);
  });

  it('that would say nothing are none, and another system may answer', async () => {
    const { accountId, campaignId, appId, push, addRelay } = await setUp();
    await addRelay('/service', { answers: true });
    answer = answerSafely(appId, 'from the service');
    const made = { campaignId, label: 'Door', kind: 'temporary' } as const;
    const { scene } = await createCode(bench.system, accountId, made);
    const key = 'id' in scene ? String(scene.id) : scene.str;
    await setReplyOfCampaign(bench.system, accountId, campaignId, {
      ...{ enabled: true, forNew: { kind: 'text', text: ' {channel} ' }, forReturning: null },
    });
    expect(await push({ event: 'SCAN', eventKey: key })()).toContain('from the service');
  });

  it('that are removed leave the place to the campaign’s, and then to nobody', async () => {
    const { accountId, campaignId, push } = await setUp();
    const made = { campaignId, label: 'Door', kind: 'temporary' } as const;
    const { scene, id } = await createCode(bench.system, accountId, made);
    const key = 'id' in scene ? String(scene.id) : scene.str;
    const reply = (text: string) => ({
      ...{ enabled: true, forNew: { kind: 'text' as const, text }, forReturning: null },
    });
    await setReplyOfCampaign(bench.system, accountId, campaignId, reply('the campaign’s'));
    await setReplyOfCode(bench.system, accountId, id, reply('its own'));
    const answered = async () => push({ event: 'SCAN', eventKey: key })();
    expect(await answered()).toContain('its own');
    await removeReplyOfCode(bench.system, accountId, id);
    expect(await answered()).toContain('the campaign’s');
    await removeReplyOfCampaign(bench.system, accountId, campaignId);
    expect(await answered()).toBe('success');
    // What is gone already is no fault, and no entry.
    await removeReplyOfCampaign(bench.system, accountId, campaignId);
    const entries = await bench.db.auditEntry.findMany({
      where: { accountId, action: { endsWith: '.removeReply' } },
      orderBy: { id: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual(['code.removeReply', 'campaign.removeReply']);
  });
});
