import http from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { APP_ID, type Rig, startRig } from './rig';

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
  await rig.account();
});
afterEach(() => rig.close());

/** fetch does not let one choose the Host. */
function status(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(rig.base + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
  });
}

test.each(['/', '/_sim/state', '/cgi-bin/getcallbackip'])(
  '%s is served to this machine alone',
  async (path) => {
    const { port } = new URL(rig.base);
    expect(await status(path, {})).toBe(200);
    expect(await status(path, { Host: `localhost:${port}`, Origin: `http://localhost:${port}` })).toBe(200);
    expect(await status(path, { Host: `evil.example:${port}` })).toBe(403);
    expect(await status(path, { Host: '127.0.0.1.evil.example' })).toBe(403);
    expect(await status(path, { Origin: 'http://evil.example' })).toBe(403);
    expect(await status(path, { Origin: 'http://localhost:1' })).toBe(403);
    expect(await status(path, { Origin: 'null' })).toBe(403);
  },
);

test('registering again changes what is given, keeps the rest and drops no code', async () => {
  await rig.account({ permanentCap: 10, name: '咖啡' });
  await rig.permanent(1);
  const again = await rig.post('/_sim/accounts', { appId: APP_ID, secret: 'new' });
  expect(again).toMatchObject({ permanentCap: 10, name: '咖啡', hasPushToken: true });
  expect(JSON.stringify(again)).not.toContain('new');
  expect((await rig.state()).permanentInt).toBe(1);
  expect((await rig.plainToken(APP_ID, 'new')).access_token).toBeDefined();
});

test.each([
  ['/_sim/accounts', { appId: 'wx1' }, 'secret: '],
  ['/_sim/accounts', { appId: 'wx1', secret: 's', encodingAesKey: 'short' }, 'encodingAesKey: must be 43'],
  ['/_sim/accounts', { appId: 'wx1', secret: 's', pushUrl: 'ftp://x' }, 'pushUrl: '],
  ['/_sim/scan', { openid: '' }, 'openid: '],
  ['/_sim/scan', '{', 'The body is not JSON.'],
  ['/_sim/unfollow', { appId: 'wxnone', openid: 'o' }, 'No account wxnone'],
  ['/_sim/none', {}, 'POST /_sim/none is not known'],
])('%s with %j says what is wrong', async (path, body, sentence) => {
  expect((await rig.post(path, body)).error).toMatch(new RegExp(`^${sentence}`));
});

test('the state counts calls by path and what was refused', async () => {
  await rig.permanent(1);
  await rig.permanent(0);
  await rig.read('/cgi-bin/getcallbackip');
  expect(await rig.state()).toMatchObject({
    calls: { '/cgi-bin/stable_token': 1, '/cgi-bin/qrcode/create': 2, '/cgi-bin/getcallbackip': 1 },
    refused: 1,
  });
});

test('a reset drops everything', async () => {
  await rig.permanent(1);
  await rig.post('/_sim/faults', { rate: 1, kind: 'busy', seed: 1 });
  await rig.post('/_sim/reset', {});
  expect(await rig.get('/_sim/state')).toEqual({ accounts: {}, faults: {} });
  expect((await rig.plainToken()).errcode).toBe(40013);
});

test('a body above 1 MB is refused and the server lives on', async () => {
  const response = await fetch(`${rig.base}/_sim/accounts`, { method: 'POST', body: 'x'.repeat(1_100_000) });
  expect(response.status).toBe(413);
  expect((await rig.state()).permanentInt).toBe(0);
});

test('a hundred thousand permanent codes, and then no more', async () => {
  const { world } = rig.simulator;
  const { createCode } = await import('./codes');
  const account = world.account(APP_ID);
  const call = { world, account, path: '/', method: 'POST', query: new URLSearchParams(), ip: '' };
  for (let id = 1; id <= 99_999; id += 1) {
    const body = `{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":${id}}}}`;
    createCode({ ...call, body: Buffer.from(body) });
  }
  expect((await rig.permanent('last')).ticket).toBeDefined();
  expect((await rig.permanent(100_000)).errcode).toBe(45029);
  expect(await rig.state()).toMatchObject({ permanentInt: 99_999, permanentStr: 1 });
  const found = await rig.get(`/_sim/codes?appId=${APP_ID}&q=9999&limit=3`);
  expect(found).toMatchObject({
    total: 19,
    items: [{ scene: 99_999 }, { scene: 99_998 }, { scene: 99_997 }],
  });
});
