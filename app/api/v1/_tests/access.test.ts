import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key';
import type { Operation } from '@/lib/openapi/operation';
import { operations } from '@/lib/openapi/operations';
import { createTestRest, type TestRest } from './test-rest';

let rest: TestRest;
/** What a key is granted, and what it is not. */
let own: Place;
let foreign: Place;

type Place = { accountId: string; campaignId: string; channelId: string; codeId: string; batchId: string };

async function addPlace(): Promise<Place> {
  const { accountId, campaignId } = await rest.bench.addAccount();
  const channel = await rest.send('POST', '/api/v1/channels', {
    body: { accountId, number: '1', name: 'Shop' },
  });
  const code = await rest.send('POST', '/api/v1/codes', {
    body: { accountId, campaignId, label: 'x', kind: 'permanent' },
  });
  const batch = await rest.send('POST', '/api/v1/batches', {
    body: { accountId, campaignId, kind: 'temporary', count: 1 },
  });
  return { accountId, campaignId, channelId: channel.body.id, codeId: code.body.id, batchId: batch.body.id };
}

beforeAll(async () => {
  rest = await createTestRest();
  own = await addPlace();
  foreign = await addPlace();
});
afterAll(() => rest.close());

const guarded = operations.filter(({ role }) => role !== null);
const cases = guarded.map((operation): [string, Operation] => [
  `${operation.method} ${operation.path}`,
  operation,
]);

/** A body that the operation takes, with the ids of one place in it. */
function bodyFor({ id }: Operation, { campaignId, channelId }: Place): Record<string, unknown> {
  switch (id) {
    case 'createAccount':
      return { name: 'n', appId: `wx${randomUUID().slice(0, 8)}`, appSecret: 'secret' };
    case 'createCampaign':
      return { name: 'n' };
    case 'createChannel':
      return { name: 'n', number: randomUUID() };
    case 'putChannelByNumber':
      return { name: 'n' };
    case 'createCode':
      return { campaignId, channelId, label: 'n', kind: 'temporary' };
    case 'createBatch':
      return { campaignId, channelId, kind: 'temporary', count: 1 };
    case 'declareExternalUse':
      return { none: true };
    default:
      return {};
  }
}

function addressFor({ tag, path }: Operation, place: Place): string {
  const idOf = {
    accounts: place.accountId,
    campaigns: place.campaignId,
    channels: place.channelId,
    codes: place.codeId,
    batches: place.batchId,
  };
  // Of what no place has one here: an id that names nothing.
  const id = idOf[tag as keyof typeof idOf] ?? randomUUID();
  return path
    .replace('{id}', id)
    .replace('{number}', '1')
    .replace(/\{\w+\}/g, randomUUID());
}

function send(
  operation: Operation,
  place: Place,
  key: string | null,
  named: string | undefined = place.accountId,
) {
  const account: Record<string, string> = operation.scope === 'account' && named ? { accountId: named } : {};
  const isRead = operation.method === 'GET';
  const query = isRead ? `?${new URLSearchParams(account)}` : '';
  const body = isRead ? undefined : { ...account, ...bodyFor(operation, place) };
  return rest.send(operation.method, addressFor(operation, place) + query, { key, body });
}

describe.each(cases)('%s', (_, operation) => {
  it('turns a stranger away', async () => {
    const { status, body, headers } = await send(operation, own, null);
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(body.detail).toContain('API key');
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect((await send(operation, own, `qd_${'x'.repeat(43)}`)).status).toBe(401);
  });

  it('asks for its role before it looks at the input', async () => {
    const scopes = { viewer: null, marketer: 'read', admin: 'write' } as const;
    const tooSmall = operation.role && scopes[operation.role];
    if (!tooSmall) return;
    const { key } = await rest.makeKey(tooSmall);
    const refused = await rest.send(operation.method, addressFor(operation, own), {
      key,
      ...(operation.method === 'GET' ? {} : { raw: '{ not json', headers: { 'content-type': 'text/html' } }),
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  it('knows nothing of an account that was not granted', async () => {
    if (operation.scope !== 'account' && !operation.path.includes('{')) return;
    const { key } = await rest.makeKey('write', [own.accountId]);
    const wanted = operation.role === 'admin' ? 403 : 404;
    expect((await send(operation, foreign, key)).status).toBe(wanted);
    if (!operation.path.includes('{id}') || operation.tag === 'accounts') return;
    // The thing of the foreign account under the name of the granted one, and under none.
    expect((await send(operation, foreign, key, own.accountId)).status).toBe(wanted);
    expect((await rest.send(operation.method, addressFor(operation, foreign), { key })).status).toBe(wanted);
  });

  it('finds nothing under what is no id', async () => {
    if (!operation.path.includes('{id}')) return;
    for (const id of ['x', randomUUID(), '00000000-0000-0000-0000-000000000000', "' OR 1=1 --"]) {
      const address = operation.path
        .replace('{id}', encodeURIComponent(id))
        .replace(/\{\w+\}/g, randomUUID());
      const answer = await rest.send(operation.method, address, {
        body: operation.method === 'GET' ? undefined : {},
      });
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
  });
});

describe('keys', () => {
  it('end when they are revoked', async () => {
    const { id, key } = await rest.makeKey('read');
    expect((await rest.send('GET', '/api/v1/accounts', { key })).status).toBe(200);
    await revokeApiKey(rest.bench.system, { apiKeyId: id });
    expect((await rest.send('GET', '/api/v1/accounts', { key })).status).toBe(401);
  });

  it.each(['Basic abc', 'Bearer', 'Bearer  ', 'bearer a b', `Bearer ${'x'.repeat(5_000)}`])(
    'are not found in "%.20s"',
    async (authorization) => {
      const answer = await rest.send('GET', '/api/v1/accounts', { key: null, headers: { authorization } });
      expect(answer.status).toBe(401);
    },
  );

  it('bound to accounts see these alone, and connect no other', async () => {
    const { key } = await rest.makeKey('write', [own.accountId]);
    const list = await rest.send('GET', '/api/v1/accounts', { key });
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([own.accountId]);
  });
});

describe('the account of a request', () => {
  it('may be left out when the key sees only one', async () => {
    const { key } = await rest.makeKey('write', [own.accountId]);
    const list = await rest.send('GET', '/api/v1/codes', { key });
    const accounts = list.body.items.map(({ accountId }: { accountId: string }) => accountId);
    expect(new Set(accounts)).toEqual(new Set([own.accountId]));
    const made = await rest.send('POST', '/api/v1/campaigns', { key, body: { name: 'mine' } });
    expect(made).toMatchObject({ status: 201, body: { accountId: own.accountId } });
    expect((await rest.send('GET', '/api/v1/quota', { key })).status).toBe(200);
  });

  it('is asked for when the key sees several, unless the address names a thing', async () => {
    for (const path of ['codes', 'campaigns', 'channels', 'quota']) {
      const answer = await rest.send('GET', `/api/v1/${path}`);
      expect(answer).toMatchObject({ status: 422, body: { code: 'ACCOUNT_REQUIRED' } });
    }
    expect((await rest.send('POST', '/api/v1/campaigns', { body: { name: 'x' } })).body.code).toBe(
      'ACCOUNT_REQUIRED',
    );
    expect((await rest.send('GET', `/api/v1/codes/${foreign.codeId}`)).body.accountId).toBe(
      foreign.accountId,
    );
  });

  it('is not found when it is malformed', async () => {
    expect((await rest.send('GET', '/api/v1/codes?accountId=x')).status).toBe(404);
    const body = { accountId: 5, name: 'x' };
    expect((await rest.send('POST', '/api/v1/campaigns', { body })).body.fields[0].field).toBe('accountId');
  });
});

describe('methods and addresses', () => {
  it('that are not offered are refused with those that are', async () => {
    const answer = await rest.send('DELETE', '/api/v1/codes', { key: null });
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')).toBe('GET, POST, HEAD, OPTIONS');
    const options = await rest.send('OPTIONS', `/api/v1/codes/${own.codeId}/archive`, { key: null });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it.each([
    '/api/v1',
    '/api/v1/',
    '/api/v1/batchez',
    '/api/v1/nothing',
    '/api/v1/codes/x/y',
    '/api/v1/analytics',
  ])('%s is a problem in JSON', async (address) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await rest.send(method, address, { key: null });
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });
});
