import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallReport, createWeChatClient, type WeChatClientOptions } from './client';
import { type SeenRequest, sendJson, startTestServer } from './test-server';
import { createMemoryTokenStore } from './token-store';
import { WeChatError } from './wechat-error';

const ticket =
  'gQF28DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyeEdaZVZCcU1jX0UxMDAwMHcwM2QAAgTjUxBjAwQAAAAA';
const issued = { ticket, url: 'http://weixin.qq.com/q/02xGZeVBqMc_E10000w03d' };
const secret = 's3cretS3cretS3cretS3cretS3cret32';

type Handler = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

let routes: Record<string, Handler>;
let server: Awaited<ReturnType<typeof startTestServer>>;
let tokensIssued: number;

beforeEach(async () => {
  tokensIssued = 0;
  const giveToken: Handler = (_request, response) => {
    tokensIssued += 1;
    sendJson(response, { access_token: `token-${tokensIssued}+/=`, expires_in: 7200 });
  };
  routes = {
    '/cgi-bin/stable_token': giveToken,
    '/cgi-bin/token': giveToken,
    '/cgi-bin/qrcode/create': (_request, response) => sendJson(response, issued),
  };
  server = await startTestServer(async (request, response) => {
    const handler = routes[request.url.pathname];
    if (handler) await handler(request, response);
    else response.writeHead(404).end('no such route');
  });
});

afterEach(() => server.close());

function makeClient(options: Partial<WeChatClientOptions> = {}) {
  return createWeChatClient({
    appId: 'wx1234567890abcdef',
    appSecret: secret,
    tokenSource: { kind: 'stable' },
    tokenStore: createMemoryTokenStore(),
    apiBase: server.base,
    mpBase: server.base,
    timeoutMs: 2000,
    ...options,
  });
}

const permanent = { kind: 'permanent', scene: { id: 7 } } as const;

async function failure(promise: Promise<unknown>): Promise<WeChatError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WeChatError);
  return error as WeChatError;
}

const callsTo = (path: string) => server.seen.filter((request) => request.url.pathname === path);
const lastCall = (path: string) => callsTo(path).at(-1);
const errcode = (code: number, errmsg: string) => (_request: SeenRequest, response: ServerResponse) =>
  sendJson(response, { errcode: code, errmsg });

describe('the four kinds of code', () => {
  it.each([
    [
      'QR_SCENE',
      { kind: 'temporary', scene: { id: 4294967295 }, expireSeconds: 60 },
      { scene_id: 4294967295 },
      60,
    ],
    [
      'QR_STR_SCENE',
      { kind: 'temporary', scene: { str: '门店-1' }, expireSeconds: 60 },
      { scene_str: '门店-1' },
      60,
    ],
    [
      'QR_LIMIT_SCENE',
      { kind: 'permanent', scene: { id: 7 }, expireSeconds: 60 },
      { scene_id: 7 },
      undefined,
    ],
    ['QR_LIMIT_STR_SCENE', { kind: 'permanent', scene: { str: 'a' } }, { scene_str: 'a' }, undefined],
    ['QR_SCENE', { kind: 'temporary', scene: { id: 1 } }, { scene_id: 1 }, 2592000],
  ] as const)('%s', async (actionName, code, scene, expireSeconds) => {
    const answer = await makeClient().createCode(code);
    const body = JSON.parse(lastCall('/cgi-bin/qrcode/create')?.body ?? '');
    expect(body).toEqual({
      action_name: actionName,
      action_info: { scene },
      ...(expireSeconds === undefined ? {} : { expire_seconds: expireSeconds }),
    });
    expect(answer).toEqual({ ...issued, expiresInSeconds: expireSeconds ?? null });
  });

  it('sends letters beyond ASCII as they are, and the token encoded once', async () => {
    await makeClient().createCode({ kind: 'permanent', scene: { str: '门店😀' } });
    const call = lastCall('/cgi-bin/qrcode/create');
    expect(call?.body).toContain('"门店😀"');
    expect(call?.url.searchParams.get('access_token')).toBe('token-1+/=');
  });

  it('believes WeChat about the life of a temporary code', async () => {
    routes['/cgi-bin/qrcode/create'] = (_request, response) =>
      sendJson(response, { ...issued, expire_seconds: 90 });
    const answer = await makeClient().createCode({ kind: 'temporary', scene: { id: 1 }, expireSeconds: 100 });
    expect(answer.expiresInSeconds).toBe(90);
  });

  it('reads the url out of the ticket when the answer has none', async () => {
    routes['/cgi-bin/qrcode/create'] = (_request, response) => sendJson(response, { ticket });
    expect((await makeClient().createCode(permanent)).url).toBe(issued.url);
  });

  it('sends nothing when the scene or the expiry is wrong', async () => {
    const client = makeClient();
    await expect(client.createCode({ kind: 'permanent', scene: { id: 100001 } })).rejects.toThrow(RangeError);
    await expect(
      client.createCode({ kind: 'temporary', scene: { id: 1 }, expireSeconds: 2592001 }),
    ).rejects.toThrow('expiryRange');
    expect(server.seen).toHaveLength(0);
  });
});

describe('the token', () => {
  it('is asked for once by 50 callers', async () => {
    const client = makeClient();
    await Promise.all(Array.from({ length: 50 }, () => client.createCode(permanent)));
    expect(tokensIssued).toBe(1);
    expect(callsTo('/cgi-bin/qrcode/create')).toHaveLength(50);
  });

  it('comes from stable_token by POST, without force_refresh', async () => {
    await makeClient().getAccessToken();
    const call = lastCall('/cgi-bin/stable_token');
    expect(call?.method).toBe('POST');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      grant_type: 'client_credential',
      appid: 'wx1234567890abcdef',
      secret,
      force_refresh: false,
    });
  });

  it('comes from /token by GET when that is chosen', async () => {
    await makeClient({ tokenSource: { kind: 'plain' } }).getAccessToken();
    const call = lastCall('/cgi-bin/token');
    expect(call?.method).toBe('GET');
    expect(Object.fromEntries(call?.url.searchParams ?? [])).toEqual({
      grant_type: 'client_credential',
      appid: 'wx1234567890abcdef',
      secret,
    });
  });

  it.each([40001, 40014, 42001])(
    'is renewed once by 50 callers refused with %i, each asking again once',
    async (code) => {
      const client = makeClient();
      routes['/cgi-bin/qrcode/create'] = ({ url }, response) => {
        const old = url.searchParams.get('access_token')?.startsWith('token-1');
        sendJson(response, old ? { errcode: code, errmsg: 'access_token expired' } : issued);
      };
      await client.getAccessToken();
      await Promise.all(Array.from({ length: 50 }, () => client.createCode(permanent)));
      expect(tokensIssued).toBe(2);
    },
  );

  it('is not thrown away when another process has replaced it already', async () => {
    const tokenStore = createMemoryTokenStore();
    const [one, other] = [makeClient({ tokenStore }), makeClient({ tokenStore })];
    let refused = 0;
    routes['/cgi-bin/qrcode/create'] = async ({ url }, response) => {
      if (!url.searchParams.get('access_token')?.startsWith('token-1')) return sendJson(response, issued);
      refused += 1;
      // The second refusal arrives when the first caller has renewed the token.
      while (refused === 2 && tokensIssued < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      sendJson(response, { errcode: 42001, errmsg: 'access_token expired' });
    };
    await one.getAccessToken();
    await Promise.all([one.createCode(permanent), other.createCode(permanent)]);
    expect(refused).toBe(2);
    expect(tokensIssued).toBe(2);
  });

  it('gives up after one renewal, and says that somebody takes the token over', async () => {
    routes['/cgi-bin/qrcode/create'] = errcode(40001, 'invalid credential');
    const error = await failure(makeClient().createCode(permanent));
    expect(callsTo('/cgi-bin/qrcode/create')).toHaveLength(2);
    expect(tokensIssued).toBe(2);
    expect(error).toMatchObject({
      errcode: 40001,
      remedy: 'tokenTakenOver',
      retry: 'later',
      maybeDone: false,
    });
  });

  it('is not asked for again when the token endpoint itself says 40001: the secret is wrong', async () => {
    routes['/cgi-bin/stable_token'] = errcode(40001, 'invalid credential');
    const error = await failure(makeClient().createCode(permanent));
    expect(callsTo('/cgi-bin/stable_token')).toHaveLength(1);
    expect(error).toMatchObject({ errcode: 40001, remedy: 'checkSecret', retry: 'no', maybeDone: false });
    expect(error.path).toBe('/cgi-bin/stable_token');
  });

  it('fails once for 50 callers when it cannot be had, and is tried again later', async () => {
    const healthy = routes['/cgi-bin/stable_token'] as Handler;
    routes['/cgi-bin/stable_token'] = errcode(-1, 'system error');
    const client = makeClient();
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => client.createCode(permanent)));
    expect(results.every((result) => result.status === 'rejected')).toBe(true);
    expect(callsTo('/cgi-bin/stable_token')).toHaveLength(1);
    routes['/cgi-bin/stable_token'] = healthy;
    await expect(client.createCode(permanent)).resolves.toMatchObject({ ticket });
  });

  it('is replaced shortly before it expires', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const clock = () => now;
    const client = makeClient({ clock, tokenStore: createMemoryTokenStore(clock) });
    expect((await client.getAccessToken()).expiresAt).toEqual(new Date('2026-01-01T02:00:00Z'));
    now = new Date('2026-01-01T01:57:00Z');
    await client.getAccessToken();
    expect(tokensIssued).toBe(1);
    now = new Date('2026-01-01T01:58:30Z');
    await client.getAccessToken();
    expect(tokensIssued).toBe(2);
  });

  it('is asked for anew by a test of the connection', async () => {
    const client = makeClient();
    await client.getAccessToken();
    expect(Object.keys(await client.getAccessToken({ fresh: true }))).toEqual(['expiresAt']);
    expect(tokensIssued).toBe(2);
  });
});

describe('a company token server', () => {
  const remote = () =>
    ({
      kind: 'remote',
      url: `${server.base}/corp/token?key=k3yK3yK3y`,
      headerValue: 'Bearer c0rpT0ken',
    }) as const;
  const remoteClient = () => makeClient({ tokenSource: remote(), appSecret: null });

  it('is asked with the header, and its token is used', async () => {
    routes['/corp/token'] = (_request, response) =>
      sendJson(response, { token: 'from-corp', expires_in: '600' });
    await remoteClient().createCode(permanent);
    expect(lastCall('/corp/token')?.headers.authorization).toBe('Bearer c0rpT0ken');
    expect(lastCall('/cgi-bin/qrcode/create')?.url.searchParams.get('access_token')).toBe('from-corp');
    expect(tokensIssued).toBe(0);
  });

  it.each<[string, Handler, Record<string, unknown>]>([
    [
      'a wrong header',
      (_q, r) => void r.writeHead(401).end(),
      { tokenServerProblem: 'httpStatus', remedy: 'checkTokenServerHeader' },
    ],
    ['a login page', (_q, r) => void r.end('<html><title>Login</title>'), { tokenServerProblem: 'htmlPage' }],
    [
      'a redirect',
      (_q, r) => void r.writeHead(302, { Location: '/login' }).end(),
      { tokenServerProblem: 'redirect' },
    ],
    ['no JSON', (_q, r) => void r.end('tok'), { tokenServerProblem: 'notJson' }],
    ['no token', (_q, r) => sendJson(r, { ok: true }), { tokenServerProblem: 'badReply' }],
    [
      'an expired token',
      (_q, r) => sendJson(r, { access_token: 'a', expires_in: 0 }),
      { tokenServerProblem: 'badReply' },
    ],
    ['an errcode', errcode(40164, 'invalid ip 192.0.2.1'), { tokenServerProblem: 'api', errcode: 40164 }],
    ['a cut', (_q, r) => void r.destroy(), { tokenServerProblem: 'cutReply' }],
  ])('has an error of its own for %s', async (_name, handler, expected) => {
    routes['/corp/token'] = handler;
    const error = await failure(remoteClient().createCode(permanent));
    expect(error).toMatchObject({ kind: 'tokenServer', path: server.base, maybeDone: false, ...expected });
    expect(JSON.stringify([error, error.message, error.cause])).not.toMatch(/c0rpT0ken|k3yK3yK3y/);
  });

  it('is named when it keeps giving a token that WeChat refuses', async () => {
    routes['/corp/token'] = (_request, response) => sendJson(response, { token: 'stale', expires_in: 600 });
    routes['/cgi-bin/qrcode/create'] = errcode(42001, 'access_token expired');
    expect(await failure(remoteClient().createCode(permanent))).toMatchObject({
      kind: 'api',
      remedy: 'tokenServerStale',
    });
  });
});

describe('errors of WeChat', () => {
  it('show the address to whitelist and the rid', async () => {
    routes['/cgi-bin/stable_token'] = errcode(
      40164,
      'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 631055d7-1a2b3c4d-5e6f7a8b',
    );
    expect(await failure(makeClient().getAccessToken())).toMatchObject({
      kind: 'api',
      errcode: 40164,
      blockedIp: '203.0.113.7',
      rid: '631055d7-1a2b3c4d-5e6f7a8b',
      errmsg: 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist',
      remedy: 'whitelistIp',
      retry: 'no',
    });
  });

  it.each([
    [-1, 'later', 'tryAgain', true],
    [45009, 'nextDay', 'waitNextDay', false],
    [45011, 'nextMinute', 'waitNextMinute', false],
    [45029, 'no', 'capReached', false],
    [48001, 'no', 'verifiedServiceAccountOnly', false],
    [40053, 'no', 'checkScene', false],
    [99999, 'no', 'raiseIssueWithRid', false],
  ])('%i: retry %s, remedy %s', async (code, retry, remedy, maybeDone) => {
    routes['/cgi-bin/qrcode/create'] = errcode(code, 'words hint: [abc123]');
    const error = await failure(makeClient().createCode(permanent));
    expect(error).toMatchObject({ errcode: code, retry, remedy, maybeDone, errmsg: 'words', rid: 'abc123' });
    expect(callsTo('/cgi-bin/qrcode/create')).toHaveLength(1);
  });

  it('never repeat the token or the secret', async () => {
    routes['/cgi-bin/qrcode/create'] = errcode(
      40066,
      `invalid url ?access_token=${encodeURIComponent('token-1+/=')} token-1+/= ${secret}`,
    );
    const error = await failure(makeClient().createCode(permanent));
    expect(error.errmsg).toBe('invalid url ?access_token=*** *** ***');
    expect(error.message).not.toContain('token-1');
  });
});

describe('faults on the way', () => {
  const path = '/cgi-bin/qrcode/create';

  it.each<[string, Handler, Record<string, unknown>]>([
    ['no answer in time', () => {}, { kind: 'timeout', retry: 'later', maybeDone: true }],
    [
      'half an answer in time',
      (_q, r) => {
        r.write('{"ticket":');
      },
      { kind: 'timeout', maybeDone: true },
    ],
    [
      'a cut before the answer',
      (_q, r) => void r.destroy(),
      { kind: 'cutReply', retry: 'now', maybeDone: true },
    ],
    [
      'a cut within the answer',
      async (_q, r) => {
        r.writeHead(200, { 'Content-Length': '500' });
        r.write('{"ticket":"gQ');
        await new Promise((resolve) => setTimeout(resolve, 30));
        r.destroy();
      },
      { kind: 'cutReply', retry: 'now', maybeDone: true, httpStatus: 200 },
    ],
    ['a body that is not JSON', (_q, r) => void r.end('{"ticket":"gQ'), { kind: 'notJson', maybeDone: true }],
    ['an empty body', (_q, r) => void r.end(), { kind: 'notJson', maybeDone: true }],
    [
      'a page of a proxy',
      (_q, r) => void r.writeHead(502).end('<!DOCTYPE html><html><title>502 Bad Gateway</title>'),
      { kind: 'htmlPage', httpStatus: 502, maybeDone: true, remedy: 'checkProxy' },
    ],
    [
      'a page with 200',
      (_q, r) => void r.end('\n<html><body>Sign in</body></html>'),
      { kind: 'htmlPage', httpStatus: 200 },
    ],
    [
      'HTTP 503',
      (_q, r) => void r.writeHead(503).end('busy'),
      { kind: 'httpStatus', retry: 'later', maybeDone: true },
    ],
    [
      'HTTP 403',
      (_q, r) => void r.writeHead(403).end('no'),
      { kind: 'httpStatus', retry: 'no', maybeDone: false },
    ],
    [
      'a redirect',
      (_q, r) => void r.writeHead(302, { Location: '/elsewhere' }).end(),
      { kind: 'redirect', httpStatus: 302, maybeDone: false },
    ],
    [
      'a huge body',
      (_q, r) => void r.end(Buffer.alloc(3_000_000, 0x20)),
      { kind: 'tooLarge', maybeDone: true },
    ],
    ['JSON that is no object', (_q, r) => void r.end('[]'), { kind: 'badReply', maybeDone: true }],
    ['an answer without a ticket', (_q, r) => sendJson(r, { ok: 1 }), { kind: 'badReply', maybeDone: true }],
  ])('%s', async (_name, handler, expected) => {
    const client = makeClient({ timeoutMs: 400 });
    await client.getAccessToken();
    routes[path] = handler;
    const error = await failure(client.createCode(permanent));
    expect(error).toMatchObject({ path, errcode: null, ...expected });
    const all = [error.message, JSON.stringify(error), String(error.cause), JSON.stringify(error.cause)].join(
      ' ',
    );
    expect(all).not.toMatch(/token-1|s3cret/);
    expect(all).not.toContain('access_token=');
    expect(callsTo('/elsewhere')).toHaveLength(0);
  });

  it('a closed port: nothing can have been done', async () => {
    const gone = await startTestServer(() => {});
    await gone.close();
    const tokenStore = createMemoryTokenStore();
    await makeClient({ tokenStore }).getAccessToken();
    const error = await failure(makeClient({ tokenStore, apiBase: gone.base }).createCode(permanent));
    expect(error).toMatchObject({
      kind: 'network',
      retry: 'later',
      maybeDone: false,
      remedy: 'checkNetwork',
    });
  });

  it.each([
    ['a reset while connecting', { code: 'ECONNRESET', syscall: 'connect' }, 'network', 'checkNetwork'],
    [
      'a name that does not resolve',
      { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
      'network',
      'checkNetwork',
    ],
    ['a certificate of its own', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'network', 'checkProxy'],
    ['no connection in time', { code: 'UND_ERR_CONNECT_TIMEOUT' }, 'timeout', 'checkNetwork'],
  ])('%s: the same', async (_name, socketError, kind, remedy) => {
    const tokenStore = createMemoryTokenStore();
    await makeClient({ tokenStore }).getAccessToken();
    // These cannot be caused on this machine alone; the codes are those that Node gives.
    const fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), socketError) }));
    const error = await failure(makeClient({ tokenStore, fetch }).createCode(permanent));
    expect(error).toMatchObject({ kind, remedy, maybeDone: false, cause: { code: socketError.code } });
  });

  it('a token that cannot be had: the code was not asked for', async () => {
    routes['/cgi-bin/stable_token'] = (_request, response) => void response.destroy();
    const error = await failure(makeClient().createCode(permanent));
    expect(error).toMatchObject({ kind: 'cutReply', path: '/cgi-bin/stable_token', maybeDone: false });
  });

  it('a truncated token answer is not quoted', async () => {
    routes['/cgi-bin/stable_token'] = (_request, response) =>
      void response.end('{"access_token":"half-of-a-tok');
    const error = await failure(makeClient().getAccessToken());
    expect(error.kind).toBe('notJson');
    expect(JSON.stringify([error, error.message])).not.toContain('half-of');
  });

  it('a lost answer of a call that only reads leaves no doubt', async () => {
    routes['/cgi-bin/user/info'] = (_request, response) => void response.destroy();
    expect(await failure(makeClient().getUser('o1'))).toMatchObject({ kind: 'cutReply', maybeDone: false });
  });

  it.each([
    ['text/plain', 'text/plain'],
    ['encoding instead of charset', 'application/json; encoding=utf-8'],
    ['a wrong charset', 'text/plain; charset=gbk'],
  ])('takes an answer as %s', async (_name, contentType) => {
    routes[path] = (_request, response) => {
      response.setHeader('Content-Type', contentType);
      response.end(JSON.stringify({ ...issued, note: '二维码' }));
    };
    await expect(makeClient().createCode(permanent)).resolves.toMatchObject(issued);
  });

  it('drops raw control characters in strings', async () => {
    routes['/cgi-bin/tags/get'] = (_request, response) =>
      void response.end('{"tags":[\n{"id":1,"name":"a\u0001\u0008b","count":2}\n]}');
    expect(await makeClient().listTags()).toEqual([{ id: 1, name: 'ab', count: 2 }]);
  });
});

describe('the picture', () => {
  const jpeg = Buffer.from('ffd8ffe000104a46494600', 'hex');
  const path = '/cgi-bin/showqrcode';

  it('is fetched without a token, with the ticket encoded once', async () => {
    routes[path] = (_request, response) => {
      response.setHeader('Content-Type', 'image/jpg');
      response.end(jpeg);
    };
    const image = await makeClient().showQrcode('gQ+a/b==');
    expect(image).toEqual({ contentType: 'image/jpeg', bytes: jpeg });
    expect(lastCall(path)?.url.search).toBe('?ticket=gQ%2Ba%2Fb%3D%3D');
    expect(tokensIssued).toBe(0);
  });

  it.each<[string, Handler, string]>([
    ['an unknown ticket', (_q, r) => void r.writeHead(404).end('<html>not found</html>'), 'ticketUnknown'],
    ['a page', (_q, r) => void r.end('<html></html>'), 'htmlPage'],
    ['something else', (_q, r) => void r.end('hello'), 'badReply'],
    ['a picture with a failing status', (_q, r) => void r.writeHead(500).end(jpeg), 'httpStatus'],
    ['a huge picture', (_q, r) => void r.end(Buffer.concat([jpeg, Buffer.alloc(3_000_000)])), 'tooLarge'],
  ])('has an error for %s', async (_name, handler, kind) => {
    routes[path] = handler;
    expect(await failure(makeClient().showQrcode('gQx'))).toMatchObject({ kind, maybeDone: false });
  });
});

describe('the other calls', () => {
  it('quota', async () => {
    routes['/cgi-bin/openapi/quota/get'] = (_request, response) =>
      sendJson(response, {
        errcode: 0,
        errmsg: 'ok',
        quota: { daily_limit: 100000, used: 3, remain: 99997 },
      });
    const quota = await makeClient().getCallQuota('/cgi-bin/qrcode/create');
    expect(quota).toEqual({ dailyLimit: 100000, used: 3, remaining: 99997 });
    expect(lastCall('/cgi-bin/openapi/quota/get')?.body).toBe('{"cgi_path":"/cgi-bin/qrcode/create"}');
  });

  it('clear quota', async () => {
    routes['/cgi-bin/clear_quota'] = errcode(0, 'ok');
    await makeClient().clearQuota();
    expect(lastCall('/cgi-bin/clear_quota')?.body).toBe('{"appid":"wx1234567890abcdef"}');
  });

  it('a follower, and somebody who does not follow', async () => {
    routes['/cgi-bin/user/info'] = ({ url }, response) =>
      sendJson(
        response,
        url.searchParams.get('openid') === 'o1'
          ? {
              subscribe: 1,
              openid: 'o1',
              subscribe_time: 1714036504,
              subscribe_scene: 'ADD_SCENE_QR_CODE',
              qr_scene: 98765,
              qr_scene_str: '',
              tagid_list: [128, 2],
            }
          : { subscribe: 0, openid: 'o2' },
      );
    const client = makeClient();
    expect(await client.getUser('o1')).toEqual({
      openid: 'o1',
      subscribed: true,
      subscribedAt: new Date(1714036504000),
      subscribeScene: 'ADD_SCENE_QR_CODE',
      qrSceneId: 98765,
      qrSceneStr: null,
      tagIds: [128, 2],
      unionid: null,
    });
    expect(await client.getUser('o2')).toMatchObject({ subscribed: false, subscribedAt: null, tagIds: [] });
  });

  it('daily sums, addresses, callback check, tags', async () => {
    routes['/datacube/getusersummary'] = (_request, response) =>
      sendJson(response, {
        list: [{ ref_date: '2026-01-01', user_source: 30, new_user: 5, cancel_user: 1 }],
      });
    routes['/cgi-bin/get_api_domain_ip'] = (_request, response) =>
      sendJson(response, { ip_list: ['192.0.2.1'] });
    routes['/cgi-bin/getcallbackip'] = (_request, response) =>
      sendJson(response, { ip_list: ['192.0.2.0/24'] });
    routes['/cgi-bin/callback/check'] = (_request, response) =>
      sendJson(response, {
        dns: [{ ip: '192.0.2.9', real_operator: 'UNICOM' }],
        ping: [{ ip: '192.0.2.9', from_operator: 'UNICOM', package_loss: '0%', time: '23.079ms' }],
      });
    routes['/cgi-bin/tags/create'] = (_request, response) =>
      sendJson(response, { tag: { id: 134, name: '北京' } });
    routes['/cgi-bin/tags/members/batchtagging'] = errcode(0, 'ok');
    const client = makeClient();
    expect(await client.getUserSummary('2026-01-01', '2026-01-01')).toEqual([
      { date: '2026-01-01', userSource: 30, newUsers: 5, cancelledUsers: 1 },
    ]);
    expect(await client.getApiDomainIps()).toEqual(['192.0.2.1']);
    expect(await client.getCallbackIps()).toEqual(['192.0.2.0/24']);
    expect(await client.checkCallback()).toEqual({
      dns: [{ ip: '192.0.2.9', operator: 'UNICOM' }],
      ping: [{ ip: '192.0.2.9', fromOperator: 'UNICOM', packetLoss: '0%', time: '23.079ms' }],
    });
    expect(await client.createTag('北京')).toEqual({ id: 134, name: '北京' });
    await client.tagUsers(134, ['o1']);
    expect(lastCall('/cgi-bin/tags/members/batchtagging')?.body).toBe('{"openid_list":["o1"],"tagid":134}');
  });
});

describe('making a client', () => {
  it.each([
    ['http to elsewhere', { apiBase: 'http://api.weixin.qq.com' }],
    ['a host that only begins like this machine', { mpBase: 'http://localhost.example.com' }],
    ['no URL', { apiBase: 'api.weixin.qq.com' }],
    ['a password in the URL', { apiBase: 'https://a:b@api.weixin.qq.com' }],
    ['a token server over http', { tokenSource: { kind: 'remote', url: 'http://10.0.0.1/t' } as const }],
    ['no secret', { appSecret: '' }],
    [
      'a header with a line break',
      { tokenSource: { kind: 'remote', url: 'https://t.example', headerValue: 'hush\r\nx: y' } as const },
    ],
  ])('refuses %s', (_name, options) => {
    expect(() => makeClient(options)).toThrow(TypeError);
    expect(() => makeClient(options)).not.toThrow(/hush|a:b/);
  });

  it('reports each exchange, and survives a listener that throws', async () => {
    const reports: CallReport[] = [];
    const client = makeClient({
      onCall: (report) => {
        reports.push(report);
        throw new Error('listener');
      },
    });
    await client.createCode(permanent);
    routes['/cgi-bin/qrcode/create'] = errcode(45011, 'slow down rid: 631055d7-1a2b3c4d-5e6f7a8b');
    await failure(client.createCode(permanent));
    expect(reports.map(({ ms, ...report }) => report)).toEqual([
      { path: '/cgi-bin/stable_token', ok: true },
      { path: '/cgi-bin/qrcode/create', ok: true },
      { path: '/cgi-bin/qrcode/create', ok: false, errcode: 45011, rid: '631055d7-1a2b3c4d-5e6f7a8b' },
    ]);
    expect(reports.every(({ ms }) => ms >= 0 && ms < 60_000)).toBe(true);
  });
});
