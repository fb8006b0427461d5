import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestRest, type TestRest } from './test-rest';

vi.hoisted(() => {
  process.env.API_RATE_LIMIT = '3';
});

let rest: TestRest;
beforeAll(async () => {
  rest = await createTestRest();
});
afterAll(() => rest.close());

it('lets a key ask so many times a minute, and says when to come back', async () => {
  const began = new Date('2026-11-24T08:00:15.000Z');
  rest.setClock(() => began);
  const { key } = await rest.makeKey('read');
  const ask = () => rest.send('GET', '/api/v1/accounts', { key });
  const answers = [await ask(), await ask(), await ask(), await ask()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  const refused = answers.at(-1);
  expect(refused?.body.code).toBe('RATE_LIMITED');
  expect(refused?.headers.get('retry-after')).toBe('45');

  const other = await rest.makeKey('read');
  expect((await rest.send('GET', '/api/v1/accounts', { key: other.key })).status).toBe(200);
  rest.setClock(() => new Date(began.getTime() + 45_000));
  expect((await ask()).status).toBe(200);
});
