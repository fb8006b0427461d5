import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStartLink, demoAdmin } from './create-start-link';
import { disablePerson, enablePerson } from './disable-person';
import { createPersonLink, invitePerson } from './invite-person';
import { createLink, previewLink } from './one-time-links';
import { resolveSession } from './sessions';
import { signInWithPassword } from './sign-in';
import { signInWithLink } from './sign-in-with-link';
import { createTestPeople, PASSWORD, refusal, type TestPeople, tokenOf } from './test-people';

let people: TestPeople;
let number = 0;

beforeAll(async () => {
  people = await createTestPeople();
  await people.addPerson('admin');
});
afterAll(() => people.database.close());

const invite = (email = `guest${++number}@example.com`) =>
  invitePerson(people.system, { email, name: '小李', role: 'viewer', accountIds: [] });
const preview = (url: string) => previewLink(people.stranger, tokenOf(url), people.device());
const spend = (url: string, answer: object = {}) =>
  signInWithLink(people.stranger, tokenOf(url), answer, people.device());
const ANSWER = { name: '李明', password: PASSWORD };

describe('a one-time link', () => {
  it('is kept as a hash', async () => {
    const { link } = await invite();
    const row = await people.db.oneTimeLink.findFirst({ orderBy: { createdAt: 'desc' } });
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(tokenOf(link.url));
  });

  it('may be looked at as often as a chat likes to, and is spent once', async () => {
    const { link, person } = await invite();
    for (let i = 0; i < 5; i++) {
      expect(await preview(link.url)).toMatchObject({
        purpose: 'invitation',
        person: { email: person.email },
      });
    }
    const { sessionId } = await spend(link.url, ANSWER);
    expect((await resolveSession(people.system, sessionId)).actor).toMatchObject({
      id: person.id,
      name: '李明',
    });
    expect(await preview(link.url)).toBeNull();
    expect(await refusal(spend(link.url, ANSWER))).toBe('LINK_INVALID');
  });

  it('lets one of many browsers in', async () => {
    const { link, person } = await invite();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) => refusal(spend(link.url, { ...ANSWER, name: `browser ${i}` }))),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'LINK_INVALID')).toHaveLength(5);
    expect(await people.db.session.count({ where: { userId: person.id } })).toBe(1);
  });

  it('lives fifteen minutes', async () => {
    const early = await invite();
    people.pass(899);
    expect(await preview(early.link.url)).not.toBeNull();
    people.pass(1);
    expect(await preview(early.link.url)).toBeNull();
    expect(await refusal(spend(early.link.url, ANSWER))).toBe('LINK_INVALID');
  });

  it('is not spent by an answer that is refused', async () => {
    const { link } = await invite();
    expect(await refusal(spend(link.url, { name: '李明', password: 'short' }))).toBe(
      'password: passwordTooShort',
    );
    expect(await refusal(spend(link.url, { name: '李明', password: 'qwertyuiopas' }))).toBe(
      'password: passwordTooCommon',
    );
    expect(await refusal(spend(link.url, { name: ' ', password: PASSWORD }))).toBe('name: required');
    expect(await refusal(spend(link.url, ANSWER))).toBeNull();
  });

  it('is ended by a newer one, and by disabling', async () => {
    const { link, person } = await invite();
    const renewed = await createPersonLink(people.system, { personId: person.id });
    expect(await preview(link.url)).toBeNull();
    expect(renewed.purpose).toBe('invitation');
    await disablePerson(people.system, { personId: person.id });
    await enablePerson(people.system, { personId: person.id });
    expect(await refusal(spend(renewed.url, ANSWER))).toBe('LINK_INVALID');
    await disablePerson(people.system, { personId: person.id });
    expect(await refusal(createPersonLink(people.system, { personId: person.id }))).toBe('NOT_FOUND');
  });

  it('resets a password: the old one and all sessions end', async () => {
    const { link, person } = await invite();
    const before = await spend(link.url, ANSWER);
    const reset = await createPersonLink(people.system, { personId: person.id });
    expect(reset.purpose).toBe('password_reset');
    const after = await spend(reset.url, { password: 'a brand new battery' });
    expect((await resolveSession(people.system, before.sessionId)).actor.kind).toBe('stranger');
    expect((await resolveSession(people.system, after.sessionId)).actor).toMatchObject({ id: person.id });
    const signIn = (password: string) =>
      signInWithPassword(people.stranger, { email: person.email, password }, people.device());
    expect(await refusal(signIn(PASSWORD))).toBe('password: credentialsWrong');
    expect(await refusal(signIn('a brand new battery'))).toBeNull();
  });

  it('is limited by address, looking and spending', async () => {
    const device = people.device();
    for (let i = 0; i < 120; i++) await previewLink(people.stranger, `guess${i}`, device);
    expect(await refusal(previewLink(people.stranger, 'guess', device))).toBe('RATE_LIMITED');
    for (let i = 0; i < 30; i++) {
      expect(await refusal(signInWithLink(people.stranger, `guess${i}`, {}, device))).toBe('LINK_INVALID');
    }
    expect(await refusal(signInWithLink(people.stranger, 'guess', {}, device))).toBe('RATE_LIMITED');
  });

  it('for the first run is worthless once there is an admin', async () => {
    const { url } = await createLink(people.system, people.db, 'first_run', null);
    const answer = { email: 'second@example.com', name: 'Second', password: PASSWORD };
    expect(await refusal(spend(url, answer))).toBe('LINK_INVALID');
    expect(await people.db.user.count({ where: { email: answer.email } })).toBe(0);
  });
});

describe('the link of a start', () => {
  it('signs in as an admin who has no other way in, so that nobody is locked out after a demo', async () => {
    const url = await createStartLink(people.system, { demo: false });
    expect(await preview(url ?? '')).toMatchObject({ purpose: 'sign_in' });
    expect(demoAdmin.email).toMatch(/@/);
  });
});
