import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bootstrapAdmin } from './bootstrap-admin';
import { createStartLink } from './create-start-link';
import { isStartLinkNeeded } from './first-admin';
import { previewLink } from './one-time-links';
import { resolveSession } from './sessions';
import { signInWithPassword } from './sign-in';
import { signInWithLink } from './sign-in-with-link';
import { createTestPeople, PASSWORD, refusal, type TestPeople, tokenOf } from './test-people';

let people: TestPeople;
beforeAll(async () => {
  people = await createTestPeople();
});
// Deleting would be refused: the last admin stays.
beforeEach(() => people.db.$executeRaw`TRUNCATE "users" CASCADE`);
afterAll(() => people.database.close());

const startLink = async (demo: boolean) => tokenOf((await createStartLink(people.system, { demo })) ?? '');
const setUp = (token: string, email: string) =>
  signInWithLink(people.stranger, token, { email, name: '王经理', password: PASSWORD }, people.device());

it('is made once through a first-run link, however many links and browsers there are', async () => {
  expect(await isStartLinkNeeded(people.stranger)).toBe(true);
  const tokens = await Promise.all([startLink(false), startLink(false), startLink(false)]);
  const outcomes = await Promise.all(
    tokens.flatMap((token, i) => [
      refusal(setUp(token, `a${i}@example.com`)),
      refusal(setUp(token, `b${i}@example.com`)),
    ]),
  );
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set([null, 'LINK_INVALID']));
  expect(await people.db.user.count()).toBe(1);
  expect(await isStartLinkNeeded(people.stranger)).toBe(false);
  expect(await createStartLink(people.system, { demo: false })).toBeNull();
});

it('has e-mail, name and a password of twelve characters', async () => {
  const token = await startLink(false);
  const answer = { email: 'Boss@Example.com ', name: '王经理', password: PASSWORD };
  const spend = (change: object) =>
    refusal(signInWithLink(people.stranger, token, { ...answer, ...change }, people.device()));
  expect(await spend({ email: 'boss' })).toBe('email: email');
  expect(await spend({ email: '' })).toBe('email: required');
  expect(await spend({ name: undefined })).toBe('name: required');
  expect(await spend({ name: 'a\u0000b' })).toBe('name: controlCharacters');
  expect(await spend({ password: '11 letters.' })).toBe('password: passwordTooShort');
  expect(await spend({})).toBeNull();
  const email = 'boss@example.com';
  const { sessionId } = await signInWithPassword(
    people.stranger,
    { email, password: PASSWORD },
    people.device(),
  );
  expect((await resolveSession(people.system, sessionId)).actor).toMatchObject({
    role: 'admin',
    allAccounts: true,
  });
});

it('is made from the settings at the first start only', async () => {
  const wanted = { email: 'Ops@Example.com', password: 'from the settings' };
  const made = await Promise.all([
    bootstrapAdmin(people.system, wanted),
    bootstrapAdmin(people.system, { ...wanted, email: 'other@example.com' }),
  ]);
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await bootstrapAdmin(people.system, { ...wanted, password: 'changed later' })).toBe(false);
  expect(await people.db.user.count()).toBe(1);
  expect(await refusal(bootstrapAdmin(people.stranger, wanted))).toBe('UNAUTHENTICATED');
});

it('of a demo gets a sign-in link at each start, and after the demo too until there is a password', async () => {
  for (let start = 0; start < 2; start++) {
    const token = await startLink(true);
    const { sessionId } = await signInWithLink(people.stranger, token, {}, people.device());
    expect((await resolveSession(people.system, sessionId)).actor).toMatchObject({ role: 'admin' });
  }
  expect(await people.db.user.count()).toBe(1);
  const token = await startLink(false);
  expect(await previewLink(people.stranger, token, people.device())).toMatchObject({ purpose: 'sign_in' });
  await people.db.user.updateMany({ data: { passwordHash: 'x' } });
  expect(await createStartLink(people.system, { demo: false })).toBeNull();
});
