import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../db/test-database';
import { announceScans, startScanFeed, subscribeToScans } from './feed';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it('wakes those who look at this account, until they stop', () => {
  const [account, other] = [randomUUID(), randomUUID()];
  const onScans = vi.fn();
  const end = subscribeToScans(account, onScans);
  announceScans(other);
  expect(onScans).not.toHaveBeenCalled();
  announceScans(account);
  expect(onScans).toHaveBeenCalledTimes(1);
  end();
  announceScans(account);
  expect(onScans).toHaveBeenCalledTimes(1);
});

it('is woken by what another process commits', async (test) => {
  if (database.kind === 'embedded') return test.skip();
  const account = randomUUID();
  const onScans = vi.fn();
  const running = startScanFeed(database);
  const end = subscribeToScans(account, onScans);
  await vi.waitFor(() => expect(onScans).toHaveBeenCalled(), 3000);
  onScans.mockClear();
  await database.pool.query("SELECT pg_notify('qudao_scans', $1)", [account]);
  await vi.waitFor(() => expect(onScans).toHaveBeenCalledTimes(1), 3000);
  announceScans(account);
  await vi.waitFor(() => expect(onScans).toHaveBeenCalledTimes(3), 3000);
  end();
  await running.stop();
});
