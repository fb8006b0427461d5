import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { disablePerson } from './disable-person';
import { hashPassword } from './password-hash';
import { listOwnSessions, resolveSession } from './sessions';
import { type OidcClaims, signInWithOidc, signInWithPassword } from './sign-in';
import { createTestPeople, PASSWORD, refusal, type TestPeople } from './test-people';

vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

let people: TestPeople;
let number = 0;

beforeAll(async () => {
  people = await createTestPeople();
  await people.addPerson('admin');
});
afterAll(() => people.database.close());

async function addMember() {
  const person = await people.addPerson('marketer', `member${++number}@example.com`);
  await people.db.user.update({
    where: { id: person.id },
    data: { passwordHash: await hashPassword(PASSWORD) },
  });
  return person;
}

const signIn = (email: string, password: string, device = people.device()) =>
  signInWithPassword(people.stranger, { email, password }, device);

describe('a password', () => {
  it('signs in, however the e-mail is written, with a new session each time', async () => {
    const { id, email } = await addMember();
    const first = await signIn(` ${email.toUpperCase()} `, PASSWORD, people.device('203.0.113.7', 'curl/8'));
    const second = await signIn(email, PASSWORD);
    expect(second.sessionId).not.toBe(first.sessionId);
    const { actor } = await resolveSession(people.system, first.sessionId);
    expect(actor).toMatchObject({ kind: 'user', id, role: 'marketer', sessionId: first.sessionId });
    const sessions = await listOwnSessions(people.as(actor));
    expect(sessions).toHaveLength(2);
    expect(sessions.find(({ isCurrent }) => isCurrent)).toMatchObject({
      device: 'curl',
      ipAddress: '203.0.113.7',
    });
  });

  it('is kept as argon2id', async () => {
    expect(await hashPassword(PASSWORD)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is refused in one way and with the same work, whether the e-mail or the password is wrong', async () => {
    const { email } = await addMember();
    const invited = await people.addPerson('viewer');
    for (const [who, password] of [
      [email, 'wrong horse battery'],
      ['nobody@example.com', PASSWORD],
      [invited.email, PASSWORD],
      // What the decoy is the hash of must not open anything either.
      [invited.email, 'nobody has this password'],
    ] as const) {
      vi.mocked(verify).mockClear();
      expect(await refusal(signIn(who, password))).toBe('password: credentialsWrong');
      expect(verify).toHaveBeenCalledTimes(1);
      expect(vi.mocked(verify).mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    }
  });

  it('tells of a disabled person only to who knows the password', async () => {
    const { id, email } = await addMember();
    await disablePerson(people.system, { personId: id });
    expect(await refusal(signIn(email, 'wrong horse battery'))).toBe('password: credentialsWrong');
    expect(await refusal(signIn(email, PASSWORD))).toBe('email: personDisabled');
  });

  it('may be tried ten times in a quarter of an hour; right ones do not count', async () => {
    const { email } = await addMember();
    await signIn(email, PASSWORD);
    for (let i = 0; i < 10; i++) {
      expect(await refusal(signIn(email, 'wrong horse battery'))).toBe('password: credentialsWrong');
    }
    expect(await refusal(signIn(email, PASSWORD))).toBe('RATE_LIMITED');
    people.pass(900);
    expect(await refusal(signIn(email, PASSWORD))).toBeNull();
  });

  it('may be tried sixty times from one address, whoever for', async () => {
    const device = people.device();
    vi.mocked(verify).mockResolvedValue(false);
    for (let i = 0; i < 60; i++) {
      expect(await refusal(signIn(`guess${i}@example.com`, PASSWORD, device))).toBe(
        'password: credentialsWrong',
      );
    }
    expect(await refusal(signIn('guess@example.com', PASSWORD, device))).toBe('RATE_LIMITED');
    vi.mocked(verify).mockReset();
  });
});

describe('single sign-on', () => {
  const claimsOf = (claims: Partial<OidcClaims>): OidcClaims => ({
    iss: 'https://id.example.com',
    sub: 's',
    ...claims,
  });
  const arrive = (claims: Partial<OidcClaims>) =>
    signInWithOidc(people.stranger, claimsOf(claims), people.device());

  it('ties an invited person to the subject, and knows them by it from then on', async () => {
    const { id, email } = await people.addPerson('viewer');
    const sub = `sub-${id}`;
    const first = await arrive({ sub, email: email.toUpperCase(), email_verified: true });
    expect((await resolveSession(people.system, first.sessionId)).actor).toMatchObject({ id });
    const later = await arrive({ sub, email: 'renamed@example.com' });
    expect((await resolveSession(people.system, later.sessionId)).actor).toMatchObject({ id });
  });

  it('takes no e-mail that is unverified, unknown, or tied to somebody else', async () => {
    const { id, email } = await people.addPerson('viewer');
    expect(await refusal(arrive({ sub: 'a', email }))).toBe('OidcUnverifiedEmail');
    expect(await refusal(arrive({ sub: 'a', email, email_verified: false }))).toBe('OidcUnverifiedEmail');
    expect(await refusal(arrive({ sub: 'a', email_verified: true }))).toBe('OidcUnverifiedEmail');
    expect(await refusal(arrive({ sub: 'a', email: 'unknown@example.com', email_verified: true }))).toBe(
      'OidcNotInvited',
    );
    await arrive({ sub: 'mine', email, email_verified: true });
    expect(await refusal(arrive({ sub: 'another', email, email_verified: true }))).toBe('OidcOtherIdentity');
    // The same subject at another issuer is another person.
    expect(
      await refusal(arrive({ iss: 'https://evil.example', sub: 'mine', email, email_verified: true })),
    ).toBe('OidcOtherIdentity');
    await disablePerson(people.system, { personId: id });
    expect(await refusal(arrive({ sub: 'mine' }))).toBe('OidcDisabled');
  });
});
