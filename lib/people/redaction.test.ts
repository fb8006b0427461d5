import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createApiKey } from '../api-keys/create-api-key';
import { findActorByKey } from '../api-keys/find-actor-by-key';
import { registerConfiguredKey } from '../api-keys/register-configured-key';
import { AppError } from '../errors';
import { reportError } from '../web/report-error';
import { createPersonLink, invitePerson } from './invite-person';
import { changePassword } from './profile';
import { signInWithPassword } from './sign-in';
import { signInWithLink } from './sign-in-with-link';
import { createTestPeople, type TestPeople, tokenOf } from './test-people';

const printed = vi.hoisted(() => [] as string[]);
vi.mock('pino', async (load) => {
  const { default: pino } = await load<typeof import('pino')>();
  const toArray = (options: object) => pino(options, { write: (line) => void printed.push(line) });
  return { default: Object.assign(toArray, pino) };
});

let people: TestPeople;
beforeAll(async () => {
  people = await createTestPeople();
  await people.addPerson('admin');
});
afterAll(() => people.database.close());

const passwords = ['planted password one', 'planted password two', 'planted password three'] as const;
const configuredKey = 'planted-configured-key-0123456789abcdef';
const wrong = 'planted wrong password';

it('leaves no password, link or key in the audit log, in an error, or in any table', async () => {
  const errors: unknown[] = [];
  const noted = (work: Promise<unknown>) => work.catch((error) => errors.push(error));

  const email = 'planted@example.com';
  const device = people.device('203.0.113.99');
  const { link, person } = await invitePerson(people.system, {
    email,
    name: 'x',
    role: 'viewer',
    accountIds: [],
  });
  await noted(signInWithLink(people.stranger, tokenOf(link.url), { name: 'x', password: 'planted' }, device));
  const ctx = await people.follow(link, { name: 'x', password: passwords[0] }, device);
  await noted(signInWithLink(people.stranger, tokenOf(link.url), { name: 'x', password: wrong }, device));
  await noted(signInWithPassword(people.stranger, { email, password: wrong }, device));
  await changePassword(ctx, { oldPassword: passwords[0], newPassword: passwords[1] }, device);
  const reset = await createPersonLink(people.system, { personId: person.id });
  await people.follow(reset, { password: passwords[2] }, device);
  const { key } = await createApiKey(people.system, { name: 'x', scope: 'admin' });
  await registerConfiguredKey(people.system, configuredKey);
  await findActorByKey(people.db, key);
  for (const error of errors) reportError(error, 'test');

  expect(errors).toHaveLength(3);
  expect(printed).toHaveLength(3);
  const planted = [...passwords, wrong, tokenOf(link.url), tokenOf(reset.url), key, configuredKey];
  const said = errors.map((error) =>
    error instanceof AppError ? [error.message, error.details, String(error.cause)] : String(error),
  );
  const kept = await Promise.all([
    people.db.auditEntry.findMany({ omit: { id: true } }),
    people.db.user.findMany(),
    people.db.session.findMany(),
    people.db.oneTimeLink.findMany(),
    people.db.apiKey.findMany(),
    people.db.rateLimit.findMany(),
  ]);
  expect(kept.every((rows) => rows.length > 0)).toBe(true);
  const everything = JSON.stringify([said, kept, printed]);
  for (const secret of planted) expect(everything).not.toContain(secret);

  const buckets = JSON.stringify(kept[5]);
  expect(buckets).not.toContain(email);
  expect(buckets).not.toContain(device.ipAddress);
});
