import { randomUUID } from 'node:crypto';
import { isValidElement } from 'react';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declareExternal } from '@/lib/accounts/declare-external';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import { createBatch } from '@/lib/batches/create-batch';
import { createBinding } from '@/lib/bindings/create-binding';
import { createCode } from '@/lib/codes/create-code';
import { listCodes } from '@/lib/codes/list-codes';
import type { Context } from '@/lib/context';
import { createDesign } from '@/lib/designs/create-design';
import { closeLogoPool } from '@/lib/designs/rasterise-in-worker';
import { appSecret } from '@/lib/env';
import { closeExportPool } from '@/lib/exports/draw-pool';
import { prepareExport } from '@/lib/exports/prepare-export';
import { importCodes } from '@/lib/imports/import-codes';
import { closePosterPool } from '@/lib/posters/take-in-worker';
import { designDefaults } from '@/lib/print/design-schemas';
import { closeDrawPool } from '@/lib/print/draw-symbol';
import { createRelay } from '@/lib/relays/create-relay';
import { personSecretPlace, toPersonKey } from '@/lib/scans/person-key';
import { seal } from '@/lib/secrets';
import { createTag } from '@/lib/tags/create-tag';
import { createWebhook } from '@/lib/webhooks/create-webhook';
import {
  actionCalls,
  actionsWithoutIds,
  type Ids,
  openidOfPerson,
  pageCalls,
  pagesWithoutIds,
  plannedAt,
  routeCalls,
  routesWithoutIds,
  serviceCalls,
  servicesWithoutIds,
} from './calls-with-ids';
import { type Entrance, listEntrances } from './entrances';
import { type House, load, openHouse, outcomeOf } from './house';
import { type Access, actions, pages, routes, services } from './minimal-roles';

const found = listEntrances();
let house: House;
let own: Ids;
let foreign: Ids;
/** A marketer and a key who were granted the own account alone. */
let marketer: Awaited<ReturnType<House['addPerson']>>;
let key: string;
/** Ids and names that nobody without the foreign account may ever read. */
let foreignMarks: string[];

async function addPlace(mark: string): Promise<Ids> {
  const { db, system, addAccount } = house.bench;
  const { accountId, campaignId } = await addAccount();
  await db.officialAccount.update({ where: { id: accountId }, data: { name: `${mark} account` } });
  await db.campaign.update({ where: { id: campaignId }, data: { name: `${mark} campaign` } });
  const { id: channelId } = await db.channel.create({
    data: { accountId, number: '1', name: `${mark} shop`, columns: { [`${mark} column`]: 'x' } },
  });
  const label = `${mark} code`;
  const { id: codeId } = await createCode(system, accountId, {
    campaignId,
    channelId,
    label,
    kind: 'permanent',
  });
  for (const fromAt of Object.values(plannedAt)) {
    await db.assignment.create({ data: { codeId, fromAt: new Date(fromAt), campaignId: null } });
  }
  const temporary = { campaignId, label: `${mark} poster`, kind: 'temporary' } as const;
  const { id: temporaryId } = await createCode(system, accountId, temporary);
  const rows = [{ scene: `${mark} import`, url: 'http://weixin.qq.com/q/x' }];
  const { id: codeImportId } = await importCodes(system, accountId, { input: { campaignId, rows } });
  const counted = { campaignId, kind: 'permanent', count: 1, labelTemplate: label } as const;
  const { id: batchId } = await createBatch(system, accountId, { input: counted });
  const { id: designId } = await createDesign(system, accountId, {
    name: `${mark} design`,
    settings: designDefaults,
  });
  const { id: logoId } = await db.printLogo.create({
    data: { accountId, sha256: mark, png: new Uint8Array([1]), widthPx: 1, heightPx: 1 },
    select: { id: true },
  });
  const poster = {
    ...{ accountId, name: `${mark} poster`, widthMm: 100, heightMm: 100, anchors: {} },
    ...{ base: new Uint8Array([1]), preview: new Uint8Array([1]) },
    placement: { code: { leftMm: 10, topMm: 10, sizeMm: 30 }, hasPatch: true, line: null },
  };
  const { id: posterId } = await db.poster.create({ data: poster, select: { id: true } });
  const { id: shortPosterId } = await db.poster.create({ data: poster, select: { id: true } });
  const { id: webhookId } = await createWebhook(system, accountId, {
    url: `https://example.com/${encodeURIComponent(mark)}`,
    events: ['scan.recorded'],
  });
  const { id: bindingId } = await createBinding(system, accountId, { externalUserId: `${mark} user` });
  const { id: notificationId } = await db.notification.create({
    data: { accountId, kind: 'webhook.disabled', data: { host: mark, failures: 1 }, href: '/' },
    select: { id: true },
  });
  const { id: approvalId } = await db.approval.create({
    data: {
      ...{ accountId, campaignId, slots: 1, source: 'count', requestedByKind: 'apiKey' },
      input: { campaignId, kind: 'permanent', count: 1 },
    },
    select: { id: true },
  });
  const { id: exportId } = await prepareExport(system, accountId, { ids: [codeId] });
  const { importId } = await declareExternal(system, accountId, { ranges: [[80_000, 80_001]] });
  const { id: tagId } = await createTag(system, accountId, { name: `${mark} tag` });
  const { id: shortTagId } = await createTag(system, accountId, { name: `${mark} short` });
  const { id: briefTagId } = await createTag(system, accountId, { name: `${mark} brief` });
  const { id: shortWebhookId } = await createWebhook(system, accountId, {
    url: 'https://example.com/',
    events: ['code.issued'],
  });
  const { id: deliveryId } = await db.delivery.create({
    data: {
      ...{ accountId, kind: 'webhook', targetId: webhookId, eventType: 'ping', payloadSealed: '' },
      ...{ state: 'failed', nextAttemptAt: null, finishedAt: new Date() },
    },
    select: { id: true },
  });
  const relay = (name: string) =>
    createRelay(system, accountId, {
      ...{ name, url: 'https://example.com/', mode: 'plain' as const, token: 'atoken', takesAll: true },
      ...{ messageTypes: [], events: [], scenes: [], answers: false, allowPrivate: false },
    });
  const { id: relayId } = await relay(`${mark} relay`);
  const { id: shortRelayId } = await relay(`${mark} short relay`);
  const { id: relayDeliveryId } = await db.delivery.create({
    data: {
      ...{ accountId, kind: 'relay', targetId: relayId, eventType: 'ping', payloadSealed: '' },
      ...{ state: 'failed', nextAttemptAt: null, finishedAt: new Date() },
    },
    select: { id: true },
  });
  const personSecret = Buffer.alloc(32, 1);
  await db.officialAccount.update({
    where: { id: accountId },
    data: {
      personSecretSealed: seal(appSecret(), personSecretPlace(accountId), personSecret.toString('base64')),
    },
    select: { id: true },
  });
  const personKey = toPersonKey(personSecret, openidOfPerson);
  await db.follower.create({ data: { accountId, personKey, firstSeenAt: new Date() }, select: { id: true } });
  const { id: setAsideId } = await db.setAsideScene.create({
    data: { accountId, prefix: mark },
    select: { id: true },
  });
  return {
    accountId,
    campaignId,
    channelId,
    codeId,
    batchId,
    exportId,
    temporaryId,
    codeImportId,
    notificationId,
    importId,
    approvalId,
    designId,
    logoId,
    posterId,
    shortPosterId,
    webhookId,
    relayId,
    shortRelayId,
    relayDeliveryId,
    bindingId,
    tagId,
    shortTagId,
    briefTagId,
    shortWebhookId,
    deliveryId,
    setAsideId,
  };
}

beforeAll(async () => {
  house = await openHouse();
  own = await addPlace('own');
  foreign = await addPlace('FOREIGN');
  foreignMarks = ['FOREIGN', ...Object.values(foreign)];
  marketer = await house.addPerson('marketer', [own.accountId]);
  // Who asked may take it back.
  await house.bench.db.approval.update({
    where: { id: own.approvalId },
    data: { requestedByKind: 'user', requestedById: marketer.id },
  });
  const made = await createApiKey(house.bench.system, {
    name: 'bound',
    scope: 'write',
    allAccounts: false,
    accountIds: [own.accountId],
  });
  key = made.key;
  await marketer.signIn();
});
afterAll(async () => {
  await closeDrawPool();
  await closeLogoPool();
  await closePosterPool();
  await closeExportPool();
  await house.close();
});

/** What changes without anybody having changed anything: counters of use, and when somebody was last seen. */
const restless = [
  'rate_limits',
  'sessions',
  'api_keys',
  'api_call_days',
  'idempotency_keys',
  'access_tokens',
];

/** All rows of all other tables, as text. */
async function snapshot(): Promise<Record<string, string>> {
  const { pool } = house.bench.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND NOT table_name = ANY($1)`,
    [restless],
  );
  expect(tables.length).toBeGreaterThan(15);
  const { rows } = await pool.query<{ name: string; content: string }>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, (SELECT jsonb_agg(t ORDER BY t::text)::text FROM ${name} t) AS content`,
      )
      .join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}

/**
 * Asks with own ids, noting which were used; then with every choice of these swapped for foreign ones. Each must be answered as
 * if there were no such thing, tell nothing of the foreign account, and change nothing.
 */
async function swapIds(ask: (ids: Ids) => unknown, toText: (answer: unknown) => string = JSON.stringify) {
  const used = new Set<keyof Ids>();
  const noting = new Proxy(own, {
    get(ids, name: keyof Ids) {
      used.add(name);
      return ids[name];
    },
  });
  const asOwner = await outcomeOf(() => ask(noting));
  expect(asOwner, 'with own ids').not.toMatch(
    /^(NOT_FOUND|FORBIDDEN|UNAUTHENTICATED|VALIDATION_FAILED|UNEXPECTED|crash)/,
  );
  const names = [...used];
  expect(names.length, 'ids that were used').toBeGreaterThan(0);

  const before = await snapshot();
  for (let choice = 1; choice < 2 ** names.length; choice++) {
    const swapped = names.filter((_, place) => choice & (1 << place));
    const ids = { ...own, ...Object.fromEntries(swapped.map((name) => [name, foreign[name]])) };
    let told = '';
    const outcome = await outcomeOf(async () => {
      const answer = await ask(ids);
      told = answer instanceof Response ? await answer.clone().text() : toText(answer);
      return answer;
    });
    expect(outcome, `with foreign ${swapped.join(' and ')}`).toBe('NOT_FOUND');
    for (const mark of foreignMarks) expect(told).not.toContain(mark);
  }
  expect(await snapshot()).toEqual(before);
}

const wanted = (table: Record<string, Access | 'inner'>, levels: string[]) =>
  Object.keys(table).filter((each) => levels.includes(table[each] ?? ''));

const entranceOf = (entrances: Entrance[], name: string): Entrance => {
  const entrance = entrances.find((each) => each.key === name);
  if (!entrance) throw new Error(`${name} is gone`);
  return entrance;
};

it('knows how to ask for all that names things of an account', () => {
  const compare = (calls: object, without: string[], names: string[]) =>
    expect([...Object.keys(calls), ...without].sort(), 'app/_access/calls-with-ids.ts').toEqual(names.sort());
  compare(serviceCalls, servicesWithoutIds, wanted(services, ['viewer', 'marketer', 'admin']));
  compare(actionCalls, actionsWithoutIds, wanted(actions, ['viewer', 'marketer']));
  compare(routeCalls, routesWithoutIds, wanted(routes, ['viewer', 'marketer']));
  compare(pageCalls, pagesWithoutIds, wanted(pages, ['viewer', 'marketer']));
});

it.each(Object.entries(serviceCalls))('service %s', async (name, call) => {
  const { file, name: exported } = entranceOf(found.services, name);
  const serve = (await load(file))[exported];
  if (!serve) throw new Error(`${name} is gone`);
  // Admins reach every account; one that did not would still be held to its grants.
  const bound = { role: services[name] === 'admin' ? 'admin' : 'marketer', allAccounts: false } as const;
  const ctx: Context = { ...(await asMarketer()) };
  ctx.actor = { ...ctx.actor, ...bound, accountIds: [own.accountId] } as Context['actor'];
  await swapIds((ids) => call(serve, ctx, ids));
});

let signedIn: Context | null = null;
async function asMarketer(): Promise<Context> {
  signedIn ??= await marketer.signIn();
  return signedIn;
}

it.each(Object.entries(actionCalls))('%s', async (name, call) => {
  await asMarketer();
  const { file } = entranceOf(found.actions, name);
  const act = (await load(file))[name];
  await swapIds((ids) => act?.(call(ids)));
});

describe.each(Object.entries(routeCalls))('%s', (name, call) => {
  const bySession = / \/api\/(?:codes|batches|designs|posters|exports|analytics|feed)(?:\/|$)/.test(name);

  async function ask(ids: Ids, authorization: string | null) {
    const entrance = entranceOf(found.routes, name);
    const { query = {}, body, file, ...params } = call(ids);
    const address = new URL(`http://localhost:3000/?${new URLSearchParams({ ...query })}`);
    const request = new Request(address, {
      method: entrance.name,
      headers: {
        ...(authorization ? { authorization } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: file ?? (body ? JSON.stringify(body) : undefined),
    });
    const handle = (await load(entrance.file))[entrance.name];
    return (await handle?.(request, { params: Promise.resolve({ number: '1', ...params }) })) as Response;
  }

  it('asked with a key', () => {
    house.signOut();
    signedIn = null;
    return swapIds((ids) => ask(ids, `Bearer ${key}`));
  });

  if (bySession) {
    it('asked with a session', async () => {
      await asMarketer();
      await swapIds((ids) => ask(ids, null));
    });
  }
});

/** All texts that a page hands to its components. */
function textsOf(node: unknown, seen = new Set<unknown>()): string {
  if (typeof node === 'string') return `${node}\n`;
  if (typeof node !== 'object' || node === null || seen.has(node)) return '';
  seen.add(node);
  const members = isValidElement(node) ? Object.entries(node.props as object) : Object.entries(node);
  return members.map(([name, value]) => `${name} ${textsOf(value, seen)}`).join('\n');
}

async function openPage(
  name: string,
  { params = {}, searchParams = {} }: { params?: object; searchParams?: object },
) {
  const { file } = entranceOf(found.pages, name);
  const page = (await load(file)).default;
  return page?.({
    params: Promise.resolve(params),
    searchParams: Promise.resolve(searchParams),
    children: null,
  });
}

it.each(Object.entries(pageCalls))('page %s', async (name, call) => {
  await asMarketer();
  await swapIds((ids) => openPage(name, call(ids)), textsOf);
});

it.each(
  found.titles
    .filter((entrance) => entrance.key in pageCalls)
    .map((entrance) => [entrance.key, entrance] as const),
)('title of %s', async (name, { file }) => {
  await asMarketer();
  const title = (await load(file)).generateMetadata;
  const { params = {} } = pageCalls[name]?.(foreign) ?? {};
  const told = await Promise.resolve(title?.({ params: Promise.resolve(params) })).catch(() => null);
  for (const mark of foreignMarks) expect(JSON.stringify(told)).not.toContain(mark);
});

it.each([...pagesWithoutIds, ...Object.keys(pageCalls).filter((name) => !name.includes('['))])(
  'page %s shows nothing of an account that a forged cookie names',
  async (name) => {
    await asMarketer();
    house.jar.set('account', foreign.accountId);
    const texts = await Promise.resolve(openPage(name, {})).then(textsOf, (error) => String(error.digest));
    house.jar.delete('account');
    for (const mark of foreignMarks) expect(texts).not.toContain(mark);
    if (name.startsWith('/ca') || name.startsWith('/ch')) expect(texts).toMatch(/own (campaign|column)/);
  },
);

it('chooses no account in the switcher that was not granted', async () => {
  await asMarketer();
  const { file } = entranceOf(found.actions, 'selectAccountAction');
  const select = (await load(file)).selectAccountAction;
  await select?.(foreign.accountId);
  expect(house.jar.get('account')).toBeUndefined();
  await select?.(own.accountId);
  expect(house.jar.get('account')).toBe(own.accountId);
  house.jar.delete('account');
});

it('filters by a foreign campaign or channel find nothing, and its numbers stay its own', async () => {
  const ctx = await asMarketer();
  for (const filter of [
    { campaignId: foreign.campaignId },
    { channelId: foreign.channelId },
    { q: 'FOREIGN' },
  ]) {
    expect((await listCodes(ctx, own.accountId, filter)).items).toEqual([]);
  }
  const { ticket, url } = await house.bench.db.code.findUniqueOrThrow({ where: { id: foreign.codeId } });
  for (const q of [ticket, url])
    expect((await listCodes(ctx, own.accountId, { q: q ?? '' })).items).toEqual([]);
});

it('a cursor of a foreign list leads into no foreign list', async () => {
  const { bench } = house;
  const { campaignId } = foreign;
  await createCode(bench.system, foreign.accountId, { campaignId, label: 'FOREIGN 2', kind: 'permanent' });
  const { nextCursor } = await listCodes(bench.system, foreign.accountId, { limit: 1 });
  const page = await listCodes(await asMarketer(), own.accountId, { cursor: nextCursor ?? '' });
  expect(page.items.every(({ accountId }) => accountId === own.accountId)).toBe(true);
});

it("nobody ends another's session but an admin", async () => {
  const { file } = entranceOf(found.actions, 'endOwnSessionAction');
  const other = await house.addPerson('viewer');
  const { actor } = await other.signIn();
  const sessionId = actor.kind === 'user' ? actor.sessionId : '';
  signedIn = null;
  await asMarketer();
  const end = (await load(file)).endOwnSessionAction;
  expect(await outcomeOf(() => end?.({ sessionId }))).toBe('NOT_FOUND');
  expect(await outcomeOf(() => end?.({ sessionId: randomUUID() }))).toBe('NOT_FOUND');
  const session = await house.bench.db.session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(session.endedAt).toBeNull();
});

describe('a key bound to one account', () => {
  async function get(name: string, query: object = {}) {
    const { file } = entranceOf(found.routes, name);
    const handle = (await load(file)).GET;
    const request = new Request(`http://localhost:3000/?${new URLSearchParams({ ...query })}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const response = (await handle?.(request, { params: Promise.resolve({}) })) as Response;
    return { status: response.status, text: await response.text() };
  }

  it.each(['accounts', 'campaigns', 'channels', 'codes', 'quota'])(
    'may leave the account out of a read of %s, and reads its own alone',
    async (list) => {
      const { status, text } = await get(`GET /api/v1/${list}`);
      expect(status).toBe(200);
      for (const mark of foreignMarks) expect(text).not.toContain(mark);
      if (list !== 'quota') expect(text).toContain(own.accountId);
    },
  );
});
