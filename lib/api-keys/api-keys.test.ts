import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPeople, refusal, type TestPeople } from '../people/test-people';
import { createApiKey } from './create-api-key';
import { findActorByKey } from './find-actor-by-key';
import { listApiKeys } from './list-api-keys';
import { registerConfiguredKey } from './register-configured-key';
import { revokeApiKey } from './revoke-api-key';

let people: TestPeople;
let account = '';
beforeAll(async () => {
  people = await createTestPeople();
  account = await people.addAccount();
});
afterAll(() => people.database.close());

const create = (input: object) =>
  createApiKey(people.system, { name: 'CRM', scope: 'write', accountIds: [account], ...input });

describe('an API key', () => {
  it('is shown once and kept as a hash', async () => {
    const { apiKey, key } = await create({});
    expect(key).toMatch(/^qd_[\w-]{43}$/);
    expect(apiKey.prefix).toBe(key.slice(0, 8));
    const rows = JSON.stringify(await people.db.apiKey.findMany());
    expect(rows).not.toContain(key);
    expect(JSON.stringify(await listApiKeys(people.system))).not.toContain(key.slice(8));
  });

  it('acts with the role of its scope, in its accounts', async () => {
    for (const [scope, role] of [
      ['read', 'viewer'],
      ['write', 'marketer'],
    ] as const) {
      const { apiKey, key } = await create({ scope });
      expect(await findActorByKey(people.db, key)).toEqual({
        kind: 'apiKey',
        id: apiKey.id,
        name: 'CRM',
        role,
        allAccounts: false,
        accountIds: [account],
      });
    }
    const { key } = await create({ scope: 'admin' });
    expect(await findActorByKey(people.db, key)).toMatchObject({
      role: 'admin',
      allAccounts: true,
      accountIds: [],
    });
  });

  it('works until it is revoked, and never again', async () => {
    const { apiKey, key } = await create({});
    await revokeApiKey(people.system, { apiKeyId: apiKey.id });
    await revokeApiKey(people.system, { apiKeyId: apiKey.id });
    expect(await findActorByKey(people.db, key)).toBeNull();
    expect((await listApiKeys(people.system)).at(-1)).toMatchObject({ id: apiKey.id });
    const entries = await people.db.auditEntry.count({
      where: { action: 'apiKey.revoke', targetId: apiKey.id },
    });
    expect(entries).toBe(1);
  });

  it('is nobody’s when it is made up, cut, or its hash', async () => {
    const { key } = await create({});
    const { keyHash } = await people.db.apiKey.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    for (const presented of [
      '',
      key.slice(0, -1),
      key.toLowerCase(),
      `${key} `,
      keyHash,
      'x'.repeat(10_000),
    ]) {
      expect(await findActorByKey(people.db, presented)).toBeNull();
    }
  });

  it('writes that it was used once a minute at most', async () => {
    const { apiKey, key } = await create({});
    const start = new Date('2026-11-24T06:00:00Z');
    const usedAfter = async (seconds: number) => {
      await findActorByKey(people.db, key, new Date(start.getTime() + seconds * 1000));
      return (await people.db.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } })).lastUsedAt;
    };
    expect(await usedAfter(0)).toEqual(start);
    expect(await usedAfter(59)).toEqual(start);
    expect(await usedAfter(60)).toEqual(new Date(start.getTime() + 60_000));
  });

  it('needs a name, a scope, and an account that exists', async () => {
    expect(await refusal(create({ name: ' ' }))).toBe('name: required');
    expect(await refusal(create({ scope: 'root' }))).toBe('scope: notInList');
    expect(await refusal(create({ accountIds: [] }))).toBe('accountIds: tooFew');
    expect(await refusal(create({ accountIds: [crypto.randomUUID()] }))).toBe('accountIds: unknown');
    expect(await refusal(revokeApiKey(people.system, { apiKeyId: 'x' }))).toBe('NOT_FOUND');
    expect(await refusal(revokeApiKey(people.system, { apiKeyId: crypto.randomUUID() }))).toBe('NOT_FOUND');
  });

  it('is an admin’s to manage', async () => {
    const { id } = await people.addPerson('marketer');
    for (const [ctx, code] of [
      [people.stranger, 'UNAUTHENTICATED'],
      [people.asPerson(id, 'marketer'), 'FORBIDDEN'],
    ] as const) {
      expect(await refusal(createApiKey(ctx, 'garbage'))).toBe(code);
      expect(await refusal(revokeApiKey(ctx, 'garbage'))).toBe(code);
      expect(await refusal(listApiKeys(ctx))).toBe(code);
    }
  });
});

describe('ADMIN_API_KEY', () => {
  it('is registered once, and stays revoked', async () => {
    const key = 'any string of 32 characters or more!';
    expect(await registerConfiguredKey(people.system, key)).toBe(true);
    expect(await registerConfiguredKey(people.system, key)).toBe(false);
    expect(await registerConfiguredKey(people.system, `${key} changed later`)).toBe(false);
    const actor = await findActorByKey(people.db, key);
    expect(actor).toMatchObject({ role: 'admin', allAccounts: true });
    await revokeApiKey(people.system, { apiKeyId: actor?.id ?? '' });
    expect(await registerConfiguredKey(people.system, key)).toBe(false);
    expect(await findActorByKey(people.db, key)).toBeNull();
  });
});
