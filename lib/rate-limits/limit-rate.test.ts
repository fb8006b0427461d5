import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppError } from '../errors';
import { createTestPeople, refusal, type TestPeople } from '../people/test-people';
import { forgiveHit, limitRate, personalBucket, pruneRateLimits } from './limit-rate';

let people: TestPeople;
beforeAll(async () => {
  people = await createTestPeople();
});
afterAll(() => people.database.close());

const rate = { limit: 5, windowSeconds: 60 };

it('lets exactly the limit through, however many come at once', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () => refusal(limitRate(people.system, 'burst', rate))),
  );
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(5);
  expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(7);
});

it('says when the next window begins, and begins anew with it', async () => {
  people.pass(60 - ((people.now().getTime() / 1000) % 60) + 20);
  for (let i = 0; i < 5; i++) await limitRate(people.system, 'window', rate);
  const error = await limitRate(people.system, 'window', rate).catch((caught: AppError) => caught);
  expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429, details: { retryAfterSeconds: 40 } });
  await limitRate(people.system, 'another', rate);
  people.pass(39);
  expect(await refusal(limitRate(people.system, 'window', rate))).toBe('RATE_LIMITED');
  people.pass(1);
  expect(await refusal(limitRate(people.system, 'window', rate))).toBeNull();
});

it('forgives a hit', async () => {
  for (let i = 0; i < 20; i++) {
    await limitRate(people.system, 'forgiven', rate);
    await forgiveHit(people.system, 'forgiven', rate);
  }
  expect(await refusal(limitRate(people.system, 'forgiven', rate))).toBeNull();
});

it('forgets windows of the day before', async () => {
  await limitRate(people.system, 'old', rate);
  people.pass(86_400 + 60);
  const count = () => people.db.rateLimit.count({ where: { bucket: 'old' } });
  expect(await count()).toBe(1);
  await limitRate(people.system, 'new', rate);
  expect(await count()).toBe(0);
  expect(await pruneRateLimits(people.system)).toBe(0);
});

it('names a bucket after somebody without naming them', () => {
  expect(personalBucket('sign-in', 'a@b.cd')).toMatch(/^sign-in:[0-9a-f]{32}$/);
  expect(personalBucket('sign-in', 'a@b.cd')).not.toBe(personalBucket('sign-in', 'a@b.ce'));
});
