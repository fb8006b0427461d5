import { describe, expect, it } from 'vitest';
import { sendJson } from './test-server';
import {
  callsTo,
  errcode,
  failure,
  type Handler,
  issued,
  lastCall,
  makeClient,
  permanent,
  routes,
  secret,
  server,
  ticket,
  tokensIssued,
} from './test-wechat';
import { createMemoryTokenStore } from './token-store';

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
