import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context';
import { disablePerson, enablePerson, removePerson } from './disable-person';
import { invitePerson } from './invite-person';
import { getPerson, listPeople } from './people';
import { changePassword, getProfile, updateProfile } from './profile';
import { endOtherSessions, endSession, endSessionsOf, listSessionsOf, resolveSession } from './sessions';
import { signInWithPassword } from './sign-in';
import { createTestPeople, PASSWORD, refusal, type TestPeople } from './test-people';
import { updateAccess } from './update-access';

let people: TestPeople;
let admin: Context;
let account = '';

beforeAll(async () => {
  people = await createTestPeople();
  const { id } = await people.addPerson('admin', 'admin@example.com');
  admin = people.asPerson(id, 'admin');
  account = await people.addAccount();
});
afterAll(() => people.database.close());

let number = 0;
/** Somebody who has accepted an invitation and is signed in. */
async function join(access: object = { role: 'marketer', accountIds: [account] }) {
  const email = `member${++number}@example.com`;
  const { link } = await invitePerson(admin, { email, name: `member ${number}`, ...access });
  const ctx = await people.follow(link, { name: `member ${number}`, password: PASSWORD });
  if (ctx.actor.kind !== 'user') throw new Error('not signed in');
  return { ctx, email, id: ctx.actor.id, sessionId: ctx.actor.sessionId };
}

const signIn = (email: string, password = PASSWORD) =>
  signInWithPassword(people.stranger, { email, password }, people.device());
const actorOf = async (sessionId: string) => (await resolveSession(people.system, sessionId)).actor;

describe('an invitation', () => {
  it('gives a role and accounts', async () => {
    const member = await join();
    expect(member.ctx.actor).toMatchObject({ role: 'marketer', allAccounts: false, accountIds: [account] });
    expect(await getPerson(admin, member.id)).toMatchObject({ status: 'active', email: member.email });
  });

  it('gives an admin all accounts, whatever was ticked', async () => {
    const member = await join({ role: 'admin', accountIds: [account] });
    expect(member.ctx.actor).toMatchObject({ allAccounts: true, accountIds: [] });
    await removePerson(admin, { personId: member.id });
  });

  it('is refused for an e-mail that is there, in any case, and for an account that is not', async () => {
    const guest = { name: 'x', role: 'viewer', accountIds: [] };
    expect(await refusal(invitePerson(admin, { ...guest, email: 'ADMIN@example.com' }))).toBe('email: taken');
    expect(await refusal(invitePerson(admin, { ...guest, email: 'no' }))).toBe('email: email');
    expect(await refusal(invitePerson(admin, { ...guest, email: 'a@b.cd', role: 'root' }))).toBe(
      'role: notInList',
    );
    const nowhere = [crypto.randomUUID()];
    expect(await refusal(invitePerson(admin, { ...guest, email: 'a@b.cd', accountIds: nowhere }))).toBe(
      'accountIds: unknown',
    );
    expect(await people.db.user.count({ where: { email: 'a@b.cd' } })).toBe(0);
  });

  it('is an admin’s to make', async () => {
    const member = await join();
    for (const [ctx, code] of [
      [people.stranger, 'UNAUTHENTICATED'],
      [member.ctx, 'FORBIDDEN'],
    ] as const) {
      const calls = [invitePerson, updateAccess, disablePerson, enablePerson, removePerson, listPeople];
      for (const call of calls) expect(await refusal(call(ctx, 'garbage'))).toBe(code);
      expect(await refusal(listSessionsOf(ctx, 'garbage'))).toBe(code);
      expect(await refusal(endSessionsOf(ctx, 'garbage'))).toBe(code);
    }
  });
});

describe('a change of rights', () => {
  it('ends the sessions, and holds at the next sign-in', async () => {
    const member = await join();
    await updateAccess(admin, { personId: member.id, role: 'viewer', accountIds: [] });
    expect((await actorOf(member.sessionId)).kind).toBe('stranger');
    const { sessionId } = await signIn(member.email);
    expect(await actorOf(sessionId)).toMatchObject({ role: 'viewer', accountIds: [] });
    await updateAccess(admin, { personId: member.id, role: 'viewer', accountIds: [account] });
    expect((await actorOf(sessionId)).kind).toBe('stranger');
  });

  it('leaves the sessions alone when nothing changes', async () => {
    const member = await join();
    await updateAccess(admin, {
      personId: member.id,
      role: 'marketer',
      accountIds: [account, account],
    });
    expect((await actorOf(member.sessionId)).kind).toBe('user');
  });

  it('holds for open sessions too, should a row change in some other way', async () => {
    const member = await join();
    await people.db.user.update({ where: { id: member.id }, data: { role: 'viewer' } });
    expect(await actorOf(member.sessionId)).toMatchObject({ role: 'viewer' });
    await people.db.user.update({ where: { id: member.id }, data: { disabledAt: people.now() } });
    expect((await actorOf(member.sessionId)).kind).toBe('stranger');
  });

  it('ends access at once when somebody is disabled or removed', async () => {
    const member = await join();
    await disablePerson(admin, { personId: member.id });
    expect((await actorOf(member.sessionId)).kind).toBe('stranger');
    expect(await refusal(signIn(member.email))).toBe('email: personDisabled');
    await enablePerson(admin, { personId: member.id });
    expect((await actorOf(member.sessionId)).kind).toBe('stranger');
    const { sessionId } = await signIn(member.email);
    await removePerson(admin, { personId: member.id });
    expect((await actorOf(sessionId)).kind).toBe('stranger');
    expect(await refusal(getPerson(admin, member.id))).toBe('NOT_FOUND');
    expect(await refusal(removePerson(admin, { personId: member.id }))).toBe('NOT_FOUND');
    expect(await refusal(removePerson(admin, { personId: 'no id' }))).toBe('NOT_FOUND');
  });
});

describe('the last admin', () => {
  it('stays, whichever way is tried', async () => {
    const personId = admin.actor.kind === 'user' ? admin.actor.id : '';
    expect(await refusal(updateAccess(admin, { personId, role: 'viewer' }))).toBe('LAST_ADMIN');
    expect(await refusal(disablePerson(admin, { personId }))).toBe('LAST_ADMIN');
    expect(await refusal(removePerson(admin, { personId }))).toBe('LAST_ADMIN');
  });

  it('is left over when two admins demote each other at once', async () => {
    const second = await people.addPerson('admin');
    const firstId = admin.actor.kind === 'user' ? admin.actor.id : '';
    for (let round = 0; round < 5; round++) {
      const outcomes = await Promise.all([
        refusal(updateAccess(admin, { personId: second.id, role: 'marketer' })),
        refusal(updateAccess(people.asPerson(second.id, 'admin'), { personId: firstId, role: 'marketer' })),
      ]);
      expect(outcomes.sort()).toEqual(['LAST_ADMIN', null].sort());
      expect(await people.db.user.count({ where: { role: 'admin' } })).toBe(1);
      await people.db.user.updateMany({
        where: { id: { in: [firstId, second.id] } },
        data: { role: 'admin', allAccounts: true },
      });
    }
    await removePerson(admin, { personId: second.id });
  });
});

describe('a session', () => {
  it('ends after three days without use, and thirty days after sign-in in any case', async () => {
    const member = await join();
    people.pass(71 * 3600);
    expect((await actorOf(member.sessionId)).kind).toBe('user');
    people.pass(71 * 3600);
    expect((await actorOf(member.sessionId)).kind).toBe('user');
    people.pass(73 * 3600);
    expect((await actorOf(member.sessionId)).kind).toBe('stranger');

    const { sessionId } = await signIn(member.email);
    for (let day = 0; day < 29; day++) {
      people.pass(86_400);
      expect((await actorOf(sessionId)).kind).toBe('user');
    }
    people.pass(86_400);
    expect((await actorOf(sessionId)).kind).toBe('stranger');
  });

  it('writes that it was seen once a minute at most', async () => {
    const member = await join();
    const seen = async () =>
      (await people.db.session.findUniqueOrThrow({ where: { id: member.sessionId } })).lastSeenAt;
    const opened = await seen();
    people.pass(59);
    await actorOf(member.sessionId);
    expect(await seen()).toEqual(opened);
    people.pass(1);
    await actorOf(member.sessionId);
    expect(await seen()).toEqual(people.now());
  });

  it('is nobody’s for a made-up id', async () => {
    for (const id of ['', 'x', crypto.randomUUID()]) expect((await actorOf(id)).kind).toBe('stranger');
  });

  it('is ended by its person or an admin, and by nobody else', async () => {
    const [mine, theirs] = [await join(), await join()];
    expect(await refusal(endSession(mine.ctx, theirs.sessionId))).toBe('NOT_FOUND');
    expect((await actorOf(theirs.sessionId)).kind).toBe('user');
    await endSession(admin, theirs.sessionId);
    expect((await actorOf(theirs.sessionId)).kind).toBe('stranger');
    await endSession(mine.ctx, mine.sessionId);
    expect((await actorOf(mine.sessionId)).kind).toBe('stranger');
  });

  it('can be the only one left', async () => {
    const member = await join();
    const other = await signIn(member.email);
    expect(await endOtherSessions(member.ctx)).toBe(1);
    expect((await actorOf(other.sessionId)).kind).toBe('stranger');
    expect((await actorOf(member.sessionId)).kind).toBe('user');
    expect(await endSessionsOf(admin, member.id)).toBe(1);
    expect((await actorOf(member.sessionId)).kind).toBe('stranger');
  });
});

describe('one’s own password', () => {
  it('takes the old one, ends every session and opens a new one', async () => {
    const member = await join();
    const other = await signIn(member.email);
    const change = (input: object) => changePassword(member.ctx, input, people.device());
    expect(await refusal(change({ newPassword: 'a brand new battery' }))).toBe('oldPassword: passwordWrong');
    expect(await refusal(change({ oldPassword: 'wrong', newPassword: 'a brand new battery' }))).toBe(
      'oldPassword: passwordWrong',
    );
    expect(await refusal(change({ oldPassword: PASSWORD, newPassword: 'short' }))).toBe(
      'newPassword: passwordTooShort',
    );
    const renewed = await change({ oldPassword: PASSWORD, newPassword: 'a brand new battery' });
    expect(renewed).not.toBe(member.sessionId);
    expect((await actorOf(renewed)).kind).toBe('user');
    for (const id of [member.sessionId, other.sessionId]) expect((await actorOf(id)).kind).toBe('stranger');
    expect(await refusal(signIn(member.email))).toBe('password: credentialsWrong');
    expect(await refusal(signIn(member.email, 'a brand new battery'))).toBeNull();
  });

  it('cannot be guessed at through an open session', async () => {
    const member = await join();
    const guess = () =>
      changePassword(
        member.ctx,
        { oldPassword: 'guess', newPassword: 'a brand new battery' },
        people.device(),
      );
    for (let i = 0; i < 10; i++) expect(await refusal(guess())).toBe('oldPassword: passwordWrong');
    expect(await refusal(guess())).toBe('RATE_LIMITED');
  });
});

it('shows and changes one’s own profile; a key has none', async () => {
  const member = await join();
  await updateProfile(member.ctx, { name: ' 李明 ', locale: 'en' });
  expect(await getProfile(member.ctx)).toMatchObject({ name: '李明', locale: 'en', hasPassword: true });
  const key = { id: 'k', name: 'k', role: 'admin' as const, allAccounts: true, accountIds: [] };
  expect(await refusal(getProfile(people.as({ kind: 'apiKey', ...key })))).toBe('FORBIDDEN');
});
