import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import type { KeyScope } from '@/lib/api-keys/types';
import type { Context } from '@/lib/context';
import { createDesign } from '@/lib/designs/create-design';
import { designDefaults } from '@/lib/print/design-schemas';
import { type Entrance, listEntrances } from './entrances';
import { type House, load, openHouse, outcomeOf } from './house';
import { type Access, actions, pages, routes, services, signedRoutes } from './minimal-roles';

const ranks: readonly Access[] = ['stranger', 'viewer', 'marketer', 'admin'];
const scopes: Record<string, KeyScope> = { viewer: 'read', marketer: 'write', admin: 'admin' };
const isEnough = (who: Access, wanted: Access) => ranks.indexOf(who) >= ranks.indexOf(wanted);
const refusals = /^(UNAUTHENTICATED|FORBIDDEN|redirect \/sign-in.*)$/;

const toldOfTable = 'the table in app/_access/minimal-roles.ts (-) and the sources (+) name the same';
const found = listEntrances();
let house: House;
let people: Record<string, Awaited<ReturnType<House['addPerson']>>>;
let place: Record<
  | 'accountId'
  | 'campaignId'
  | 'channelId'
  | 'codeId'
  | 'batchId'
  | 'notificationId'
  | 'personId'
  | 'designId'
  | 'posterId'
  | 'webhookId'
  | 'relayId'
  | 'approvalId',
  string
>;
const keys: Partial<Record<Access, string>> = {};

beforeAll(async () => {
  house = await openHouse();
  const { bench } = house;
  people = Object.fromEntries(
    await Promise.all(house.roles.map(async (role) => [role, await house.addPerson(role)] as const)),
  );
  const { accountId, campaignId } = await bench.addAccount();
  const channel = await bench.db.channel.create({ data: { accountId, number: '1', name: 'Shop' } });
  const { createCode } = await import('@/lib/codes/create-code');
  const code = await createCode(bench.system, accountId, {
    campaignId,
    channelId: channel.id,
    label: 'Kiosk',
    kind: 'permanent',
  });
  const { createBatch } = await import('@/lib/batches/create-batch');
  const input = { campaignId, kind: 'temporary' as const, count: 1 };
  const { id: batchId } = await createBatch(bench.system, accountId, { input });
  const { id: notificationId } = await bench.db.notification.create({
    data: { accountId, kind: 'webhook.disabled', data: { host: 'example.org', failures: 1 }, href: '/' },
    select: { id: true },
  });
  const personId = people.viewer?.id ?? '';
  const { id: designId } = await createDesign(bench.system, accountId, {
    name: 'Card',
    settings: designDefaults,
  });
  const { id: posterId } = await bench.db.poster.create({
    data: {
      ...{ accountId, name: 'Card', widthMm: 100, heightMm: 100, anchors: {} },
      ...{ base: new Uint8Array([1]), preview: new Uint8Array([1]) },
      placement: { code: { leftMm: 10, topMm: 10, sizeMm: 30 }, hasPatch: true, line: null },
    },
    select: { id: true },
  });
  const { id: webhookId } = await bench.db.webhook.create({
    data: { accountId, url: 'https://example.com/', secretSealed: 'x', events: ['scan.recorded'] },
    select: { id: true },
  });
  const { id: relayId } = await bench.db.relay.create({
    data: { accountId, name: 'CRM', url: 'https://example.com/', tokenSealed: 'x', takesAll: true },
    select: { id: true },
  });
  const { id: approvalId } = await bench.db.approval.create({
    data: {
      ...{ accountId, campaignId, slots: 1, source: 'count', requestedByKind: 'apiKey' },
      input: { campaignId, kind: 'permanent', count: 1 },
    },
    select: { id: true },
  });
  place = {
    accountId,
    campaignId,
    channelId: channel.id,
    codeId: code.id,
    batchId,
    notificationId,
    personId,
    designId,
    posterId,
    webhookId,
    relayId,
    approvalId,
  };
  for (const role of house.roles) {
    const scope = scopes[role] ?? 'read';
    const { key } = await createApiKey(bench.system, { name: role, scope, allAccounts: true });
    keys[role] = key;
  }
});
afterAll(() => house.close());

const endsSessions = /signOut|session|password|person|access/i;
let kept: { who: Access; ctx: Context } | null = null;

/** Whoever is asked for sits at the browser; with a new session where what came before may have ended it. */
async function become(who: Access, key = ''): Promise<Context> {
  if (kept?.who === who && !endsSessions.test(key)) return kept.ctx;
  const ctx = await (people[who]?.signIn() ?? house.signOut());
  kept = endsSessions.test(key) ? null : { who, ctx };
  return ctx;
}

function expectOutcome(
  who: Access,
  wanted: Access,
  outcome: string,
  refused: Partial<Record<Access, RegExp>>,
) {
  if (isEnough(who, wanted)) expect(outcome, `as ${who}`).not.toMatch(refusals);
  else
    expect(outcome, `as ${who}`).toMatch(
      who === 'stranger' ? (refused.stranger ?? /^UNAUTHENTICATED$/) : (refused.viewer ?? /^FORBIDDEN$/),
    );
}

const cases = (entrances: Entrance[], table: Record<string, Access | 'inner'>) =>
  entrances.flatMap((entrance): [string, Entrance, Access][] => {
    const wanted = table[entrance.key];
    return wanted === undefined || wanted === 'inner' ? [] : [[entrance.key, entrance, wanted]];
  });

describe('the table', () => {
  const offered = async ({ file, name }: Entrance) => {
    await become('stranger');
    const answer = await (await load(file))[name]?.(new Request('http://localhost:3000/'), {
      params: Promise.resolve({ nextauth: [] }),
    });
    const { status } = answer as Response;
    return status !== 405 && !(name === 'OPTIONS' && status === 204);
  };

  it.each([
    ['actions', found.actions, actions],
    ['pages', found.pages, pages],
    ['services', found.services, services],
  ] as const)('names all %s, and none that is gone', (_, entrances, table) => {
    const names = entrances.map(({ key }) => key);
    expect(new Set(names).size, 'each has a name of its own').toBe(names.length);
    expect(Object.keys(table).sort(), toldOfTable).toEqual(names.sort());
    expect(names.length).toBeGreaterThan(20);
  });

  it('names all methods that routes offer, and none that is gone', async () => {
    const names: string[] = [];
    for (const entrance of found.routes) if (await offered(entrance)) names.push(entrance.key);
    expect([...Object.keys(routes), ...signedRoutes].sort(), toldOfTable).toEqual(names.sort());
  }, 180_000);

  it('leaves what is inner to services: app imports none of it', () => {
    const inner = found.services.filter(({ key }) => services[key] === 'inner');
    const app = path.join(process.cwd(), 'app');
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !/_access|_tests|\.test\./.test(file),
    );
    const imports = files.flatMap((file) =>
      [...readFileSync(path.join(app, file), 'utf8').matchAll(/import ([^;]+?) from '@\/([^']+)'/g)].flatMap(
        ([, names = '', from = '']) => [...names.matchAll(/\w+/g)].map(([name]) => ({ file, name, from })),
      ),
    );
    expect(imports.length).toBeGreaterThan(100);
    for (const { file, name } of inner) {
      const from = path.relative(process.cwd(), file).replace(/\.ts$/, '').replaceAll(path.sep, '/');
      expect(imports.filter((each) => each.name === name && each.from === from)).toEqual([]);
    }
  });
});

describe.each(cases(found.actions, actions))('%s', (key, { file, name }, wanted) => {
  it.each(ranks)(`asked by: %s`, async (who) => {
    const act = (await load(file))[name];
    for (const garbage of [
      [undefined],
      [{}],
      [{ accountId: place.accountId, codeIds: 7 }],
      [null, new FormData()],
    ]) {
      await become(who, key);
      if (/^(signIn|spendLink|unlockShare)Action$/.test(key) && !(garbage[1] instanceof FormData)) continue;
      const outcome = await outcomeOf(() => act?.(...garbage));
      // Leads there whoever asks.
      if (key === 'signOutAction') expect(outcome).toBe('redirect /sign-in');
      else if (key === 'selectAccountAction')
        expectOutcome(who, wanted, outcome, { stranger: /^redirect \/sign-in$/ });
      else expectOutcome(who, wanted, outcome, {});
      expect(outcome).not.toMatch(/^crash|^UNEXPECTED/);
    }
  });
});

describe.each(cases(found.services, services))('%s', (key, { file, name }, wanted) => {
  it.each(ranks)('asked by: %s', async (who) => {
    const serve = (await load(file))[name];
    for (const garbage of [
      [place.accountId, place.accountId, {}, {}],
      [place.accountId, 7, 7, 7],
      [{}, {}],
    ]) {
      const ctx = await become(who, key);
      expectOutcome(who, wanted, await outcomeOf(() => serve?.(ctx, ...garbage)), {});
    }
  });
});

describe.each(cases(found.pages, pages))('%s', (_, { file, name }, wanted) => {
  it.each(ranks)('asked by: %s', async (who) => {
    const page = (await load(file))[name];
    await become(who);
    const props = {
      params: Promise.resolve({ ...place, token: 'x' }),
      searchParams: Promise.resolve({}),
      children: null,
    };
    const outcome = await outcomeOf(() => page?.(props));
    expectOutcome(who, wanted, outcome, { stranger: /^redirect \/sign-in/, viewer: /^NOT_FOUND$/ });
    if (isEnough(who, wanted)) expect(outcome).toMatch(/^done$|^redirect/);
  });
});

it.each(found.titles.map((entrance) => [entrance.key, entrance] as const))(
  'the title of %s tells a stranger nothing',
  async (_, { file, name }) => {
    await become('stranger');
    const title = (await load(file))[name];
    const told = await Promise.resolve(
      title?.({ params: Promise.resolve({ ...place, token: 'x' }), searchParams: Promise.resolve({}) }),
    ).catch(() => null);
    expect(JSON.stringify(told)).not.toMatch(/Spring|Shop|Kiosk|viewer \d|example\.com/);
  },
);

describe.each(found.routes.filter(({ key }) => signedRoutes.includes(key)))('$key', ({ file, name }) => {
  it.each(ranks)('neither a key nor a session stands for a signature: %s', async (who) => {
    await become(who);
    const key = keys[who];
    const request = new Request(`http://localhost:3000/api/wechat/${place.accountId}?echostr=x`, {
      method: name,
      headers: key ? { authorization: `Bearer ${key}` } : {},
      body: name === 'GET' ? undefined : '<xml></xml>',
    });
    const params = Promise.resolve({ accountId: place.accountId });
    const answer = (await (await load(file))[name]?.(request, { params })) as Response;
    expect([answer.status, await answer.text()]).toEqual([403, 'refused']);
  });
});

describe.each(cases(found.routes, routes))('%s', (key, { file, name }, wanted) => {
  const bySession =
    / \/api\/(?:codes|batches|designs|posters|exports|external-imports|quota|analytics|feed)(?:\/|$)/.test(
      key,
    );

  async function ask(key: string | undefined) {
    const params = {
      id: place.codeId,
      codeId: place.codeId,
      batchId: place.batchId,
      number: '1',
      nextauth: ['nothing'],
      path: ['x'],
    };
    const request = new Request('http://localhost:3000/api?mm=x', {
      method: name,
      headers: { 'content-type': 'text/html', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: name === 'GET' || name === 'OPTIONS' ? undefined : '{ not json',
    });
    const handle = (await load(file))[name];
    const answer = (await handle?.(request, { params: Promise.resolve(params) })) as Response;
    expect(answer.status).toBeLessThan(500);
    return outcomeOf(() => answer);
  }

  it.each(ranks)('asked with the key of: %s', async (who) => {
    await become('stranger');
    expectOutcome(who, wanted, await ask(keys[who]), {});
  });

  it.each(ranks)(bySession ? 'asked with the session of: %s' : 'a session is no key: %s', async (who) => {
    await become(who);
    expectOutcome(bySession ? who : 'stranger', wanted, await ask(undefined), {});
  });

  it('a key that is none is not made good by a session', async () => {
    await become('admin');
    expectOutcome('stranger', wanted, await ask('qd_nobody-has-this-key-nobody-has-this-key'), {});
  });
});
