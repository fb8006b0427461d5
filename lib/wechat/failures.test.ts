import { describe, expect, it } from 'vitest';
import { sendJson, startTestServer } from './test-server';
import {
  callsTo,
  errcode,
  failure,
  type Handler,
  issued,
  makeClient,
  permanent,
  routes,
  secret,
} from './test-wechat';
import { createMemoryTokenStore } from './token-store';

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
