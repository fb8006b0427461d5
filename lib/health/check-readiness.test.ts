import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase } from '@/lib/db/test-database';
import { checkReadiness } from './check-readiness';

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** What a machine that is busy with other tests may take, in milliseconds. */
const patient = 20_000;

const unavailable = { status: 'unavailable', checks: { database: 'unavailable' } };

it('is ready while the database answers', async () => {
  expect(await checkReadiness(async () => ({ db: database.prisma }), patient)).toEqual({
    status: 'ok',
    checks: { database: 'ok' },
  });
});

it('is not ready when the database cannot be opened, and says nothing more', async () => {
  const answer = await checkReadiness(
    () => Promise.reject(new Error('password authentication failed for qudao')),
    patient,
  );
  expect(answer).toEqual(unavailable);
});

it('waits no longer than it has patience, and asks a database that hangs once', async () => {
  let answer: (context: { db: typeof database.prisma }) => void = () => undefined;
  const open = vi.fn(
    () =>
      new Promise<{ db: typeof database.prisma }>((resolve) => {
        answer = resolve;
      }),
  );
  const probes = await Promise.all([checkReadiness(open, 5), checkReadiness(open, 5)]);
  expect(probes).toEqual([unavailable, unavailable]);
  expect(open).toHaveBeenCalledTimes(1);
  answer({ db: database.prisma });
  await vi.waitFor(async () => {
    expect((await checkReadiness(async () => ({ db: database.prisma }))).status).toBe('ok');
  });
});
