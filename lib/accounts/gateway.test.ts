import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Simulator } from '@/simulator/server';
import type { Context } from '../context';
import { type Database, openDatabase } from '../db/open-database';
import { createTestDatabase } from '../db/test-database';
import { getCallUsage, getQuota } from '../quota/get-quota';
import { createAccount } from './create-account';
import { getAccount } from './get-account';
import { testConnection, testConnectionRound } from './test-connection';
import { updateAccount } from './update-account';
import { createWeChatGateway } from './wechat-gateway';

vi.stubEnv('APP_SECRET', 'a secret of the test, 32 characters or more');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let otherDatabase: Database;
let simulator: Simulator;
let base = '';
let now = new Date('2026-11-24T06:00:00Z');
const clock = { now: () => now };

beforeAll(async () => {
  database = await createTestDatabase();
  otherDatabase = database.url ? await openDatabase({ kind: 'postgresql', url: database.url }) : database;
  simulator = new Simulator({ clock: () => now.getTime() });
  base = `http://127.0.0.1:${await simulator.listen(0)}`;
});
afterAll(async () => {
  await simulator.close();
  if (otherDatabase !== database) await otherDatabase.close();
  await database.close();
});

function processOn(db: Database) {
  const gateway = createWeChatGateway(db.prisma, clock, {
    bases: { api: base, mp: base },
    demoBase: base,
    timeoutMs: 2000,
  });
  const ctx: Context = { db: db.prisma, wechat: gateway, clock, actor: { kind: 'system', name: 'test' } };
  return { gateway, ctx };
}

const steer = async (path: string, body?: object) => {
  const response = await fetch(`${base}/_sim/${path}`, {
    method: body ? 'POST' : 'GET',
    body: body && JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return response.json();
};

let count = 0;
/** An account at the stand-in and the same one here. */
async function connect(atWeChat: object = {}, here: object = {}) {
  const appId = `wxstandin${++count}`;
  await steer('accounts', { appId, secret: 'right-secret', ...atWeChat });
  const { ctx, gateway } = processOn(database);
  const { id } = await createAccount(ctx, { name: appId, appId, appSecret: 'right-secret', ...here });
  const calls = async () => (await steer('state')).accounts[appId];
  return { id, appId, ctx, gateway, calls };
}

const outcome = (steps: Awaited<ReturnType<typeof testConnection>>) =>
  Object.fromEntries(steps.map(({ step, ok, failure }) => [step, failure?.remedy ?? ok]));

beforeEach(() => {
  now = new Date('2026-11-24T06:00:00Z');
});
afterEach(() => fetch(`${base}/_sim/faults`, { method: 'DELETE' }));

describe('the gateway', () => {
  it('asks for one token, however many callers in two processes wait', async () => {
    const { id, calls, ctx } = await connect();
    const other = processOn(otherDatabase);
    await steer('faults', { path: '/cgi-bin/stable_token', kind: 'slow', rate: 1, delayMs: 100, seed: 1 });
    const clients = [await ctx.wechat.clientFor(id), await other.gateway.clientFor(id)];
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        clients[n % 2]?.createCode({ kind: 'temporary', scene: { id: 200_000 + n }, expireSeconds: 60 }),
      ),
    );
    expect((await calls()).calls).toMatchObject({
      '/cgi-bin/stable_token': 1,
      '/cgi-bin/qrcode/create': 50,
    });
  });

  it('keeps a client while nothing it is made of changes, and sees what another process changed', async () => {
    const { id, ctx, gateway } = await connect();
    const first = await gateway.clientFor(id);
    await updateAccount(ctx, id, { name: 'renamed' });
    expect(await gateway.clientFor(id)).toBe(first);
    const other = processOn(otherDatabase);
    await updateAccount(other.ctx, id, { appSecret: 'wrong-secret' });
    const second = await gateway.clientFor(id);
    expect(second).not.toBe(first);
    await expect(second.getAccessToken()).rejects.toMatchObject({ remedy: 'checkSecret' });
    await expect(gateway.clientFor('none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('counts calls by the day of WeChat, and writes them when it closes', async () => {
    const { id, ctx, gateway } = await connect();
    const client = await gateway.clientFor(id);
    const make = (scene: number) =>
      client.createCode({ kind: 'temporary', scene: { id: scene }, expireSeconds: 60 });
    now = new Date('2026-11-24T15:59:59Z');
    await make(300_001);
    await make(300_002);
    now = new Date('2026-11-24T16:00:00Z');
    await make(300_003);
    await gateway.close();
    const rows = await database.prisma.apiCallDay.findMany({
      where: { accountId: id, path: '/cgi-bin/qrcode/create' },
      orderBy: { day: 'asc' },
    });
    expect(rows.map(({ day, calls }) => [day.toISOString().slice(0, 10), calls])).toEqual([
      ['2026-11-24', 2],
      ['2026-11-25', 1],
    ]);
    expect(await getQuota(ctx, id)).toMatchObject({ callsToday: 1, callLimit: 100_000 });
  });

  it('stops the account once when the day is used up, until midnight in China', async () => {
    const { id, ctx, gateway } = await connect({ dailyCreateLimit: 2 });
    const client = await gateway.clientFor(id);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        client.createCode({ kind: 'temporary', scene: { id: 400_000 + n }, expireSeconds: 60 }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const { stopped, connectedAt } = await getAccount(ctx, id);
    expect(connectedAt).toBe(now.toISOString());
    expect(stopped).toMatchObject({ code: 45009, remedy: 'waitNextDay', until: '2026-11-24T16:00:00.000Z' });
    expect(stopped?.message).toMatch(/rid: [0-9a-f]{8}-/);
    const entries = await database.prisma.auditEntry.count({
      where: { accountId: id, action: 'account.stop' },
    });
    expect(entries).toBe(1);
  });

  it('stops on 45029 and 48001, and not because of a call that has nothing to do with issuing', async () => {
    const full = await connect({ permanentCap: 0 });
    const client = await full.gateway.clientFor(full.id);
    await expect(client.getCallQuota('/no/such')).rejects.toMatchObject({ kind: 'api' });
    expect((await getAccount(full.ctx, full.id)).stopped).toBeNull();
    await expect(client.createCode({ kind: 'permanent', scene: { id: 1 } })).rejects.toThrow();
    expect((await getAccount(full.ctx, full.id)).stopped).toMatchObject({ code: 45029, until: null });
  });

  it('sends a demo account to the stand-in, whatever the settings say', async () => {
    const appId = 'wxdemoaccount';
    await steer('accounts', { appId, secret: 's' });
    const gateway = createWeChatGateway(database.prisma, clock, {
      bases: { api: 'http://127.0.0.1:1', mp: 'http://127.0.0.1:1' },
      demoBase: base,
    });
    const ctx: Context = { ...processOn(database).ctx, wechat: gateway };
    const { id } = await createAccount(ctx, { name: 'demo', appId, appSecret: 's' }, { isDemo: true });
    expect((await (await gateway.clientFor(id)).getAccessToken()).expiresAt > now).toBe(true);
  });
});

describe('the test of a connection', () => {
  it('goes through without spending anything permanent', async () => {
    const { id, ctx, calls } = await connect();
    const steps = await testConnection(ctx, id);
    expect(outcome(steps)).toEqual({
      reach: true,
      credentials: true,
      whitelist: true,
      privilege: true,
      callQuota: true,
    });
    expect(steps.at(-1)?.calls).toEqual({ used: 1, dailyLimit: 100_000 });
    expect(await calls()).toMatchObject({ permanentInt: 0, permanentStr: 0, temporary: 1 });
    expect((await getAccount(ctx, id)).connectedAt).not.toBeNull();
  });

  it('says which of app id, secret, whitelist and privilege is wrong, and that ends it', async () => {
    const wrongSecret = await connect({}, { appSecret: 'wrong' });
    expect(outcome(await testConnection(wrongSecret.ctx, wrongSecret.id))).toEqual({
      reach: true,
      credentials: 'checkSecret',
      whitelist: null,
    });
    const wrongId = await connect({}, { appId: 'wxunknown' });
    expect(outcome(await testConnection(wrongId.ctx, wrongId.id))).toMatchObject({
      credentials: 'checkAppId',
    });
    const unverified = await connect({ verified: false });
    expect(outcome(await testConnection(unverified.ctx, unverified.id))).toEqual({
      reach: true,
      credentials: true,
      whitelist: true,
      privilege: 'verifiedServiceAccountOnly',
    });
    expect((await getAccount(unverified.ctx, unverified.id)).stopped).toMatchObject({ code: 48001 });
  });

  it('names the address to whitelist, stops the account, and lifts the stop once it is mended', async () => {
    const { id, appId, ctx } = await connect({ ipWhitelist: ['203.0.113.9'] });
    const steps = await testConnection(ctx, id);
    expect(outcome(steps)).toEqual({ reach: true, credentials: null, whitelist: 'whitelistIp' });
    expect(steps[2]?.failure).toMatchObject({ errcode: 40164, blockedIp: '127.0.0.1' });
    expect((await getAccount(ctx, id)).stopped).toMatchObject({ code: 40164, blockedIp: '127.0.0.1' });
    await steer('accounts', { appId, ipWhitelist: ['127.0.0.1'] });
    expect(outcome(await testConnection(ctx, id))).toMatchObject({ whitelist: true, privilege: true });
    expect((await getAccount(ctx, id)).stopped).toBeNull();
  });

  it('leaves a stop that it cannot disprove', async () => {
    const { id, ctx } = await connect();
    await database.prisma.officialAccount.update({ where: { id }, data: { stoppedCode: 45029 } });
    await testConnection(ctx, id);
    expect((await getAccount(ctx, id)).stopped).toMatchObject({ code: 45029 });
  });

  it('does not retire the plain token that other systems hold', async () => {
    const { id, ctx, calls } = await connect({}, { tokenSource: 'plain' });
    await testConnection(ctx, id);
    const [, credentials] = await testConnectionRound(ctx, id, 'token');
    expect(credentials).toMatchObject({ ok: true, reusedToken: true });
    expect((await calls()).calls['/cgi-bin/token']).toBe(1);
  });

  it('tells an unreachable WeChat and a web page in its place from wrong credentials', async () => {
    const { id, ctx } = await connect();
    await steer('faults', { path: '/cgi-bin/stable_token', kind: 'reset', rate: 1, seed: 1 });
    expect(outcome(await testConnection(ctx, id))).toEqual({
      reach: 'tryAgain',
      credentials: null,
      whitelist: null,
    });
    await fetch(`${base}/_sim/faults`, { method: 'DELETE' });
    await steer('faults', { path: '/cgi-bin/stable_token', kind: 'htmlError', rate: 1, seed: 1 });
    expect(outcome(await testConnection(ctx, id))).toMatchObject({ reach: 'checkProxy' });
    expect((await getAccount(ctx, id)).stopped).toBeNull();
  });

  describe('with a token server', () => {
    let tokens: Server;
    let url = '';
    const answer = { status: 200, body: {} as object };
    beforeAll(async () => {
      tokens = createServer((request, response) => {
        const allowed = request.headers['x-key'] === 'right';
        response.writeHead(allowed ? answer.status : 401).end(JSON.stringify(allowed ? answer.body : {}));
      });
      await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`;
    });
    afterAll(() => new Promise((resolve) => tokens.close(resolve)));

    it('uses its token, and says when the header or the token is refused', async () => {
      const remote = { tokenSource: 'remote', appSecret: undefined, remoteTokenUrl: url };
      const { id, appId, ctx } = await connect({}, { ...remote, remoteTokenHeader: 'X-Key' });
      expect(outcome(await testConnection(ctx, id))).toMatchObject({ credentials: 'checkTokenServerHeader' });
      await updateAccount(ctx, id, { remoteTokenValue: 'right' });
      answer.body = { access_token: 'stale', expires_in: 600 };
      expect(outcome(await testConnection(ctx, id))).toMatchObject({
        credentials: true,
        privilege: 'tokenServerStale',
      });
      const issued = await fetch(
        `${base}/cgi-bin/token?grant_type=client_credential&appid=${appId}&secret=right-secret`,
      );
      answer.body = (await issued.json()) as object;
      expect(outcome(await testConnection(ctx, id))).toMatchObject({ privilege: true, callQuota: true });
    });
  });
});

describe('the daily limit', () => {
  it('is the one that WeChat tells, remembered for five minutes, and hinders nothing when WeChat is away', async () => {
    const { id, ctx, calls } = await connect({ dailyCreateLimit: 10_000 });
    expect(await getQuota(ctx, id)).toMatchObject({ callLimit: 100_000, callsToday: 0 });
    expect((await calls()).calls['/cgi-bin/openapi/quota/get']).toBeUndefined();
    await testConnection(ctx, id);
    expect(await getQuota(ctx, id)).toMatchObject({ callLimit: 10_000 });
    expect(await getCallUsage(ctx, id)).toMatchObject({ atWeChat: { used: 1, dailyLimit: 10_000 } });
    expect((await calls()).calls['/cgi-bin/openapi/quota/get']).toBe(2);
    const silent: Context = {
      ...ctx,
      wechat: { clientFor: () => new Promise(() => undefined), forget: () => undefined },
    };
    expect(await getQuota(silent, id)).toMatchObject({ callLimit: 100_000 });
  });
});
