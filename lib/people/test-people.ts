import { randomUUID } from 'node:crypto';
import type { Actor, Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { resolveSession } from './sessions';
import { signInWithLink } from './sign-in-with-link';
import type { Device, LinkDto, UserRole } from './types';

export const PASSWORD = 'correct horse battery';

/** A database of its own, a clock that is set by hand, and ways to be somebody in it. */
export async function createTestPeople() {
  process.env.APP_SECRET = 'a secret of the test, 32 characters or more';
  const database = await createTestDatabase();
  const time = { now: new Date('2026-11-24T06:00:00Z') };
  const as = (actor: Actor): Context => ({
    db: database.prisma,
    wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
    clock: { now: () => time.now },
    actor,
  });
  const system = as({ kind: 'system', name: 'test' });

  return {
    database,
    db: database.prisma,
    as,
    system,
    stranger: as({ kind: 'stranger' }),
    /** Each test calls from an address of its own, so that none uses up another's limit. */
    device: (ipAddress: string = randomUUID(), userAgent = ''): Device => ({ ipAddress, userAgent }),
    pass: (seconds: number) => {
      time.now = new Date(time.now.getTime() + seconds * 1000);
    },
    now: () => time.now,
    async addAccount(): Promise<string> {
      const data = { name: '服务号', appId: `wx${randomUUID().slice(0, 16)}` };
      return (await database.prisma.officialAccount.create({ data, select: { id: true } })).id;
    },
    /** A person without a password: cheap, and enough for whoever needs rights only. */
    async addPerson(role: UserRole, email = `${randomUUID()}@example.com`) {
      return database.prisma.user.create({
        data: { email, name: role, role, allAccounts: role === 'admin' },
        select: { id: true, email: true },
      });
    },
    asPerson(id: string, role: UserRole, sessionId: string = randomUUID()): Context {
      const allAccounts = role === 'admin';
      return as({ kind: 'user', id, name: role, role, sessionId, allAccounts, accountIds: [] });
    },
    /** Follows a link and answers as the person it made. */
    async follow(
      link: Pick<LinkDto, 'url'>,
      answer: object,
      device: Device = { ipAddress: randomUUID(), userAgent: '' },
    ): Promise<Context> {
      const { sessionId } = await signInWithLink(this.stranger, tokenOf(link.url), answer, device);
      return as((await resolveSession(system, sessionId)).actor);
    },
  };
}

export type TestPeople = Awaited<ReturnType<typeof createTestPeople>>;

export const tokenOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

/** What a promise was refused with: the code, or `field: code` of the first field; null when it was not. */
export async function refusal(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const { code, details, reason } = error as {
      code?: string;
      reason?: string;
      details?: { fields?: { field: string; code: string }[] };
    };
    const field = details?.fields?.[0];
    if (field) return `${field.field}: ${field.code}`;
    if (code ?? reason) return code ?? reason ?? null;
    throw error;
  }
}
