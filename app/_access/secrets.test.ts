import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createWeChatGateway } from '@/lib/accounts/wechat-gateway';
import { type Context, systemClock } from '@/lib/context';
import { reportError } from '@/lib/web/report-error';
import { startTestServer } from '@/lib/wechat/test-server';
import { listEntrances } from './entrances';
import { type House, load, openHouse } from './house';

const printed = vi.hoisted(() => {
  process.env.LOG_LEVEL = 'trace';
  return [] as string[];
});

// The log as it is configured, written here instead of to standard output.
vi.mock('pino', async (importOriginal) => {
  const { default: pino } = await importOriginal<typeof import('pino')>();
  const create = (options: object) => pino(options, { write: (line: string) => void printed.push(line) });
  return { default: Object.assign(create, pino) };
});

const planted = {
  appSecret: 'plantedappsecret0123456789abcdef',
  otherSecret: 'plantedothersecret0123456789abcd',
  pushToken: 'plantedpushtoken0123456789',
  encodingAesKey: 'plantedencodingaeskey0123456789abcdefghijkl',
  headerValue: 'Bearer planted-header-value-0123456789',
  accessToken: 'planted_access_token_0123456789',
  password: 'planted password, the first',
  newPassword: 'planted password, the second',
  wrongPassword: 'planted password, a wrong one',
  wrongKey: 'qd_planted-key-that-was-never-made-0123456789',
  wrongLink: 'planted-link-that-was-never-made-0123456789',
  openid: 'oPlanted0123456789abcdefghij',
};
/** The address of a token server may hold a key; it is kept as it is, for admins to read. */
const addressKey = 'planted-address-key-0123456789';

const found = listEntrances();
const answers: unknown[] = [];
let house: House;
let admin: Awaited<ReturnType<House['addPerson']>>;
/** Known only to the one answer that they were made for. */
const madeHere: Record<string, string> = {};

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation(
      (...words) => void printed.push(words.map((word) => inspect(word)).join(' ')),
    );
  }
  house = await openHouse();
  admin = await house.addPerson('admin');
  await admin.signIn();
});
afterAll(() => house.close());

async function act(name: string, ...given: unknown[]): Promise<unknown> {
  const entrance = found.actions.find(({ key }) => key === name);
  if (!entrance) throw new Error(`${name} is gone`);
  const actions = await load(entrance.file);
  return Promise.resolve(actions[name]?.(...given)).catch(
    (error: { digest?: string }) => error.digest ?? error,
  );
}

async function ask(
  name: string,
  { key, id = '', raw, body }: { key: string; id?: string; raw?: string; body?: object },
) {
  const entrance = found.routes.find((each) => each.key === name);
  if (!entrance) throw new Error(`${name} is gone`);
  const handle = (await load(entrance.file))[entrance.name];
  const request = new Request('http://localhost:3000/', {
    method: entrance.name,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `k${answers.length}`,
    },
    body: raw ?? (body ? JSON.stringify(body) : undefined),
  });
  const response = (await handle?.(request, { params: Promise.resolve({ id }) })) as Response;
  const text = await response.text();
  answers.push(text);
  return { status: response.status, body: JSON.parse(text) as { id: string; key?: string; code?: string } };
}

/** A WeChat, or a token server, that repeats whatever it is sent, in each way in which an answer can go wrong. */
async function startEcho() {
  const state = { mode: 'errmsg' as 'errmsg' | 'html' | 'text' | 'badToken' | 'redirect' };
  const server = await startTestServer((request, response) => {
    const { href, pathname } = request.url;
    const heard = `${href} ${decodeURIComponent(href)} ${JSON.stringify(request.headers)} ${request.body}`;
    const isToken = /token$/.test(pathname);
    response.setHeader('content-type', 'application/json');
    if (isToken && state.mode === 'errmsg') {
      response.end(JSON.stringify({ access_token: planted.accessToken, expires_in: 7200 }));
    } else if (state.mode === 'html') {
      response.setHeader('content-type', 'text/html');
      response.end(`<html><title>${heard}</title></html>`);
    } else if (state.mode === 'text') {
      response.statusCode = 502;
      response.end(heard);
    } else if (state.mode === 'redirect') {
      response
        .writeHead(302, { location: `http://127.0.0.1:9/${encodeURIComponent(heard).slice(0, 3000)}` })
        .end();
    } else {
      response.end(
        JSON.stringify({ errcode: isToken ? 40125 : 47001, errmsg: `refused: ${heard} rid: 1-2-3` }),
      );
    }
  });
  return { state, server };
}

const secrets = {
  appSecret: planted.appSecret,
  pushToken: planted.pushToken,
  encodingAesKey: planted.encodingAesKey,
};
let accountId: string;

it('connects an account by REST, well and badly', async () => {
  const made = (await act('createApiKeyAction', { name: 'planted', scope: 'admin' })) as {
    value: { key: string };
  };
  madeHere.key = made.value.key;
  const { key } = made.value;
  const valid = { name: 'n', appId: 'wxplanted0001', ...secrets };
  const created = await ask('POST /api/v1/accounts', { key, body: valid });
  expect(created.status).toBe(201);
  accountId = created.body.id;
  for (const body of [
    { ...valid, appId: 'wx 1' },
    { ...valid, appSecret: `${planted.appSecret} x` },
    { ...valid, pushToken: `${planted.pushToken}-`, encodingAesKey: `${planted.encodingAesKey}=` },
    { ...valid, tokenSource: planted.appSecret, password: planted.password },
    { ...valid, appId: 'wxplanted0002', remoteTokenValue: `${planted.headerValue}\u0000` },
    { name: 'n', appSecret: { value: planted.appSecret } },
    valid,
  ]) {
    expect((await ask('POST /api/v1/accounts', { key, body })).status).toBe(422);
  }
  for (const raw of [
    `{"appSecret":"${planted.appSecret}`,
    `${planted.appSecret}`,
    `{"a":${planted.pushToken}}`,
  ]) {
    expect((await ask('POST /api/v1/accounts', { key, raw })).status).toBe(422);
  }
  expect(
    (
      await ask('PATCH /api/v1/accounts/[id]', {
        key,
        id: accountId,
        body: { appSecret: planted.otherSecret },
      })
    ).status,
  ).toBe(200);
  await ask('GET /api/v1/accounts/[id]', { key, id: accountId });
  await ask('GET /api/v1/accounts', { key });
  expect((await ask('GET /api/v1/accounts', { key: planted.wrongKey })).status).toBe(401);
});

it('calls a WeChat and a token server that repeat all they hear', async () => {
  const { state, server } = await startEcho();
  const gateway = createWeChatGateway(house.bench.db, systemClock, {
    bases: { api: server.base, mp: server.base },
    timeoutMs: 2_000,
  });
  house.callInstead(gateway);
  const ctx: Context = await admin.signIn();
  answers.push(await act('declareExternalAction', { accountId, external: { none: true } }));
  const campaign = (await act('createCampaignAction', { accountId, campaign: { name: 'c' } })) as {
    value: { id: string };
  };
  const campaignId = campaign.value.id;

  const callAll = async () => {
    for (const round of ['token', 'privilege', 'callQuota']) {
      answers.push(await act('testConnectionAction', { accountId, round }));
    }
    answers.push(await act('resumeAccountAction', { accountId }));
    const code = { campaignId, label: 'x', kind: 'temporary' };
    const made = (await act('createCodeAction', { accountId, code })) as { value?: { id: string } };
    answers.push(made, await act('retryCodeAction', { accountId, codeId: made.value?.id ?? '' }));
    answers.push(await ask('POST /api/v1/codes', { key: madeHere.key ?? '', body: { accountId, ...code } }));
    const client = await gateway.clientFor(accountId);
    for (const call of [() => client.getUser(planted.openid), () => client.tagUsers(1, [planted.openid])]) {
      answers.push(await call().catch((error: unknown) => reportError(error, 'test')));
    }
  };
  const update = (account: object) => act('updateAccountAction', { accountId, account });

  for (const mode of ['errmsg', 'html', 'text', 'redirect', 'badToken'] as const) {
    state.mode = mode;
    for (const tokenSource of ['plain', 'stable', 'remote'] as const) {
      const remote = {
        remoteTokenUrl: `${server.base}/token?key=${addressKey}`,
        remoteTokenHeader: 'X-Key',
        remoteTokenValue: planted.headerValue,
      };
      const changed = await update({
        tokenSource,
        ...(tokenSource === 'remote' ? remote : { appSecret: planted.appSecret }),
      });
      expect(changed).toMatchObject({ ok: true });
      await callAll();
    }
  }
  await server.close();
  await callAll();
  await gateway.close();
  expect(await house.bench.db.code.count({ where: { lastErrorMessage: { not: null } } })).toBeGreaterThan(5);
  expect(ctx.actor.kind).toBe('user');
});

it('adds and changes a relay, well and badly', async () => {
  await admin.signIn();
  const { pushToken: token, encodingAesKey } = planted;
  const rules = { takesAll: true, messageTypes: [], events: [], scenes: [], answers: true };
  const relay = {
    ...{ name: 'r', url: 'https://crm.example.com/', mode: 'safe', allowPrivate: false },
    ...{ ...rules, token, encodingAesKey },
  };
  const made = (await act('createRelayAction', { accountId, relay })) as { value: { id: string } };
  expect(made).toMatchObject({ ok: true });
  const ids = { accountId, relayId: made.value.id };
  answers.push(made, await act('updateRelayAction', { ...ids, relay }));
  for (const wrong of [{ token: `${token}-` }, { encodingAesKey: `${encodingAesKey}=` }, { mode: token }]) {
    const refused = await act('updateRelayAction', { ...ids, relay: { ...relay, ...wrong } });
    expect(refused).toMatchObject({ ok: false });
    answers.push(refused);
  }
  answers.push(await act('switchRelayAction', { ...ids, enabled: false }));
});

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

it('invites, signs in and changes a password, well and badly', async () => {
  await admin.signIn();
  const email = 'planted@example.com';
  const invited = (await act('invitePersonAction', {
    email,
    name: 'p',
    role: 'viewer',
    accountIds: [accountId],
  })) as {
    value: { link: { url: string } };
  };
  const token = invited.value.link.url.split('/').at(-1) ?? '';
  madeHere.link = token;
  const spend = (given: Record<string, string>) => act('spendLinkAction', null, formOf(given));
  const signIn = (given: Record<string, string>) => act('signInAction', null, formOf({ email, ...given }));

  house.signOut();
  answers.push(await spend({ token: planted.wrongLink, name: 'p', password: planted.password }));
  answers.push(await spend({ token, name: 'p', password: 'planted' }));
  const spent = await spend({ token, name: 'p', password: planted.password });
  expect(spent).toMatch(/^NEXT_REDIRECT/);
  answers.push(spent, await spend({ token, name: 'p', password: planted.password }));
  answers.push(await signIn({ password: planted.wrongPassword }));
  const signedIn = await signIn({ password: planted.password, next: `/link/${token}` });
  expect(signedIn).toBe('NEXT_REDIRECT;replace;/;307;');
  answers.push(
    await act('changePasswordAction', {
      oldPassword: planted.wrongPassword,
      newPassword: planted.newPassword,
    }),
  );
  const changed = await act('changePasswordAction', {
    oldPassword: planted.password,
    newPassword: planted.newPassword,
  });
  expect(changed).toMatchObject({ ok: true });
  answers.push(
    changed,
    await act('changePasswordAction', {
      oldPassword: [planted.password],
      newPassword: { x: planted.newPassword },
    }),
  );
});

it('reports what nobody foresaw', async () => {
  const { db } = house.bench;
  const wrongRow = { email: 'x', name: 'x', role: planted.appSecret, passwordHash: planted.password };
  const fromPrisma = await db.user.create({ data: wrongRow as never }).catch((error: unknown) => error);
  const fromSql = await db.$queryRaw`
    INSERT INTO "one_time_links" ("token_hash", "purpose", "expires_at", "user_id")
    VALUES (${planted.wrongLink}, 'sign_in', now(), ${house.bench.system.actor.kind})`.catch(
    (error: unknown) => error,
  );
  const request = { url: `/x?access_token=${planted.accessToken}`, body: { appSecret: planted.appSecret } };
  const nested = Object.assign(
    new Error('outer', { cause: Object.assign(new Error('inner', { cause: fromPrisma }), { request }) }),
    {
      config: { headers: { authorization: planted.headerValue } },
    },
  );
  const thrown = { ...planted, wrongLink: undefined, linkToken: planted.wrongLink };
  for (const error of [
    fromPrisma,
    fromSql,
    nested,
    new AggregateError([nested]),
    thrown,
    { error: nested },
  ]) {
    const reported = reportError(error, 'test');
    answers.push({ code: reported.code, details: reported.details });
  }
  expect(printed.filter((line) => line.includes('unexpected error')).length).toBeGreaterThan(5);
});

it('nothing of it stands in the log, the audit log, an answer or, unsealed, in a table', async () => {
  const { pool } = house.bench.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const kept: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query<{ content: string }>(
      `SELECT coalesce(jsonb_agg(t), '[]')::text AS content FROM ${name} t`,
    );
    kept[name] = rows[0]?.content ?? '';
  }
  expect(kept.audit_entries?.length).toBeGreaterThan(2_000);
  expect(printed.length).toBeGreaterThan(50);
  const places = {
    printed: printed.join('\n'),
    answers: answers.map((answer) => inspect(answer, { depth: 12, breakLength: 1e9 })).join('\n'),
    ...kept,
  };

  for (const [name, secret] of Object.entries({ ...planted, ...madeHere })) {
    const parts = [secret, secret.replace('Bearer ', '')];
    const forms = parts.flatMap((part) => [
      part,
      encodeURIComponent(part),
      Buffer.from(part).toString('base64').slice(0, -4),
    ]);
    for (const [place, text] of Object.entries(places)) {
      for (const form of forms) {
        const at = text.indexOf(form);
        expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 80), `${name} in ${place}`).toBe('');
      }
    }
  }
  expect(places.printed).not.toContain(addressKey);
  expect(kept.audit_entries).not.toContain(addressKey);
});
