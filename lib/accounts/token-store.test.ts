import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../context';
import { type Database, openDatabase } from '../db/open-database';
import { createTestDatabase } from '../db/test-database';
import type { StoredToken } from '../wechat';
import { createTokenStore } from './token-store';

const appSecret = () => 'a secret of the test, 32 characters or more';
let first: Awaited<ReturnType<typeof createTestDatabase>>;
/** Another process's view: its own pool on PostgreSQL; PGlite has one session for all. */
let second: Database;
let accountId = '';

beforeAll(async () => {
  first = await createTestDatabase();
  second = first.url === null ? first : await openDatabase({ kind: 'postgresql', url: first.url });
});
afterAll(async () => {
  if (second !== first) await second.close();
  await first.close();
});
beforeEach(async () => {
  const { id } = await first.prisma.officialAccount.create({
    data: { name: 'a', appId: randomUUID() },
    select: { id: true },
  });
  accountId = id;
});

const storeOn = (database: Database, waitMs?: number) =>
  createTokenStore({ db: database.prisma, accountId, appSecret, clock: systemClock, waitMs });

const inAnHour = () => new Date(Date.now() + 3_600_000);

function source() {
  const state = { calls: 0, atOnce: 0, mostAtOnce: 0 };
  const fetchToken = async (): Promise<StoredToken> => {
    state.calls++;
    state.atOnce++;
    state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
    await new Promise((resolve) => setTimeout(resolve, 60));
    state.atOnce--;
    return { value: `token-${state.calls}`, expiresAt: inAnHour() };
  };
  return { state, fetchToken };
}

describe('the shared token', () => {
  it('is fetched once for 50 callers of two processes, and is sealed in the database', async () => {
    const stores = [storeOn(first), storeOn(second)];
    const { state, fetchToken } = source();
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, n) => stores[n % 2]?.refresh(null, fetchToken)),
    );
    expect(new Set(tokens.map((token) => token?.value))).toEqual(new Set(['token-1']));
    expect(state).toMatchObject({ calls: 1, mostAtOnce: 1 });
    const row = await first.prisma.accessToken.findUniqueOrThrow({ where: { accountId } });
    expect(row.valueSealed).toMatch(/^v1\./);
    expect(row).toMatchObject({ leaseToken: null, leaseUntil: null });
    expect((await storeOn(second).read())?.value).toBe('token-1');
  });

  it('is replaced only if it is still the one that failed', async () => {
    const { state, fetchToken } = source();
    const store = storeOn(first);
    await store.refresh(null, fetchToken);
    expect((await storeOn(second).refresh('an older one', fetchToken)).value).toBe('token-1');
    expect(state.calls).toBe(1);
    expect((await store.refresh('token-1', fetchToken)).value).toBe('token-2');
    expect((await storeOn(second).refresh('token-1', fetchToken)).value).toBe('token-2');
    expect(state.calls).toBe(2);
  });

  it('is fetched anew when the stored one has expired', async () => {
    const store = storeOn(first);
    await store.refresh(null, async () => ({ value: 'old', expiresAt: new Date(Date.now() - 1000) }));
    expect((await store.refresh('another', source().fetchToken)).value).toBe('token-1');
  });

  it('passes a failure on, and lets the next caller try at once', async () => {
    const store = storeOn(first);
    await expect(store.refresh(null, () => Promise.reject(new Error('40125')))).rejects.toThrow('40125');
    expect((await storeOn(second, 0).refresh(null, source().fetchToken)).value).toBe('token-1');
  });

  it('survives a holder that died: its lease ends, and its late answer is dropped', async () => {
    let answerLate = (_token: StoredToken) => {};
    const late = storeOn(first).refresh(
      null,
      () =>
        new Promise((resolve) => {
          answerLate = resolve;
        }),
    );
    await expect
      .poll(() => first.prisma.accessToken.count({ where: { accountId, leaseToken: { not: null } } }))
      .toBe(1);
    const { state, fetchToken } = source();
    await expect(storeOn(second, 0).refresh(null, fetchToken)).rejects.toMatchObject({ code: 'BUSY' });

    // 15 seconds later.
    await first.prisma.$executeRaw`
      UPDATE access_tokens SET lease_until = lease_until - interval '15 seconds' WHERE account_id = ${accountId}::uuid`;
    expect((await storeOn(second).refresh(null, fetchToken)).value).toBe('token-1');
    answerLate({ value: 'late', expiresAt: inAnHour() });
    expect((await late).value).toBe('token-1');
    expect((await storeOn(second).read())?.value).toBe('token-1');
    expect(state.calls).toBe(1);
  });

  it('does not open in the row of another account', async () => {
    await storeOn(first).refresh(null, source().fetchToken);
    const { valueSealed, expiresAt } = await first.prisma.accessToken.findUniqueOrThrow({
      where: { accountId },
    });
    const other = await first.prisma.officialAccount.create({
      data: { name: 'b', appId: randomUUID() },
      select: { id: true },
    });
    await first.prisma.accessToken.update({
      where: { accountId: other.id },
      data: { valueSealed, expiresAt },
    });
    const store = createTokenStore({
      db: first.prisma,
      accountId: other.id,
      appSecret,
      clock: systemClock,
    });
    await expect(store.read()).rejects.toThrow('does not open');
  });
});
