import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { APP_ID, SECRET } from './rig';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const MAIN = new URL('main.ts', import.meta.url).pathname;

function start(env: Record<string, string> = {}, ipc = true) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, SIMULATOR_PORT: '0', SIMULATOR_STATE_FILE: join(folder, 'state.jsonl'), ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])],
  });
  children.push(child);
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const told = new Promise((resolve) => child.stderr?.on('end', resolve));
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.on('exit', (code) => told.then(() => resolve({ code, errors })));
  });
  const ready = new Promise<string>((resolve) =>
    child.on('message', (message: { ready: boolean; port: number }) =>
      resolve(`http://127.0.0.1:${message.port}`),
    ),
  );
  return { child, ready, ended };
}

async function json(url: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(url, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  return (await response.json()) as Record<string, unknown>;
}

const permanent = (scene: string) => ({
  action_name: 'QR_LIMIT_STR_SCENE',
  action_info: { scene: { scene_str: scene } },
});

test('says ready with its port and ends with the channel', async () => {
  const { child, ready, ended } = start();
  expect(await json(`${await ready}/_sim/state`)).toEqual({ accounts: {}, faults: {} });
  child.disconnect();
  expect(await ended).toEqual({ code: 0, errors: '' });
});

test('without a parent it prints its address, and SIGTERM ends it cleanly', async () => {
  const { child, ended } = start({}, false);
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk) => resolve(String(chunk))),
  );
  expect(line).toMatch(/^Stand-in WeChat: http:\/\/127\.0\.0\.1:\d+\n$/);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('what was answered outlives SIGKILL, and a torn last line', async () => {
  const first = start();
  const base = await first.ready;
  await json(`${base}/_sim/accounts`, { appId: APP_ID, secret: SECRET });
  const body = { grant_type: 'client_credential', appid: APP_ID, secret: SECRET };
  const { access_token: token } = await json(`${base}/cgi-bin/stable_token`, body);
  const code = await json(`${base}/cgi-bin/qrcode/create?access_token=${token}`, permanent('门店'));
  await json(`${base}/_sim/scan`, { ticket: code.ticket, openid: 'oA' });
  first.child.kill('SIGKILL');
  await first.ended;
  const file = join(folder, 'state.jsonl');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  appendFileSync(file, '{"type":"code","appId":"wx');

  for (let restart = 0; restart < 2; restart += 1) {
    const again = start();
    const where = await again.ready;
    expect(
      await json(`${where}/cgi-bin/qrcode/create?access_token=${token}`, permanent('门店')),
    ).toMatchObject({
      url: code.url,
    });
    const picture = await fetch(`${where}/cgi-bin/showqrcode?ticket=${code.ticket}`);
    expect(picture.status).toBe(200);
    const user = await json(`${where}/cgi-bin/user/info?access_token=${token}&openid=oA`);
    expect(user).toMatchObject({ subscribe: 1, qr_scene_str: '门店' });
    const { accounts } = await json(`${where}/_sim/state`);
    expect(accounts).toMatchObject({ [APP_ID]: { permanentStr: 1 } });
    again.child.kill('SIGKILL');
    await again.ended;
  }
  expect(readFileSync(file, 'utf8')).not.toContain('"wx{');
});

test('registering the same account at every start does not grow the file', async () => {
  const { ready } = start();
  const account = { appId: APP_ID, secret: SECRET, pushUrl: 'http://127.0.0.1:3000/api/wechat/a' };
  await json(`${await ready}/_sim/accounts`, account);
  const size = statSync(join(folder, 'state.jsonl')).size;
  await json(`${await ready}/_sim/accounts`, account);
  expect(statSync(join(folder, 'state.jsonl')).size).toBe(size);
});

test('a taken port, a wrong port, a damaged file: one sentence and a code', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const port = String((other.address() as AddressInfo).port);
  expect(await start({ SIMULATOR_PORT: port }).ended).toEqual({
    code: 1,
    errors: `The stand-in WeChat cannot start: port ${port} is taken. Set SIMULATOR_PORT to a free one.\n`,
  });
  other.close();
  expect(await start({ SIMULATOR_PORT: '99999' }).ended).toEqual({
    code: 1,
    errors: 'SIMULATOR_PORT must be a port from 0 to 65535, not "99999".\n',
  });
  writeFileSync(join(folder, 'state.jsonl'), 'not a journal\n');
  const damaged = await start().ended;
  expect(damaged.code).toBe(1);
  expect(damaged.errors).toMatch(
    /^The stand-in WeChat cannot start: The state file .* is damaged at line 1; .*\n$/,
  );
});
