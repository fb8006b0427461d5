import { XMLParser } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { open, seal, sign } from './cipher';
import { AES_KEY, APP_ID, PUSH_TOKEN, type Pushed, type Rig, startApp, startRig } from './rig';
import type { Outcome } from './scans';

const OPENID = 'oPerson000000000000000000001';
let rig: Rig;
let app: Awaited<ReturnType<typeof startApp>>;
let reply: (pushed: Pushed, index: number) => { status?: number; body?: string } | null;

beforeEach(async () => {
  reply = () => ({});
  app = await startApp((pushed, index) => reply(pushed, index));
  rig = await startRig();
});
afterEach(async () => {
  await rig.close();
  app.close();
});

const register = (more: object = {}) =>
  rig.account({ pushUrl: app.url, encodingAesKey: AES_KEY, pushTimeoutMs: 150, pushRetryMs: 5, ...more });

async function scanNew(more: object = {}): Promise<Outcome> {
  const { ticket } = await rig.permanent('shop_1');
  return (await rig.post('/_sim/scan', { ticket, openid: OPENID, ...more })) as unknown as Outcome;
}

function xml(body: string): Record<string, string> {
  return new XMLParser({ parseTagValue: false }).parse(body).xml;
}

function param({ query }: Pushed, name: string): string {
  return query.get(name) ?? '';
}

describe('the three modes', () => {
  test('plain: signed, clear, nothing sealed', async () => {
    await register();
    const outcome = await scanNew();
    const pushed = app.pushes[0] as Pushed;
    expect(param(pushed, 'signature')).toBe(
      sign(PUSH_TOKEN, param(pushed, 'timestamp'), param(pushed, 'nonce')),
    );
    expect([...pushed.query.keys()]).toEqual(['keep', 'signature', 'timestamp', 'nonce', 'openid']);
    expect(xml(pushed.body)).toEqual({
      ToUserName: expect.stringMatching(/^gh_[0-9a-f]{12}$/),
      FromUserName: OPENID,
      CreateTime: String(outcome.createTime),
      MsgType: 'event',
      Event: 'subscribe',
      EventKey: 'qrscene_shop_1',
      Ticket: expect.stringMatching(/^gQ/),
    });
    expect(outcome).toMatchObject({
      pushed: true,
      delivered: true,
      status: 200,
      body: 'success',
      attempts: 1,
    });
  });

  test('safe: only the sealed message, signed with it', async () => {
    await register({ mode: 'safe' });
    await scanNew();
    const pushed = app.pushes[0] as Pushed;
    const fields = xml(pushed.body);
    expect(Object.keys(fields)).toEqual(['ToUserName', 'Encrypt']);
    expect(param(pushed, 'encrypt_type')).toBe('aes');
    const parts = [param(pushed, 'timestamp'), param(pushed, 'nonce'), fields.Encrypt ?? ''];
    expect(param(pushed, 'msg_signature')).toBe(sign(PUSH_TOKEN, ...parts));
    const opened = open(AES_KEY, fields.Encrypt ?? '');
    expect(opened?.appId).toBe(APP_ID);
    expect(xml(opened?.message ?? '')).toMatchObject({ Event: 'subscribe', EventKey: 'qrscene_shop_1' });
  });

  test('compatible: clear and sealed side by side', async () => {
    await register({ mode: 'compat' });
    await scanNew();
    const fields = xml((app.pushes[0] as Pushed).body);
    expect(fields).toMatchObject({ Event: 'subscribe', EventKey: 'qrscene_shop_1' });
    expect(xml(open(AES_KEY, fields.Encrypt ?? '')?.message ?? '')).toMatchObject({ FromUserName: OPENID });
  });

  test('a sealed mode without a key is refused', async () => {
    expect((await register({ mode: 'safe', encodingAesKey: null })).error).toMatch(/needs an encodingAesKey/);
  });
});

describe('delivery', () => {
  test('three attempts with the same CreateTime when the app fails, then the person sees it', async () => {
    await register();
    reply = () => ({ status: 500 });
    const outcome = await scanNew();
    expect(app.pushes).toHaveLength(3);
    expect(new Set(app.pushes.map(({ body }) => body)).size).toBe(1);
    expect(outcome).toMatchObject({
      delivered: false,
      status: 500,
      attempts: 3,
      userSees: { kind: 'serviceUnavailable' },
    });
    expect(await rig.state()).toMatchObject({ pushesDelivered: 0, pushesFailed: 1 });
  });

  test('an app that does not answer in time is asked again', async () => {
    await register();
    reply = (_, index) => (index === 0 ? null : {});
    const outcome = await scanNew();
    expect(outcome).toMatchObject({ delivered: true, attempts: 2 });
    expect(outcome.events[0]?.deliveries[0]?.attempts[0]).toMatchObject({
      status: 0,
      error: 'no answer within 150 ms',
    });
  });

  test('duplicates are the same event again', async () => {
    await register({ mode: 'safe' });
    const outcome = await scanNew({ deliveries: 3 });
    const messages = app.pushes.map(({ body }) => open(AES_KEY, xml(body).Encrypt ?? '')?.message);
    expect(messages).toHaveLength(3);
    expect(new Set(messages).size).toBe(1);
    expect(outcome.events[0]?.deliveries).toHaveLength(3);
    expect((await rig.state()).pushesDelivered).toBe(3);
  });

  test('what was never acknowledged is delivered again on request, shuffled, and all of it if wanted', async () => {
    await register();
    reply = () => ({ status: 503 });
    await scanNew({ times: 4 });
    expect(await rig.post('/_sim/redeliver', {})).toEqual({ events: 4, failed: 4 });
    reply = () => ({});
    expect(await rig.post('/_sim/redeliver', { seed: 3 })).toEqual({ events: 4, failed: 0 });
    expect(await rig.post('/_sim/redeliver', {})).toEqual({ events: 0, failed: 0 });
    expect(await rig.post('/_sim/redeliver', { which: 'all' })).toEqual({ events: 4, failed: 0 });
    expect((await rig.state()).pushesDelivered).toBe(8);
  });

  test('without an address the scan is noted and nobody told', async () => {
    await rig.account();
    expect(await scanNew()).toMatchObject({ pushed: false, delivered: false, event: 'subscribe' });
    expect(await rig.state()).toMatchObject({ pushesDelivered: 0, pushesFailed: 0 });
  });
});

describe('answers', () => {
  const answerOf = (pushed: Pushed, more = ''): string => {
    const { ToUserName, FromUserName } = xml(pushed.body);
    return `<xml><ToUserName><![CDATA[${FromUserName}]]></ToUserName><FromUserName><![CDATA[${ToUserName}]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好 <b>]]></Content>${more}</xml>`;
  };
  const sealed = (pushed: Pushed, nonce: string, appId = APP_ID): string => {
    const inner = open(AES_KEY, xml(pushed.body).Encrypt ?? '')?.message ?? '';
    const encrypt = seal(AES_KEY, appId, answerOf({ ...pushed, body: inner }));
    return `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${sign(PUSH_TOKEN, '77', nonce, encrypt)}]]></MsgSignature><TimeStamp>77</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`;
  };

  test.each(['', 'success'])('%j says nothing to the person', async (body) => {
    await register({ mode: 'safe' });
    reply = () => ({ body });
    expect((await scanNew()).userSees).toEqual({ kind: 'nothing' });
  });

  test('a text reply is shown', async () => {
    await register();
    reply = (pushed) => ({ body: answerOf(pushed) });
    expect((await scanNew()).userSees).toEqual({ kind: 'reply', msgType: 'text', text: '你好 <b>' });
  });

  const newsOf = (pushed: Pushed, count: number, ...items: string[]): string =>
    answerOf(pushed)
      .replace(
        /<Content>.*<\/Content>/,
        `<ArticleCount>${count}</ArticleCount><Articles>${items.join('')}</Articles>`,
      )
      .replace('[text]', '[news]');
  const item =
    '<item><Title><![CDATA[a & b]]></Title><Description/><PicUrl>https://p.example/1</PicUrl><Url>https://u.example/</Url></item>';

  test('a news reply is shown with its articles, and only when they are as many as it says', async () => {
    await register();
    reply = (pushed) => ({ body: newsOf(pushed, 1, item) });
    expect((await scanNew()).userSees).toEqual({
      ...{ kind: 'reply', msgType: 'news', text: 'a & b' },
      articles: [
        { title: 'a & b', description: '', pictureUrl: 'https://p.example/1', url: 'https://u.example/' },
      ],
    });
    reply = (pushed) => ({ body: newsOf(pushed, 2, item) });
    expect((await scanNew()).userSees).toMatchObject({ why: 'ArticleCount is not how many there are' });
    reply = (pushed) => ({ body: newsOf(pushed, 0) });
    expect((await scanNew()).userSees).toMatchObject({ why: 'Articles are missing' });
  });

  test('a text of nothing, or of more than 2048 bytes, makes the service look broken', async () => {
    await register();
    const seenOf = async (content: string) => {
      reply = (pushed) => ({ body: answerOf(pushed).replace('你好 <b>', content) });
      return (await scanNew()).userSees;
    };
    expect(await seenOf('字'.repeat(682))).toMatchObject({ kind: 'reply' });
    expect(await seenOf('字'.repeat(683))).toMatchObject({ why: 'Content is longer than 2048 bytes' });
    expect(await seenOf(' ')).toMatchObject({ why: 'Content is missing' });
  });

  test.each([
    ['{"ok":true}', 'neither success nor XML'],
    ['<xml><a/></xml>', 'ToUserName is not the person who scanned'],
    ['success\n', 'neither success nor XML'],
  ])('%j makes the service look broken, and is not asked again', async (body, why) => {
    await register();
    reply = () => ({ body });
    expect(await scanNew()).toMatchObject({
      delivered: false,
      attempts: 1,
      userSees: { kind: 'serviceUnavailable', why },
    });
  });

  test('in safe mode a reply must be sealed, with our nonce and app id', async () => {
    await register({ mode: 'safe' });
    reply = (pushed) => ({ body: sealed(pushed, param(pushed, 'nonce')) });
    expect((await scanNew()).userSees).toMatchObject({ kind: 'reply' });
    reply = (pushed) => ({ body: sealed(pushed, '1') });
    expect((await scanNew()).userSees).toMatchObject({ why: 'the reply has another nonce' });
    reply = (pushed) => ({ body: sealed(pushed, param(pushed, 'nonce'), 'wxother') });
    expect((await scanNew()).userSees).toMatchObject({ why: 'the reply does not decrypt' });
    reply = (pushed) => ({
      body: sealed(pushed, param(pushed, 'nonce')).replace('<TimeStamp>77', '<TimeStamp>78'),
    });
    expect((await scanNew()).userSees).toMatchObject({ why: 'the reply has a wrong signature' });
    reply = () => ({ body: '<xml><MsgType>text</MsgType></xml>' });
    expect((await scanNew()).userSees).toMatchObject({ why: 'a clear reply in safe mode' });
  });
});

test('verification asks with a signed echostr and wants it back, exactly', async () => {
  await register({ mode: 'safe' });
  reply = ({ query }) => ({ body: query.get('echostr') ?? '' });
  expect(await rig.post('/_sim/verify', { appId: APP_ID })).toMatchObject({ verified: true, status: 200 });
  const pushed = app.pushes[0] as Pushed;
  expect(pushed.method).toBe('GET');
  expect(param(pushed, 'signature')).toBe(
    sign(PUSH_TOKEN, param(pushed, 'timestamp'), param(pushed, 'nonce')),
  );
  reply = ({ query }) => ({ body: `"${query.get('echostr')}"` });
  expect(await rig.post('/_sim/verify', { appId: APP_ID })).toMatchObject({ verified: false });
});
