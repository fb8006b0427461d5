import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { announceBackground, wakeBackground } from './announce';
import { startBackground } from './start-background';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const context = () => Promise.resolve({} as Context);

it('goes on while there is more, sleeps, looks again when woken, and stops', async () => {
  let more = 2;
  const run = vi.fn(async () => more-- > 0);
  const background = startBackground(database, context, [{ name: 'exports', everySeconds: 3600, run }]);
  await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThanOrEqual(3));
  // A listener that has just connected has it look once more.
  await sleep(200);
  const asleep = run.mock.calls.length;
  await sleep(100);
  expect(run).toHaveBeenCalledTimes(asleep);
  wakeBackground('exports');
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(asleep + 1));
  await background.stop();
  wakeBackground('exports');
  await sleep(30);
  expect(run).toHaveBeenCalledTimes(asleep + 1);
});

it('wakes no other than the one that has work', async () => {
  const [one, other] = [vi.fn(async () => false), vi.fn(async () => false)];
  const background = startBackground(database, context, [
    { name: 'exports', everySeconds: 3600, run: one },
    { name: 'deliveries', everySeconds: 3600, run: other },
  ]);
  await vi.waitFor(() => expect(other).toHaveBeenCalled());
  await sleep(200);
  const [ofOne, ofOther] = [one.mock.calls.length, other.mock.calls.length];
  wakeBackground('exports');
  await vi.waitFor(() => expect(one).toHaveBeenCalledTimes(ofOne + 1));
  await sleep(50);
  expect(other).toHaveBeenCalledTimes(ofOther);
  await background.stop();
});

it('does not miss a waking that comes while it works', async () => {
  let finish: () => void = () => undefined;
  const run = vi.fn(
    () =>
      new Promise<boolean>((resolve) => {
        finish = () => resolve(false);
      }),
  );
  const background = startBackground(database, context, [{ name: 'exports', everySeconds: 3600, run }]);
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1));
  wakeBackground('exports');
  finish();
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2));
  const stopped = background.stop();
  finish();
  await stopped;
});

it('is woken by what another process commits', async (test) => {
  if (database.kind === 'embedded') return test.skip();
  const run = vi.fn(async () => false);
  const background = startBackground(database, context, [{ name: 'exports', everySeconds: 3600, run }]);
  await vi.waitFor(() => expect(run).toHaveBeenCalled());
  await sleep(200);
  const before = run.mock.calls.length;
  await announceBackground(database.prisma, 'exports');
  await vi.waitFor(() => expect(run.mock.calls.length).toBeGreaterThan(before), 3000);
  await background.stop();
});
