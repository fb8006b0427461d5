import { describe, expect, it } from 'vitest';
import type { CallReport } from './client';
import { sendJson } from './test-server';
import {
  errcode,
  failure,
  type Handler,
  issued,
  lastCall,
  makeClient,
  permanent,
  routes,
  server,
  ticket,
  tokensIssued,
} from './test-wechat';

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
