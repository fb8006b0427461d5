import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Actor, Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { idSchema, requireId } from '../field-issues';
import { authorise } from './authorise';
import { describeDevice } from './describe-device';
import {
  deleteSessionsBefore,
  endSessions,
  findLiveSession,
  findLiveSessionsOf,
  insertSession,
  touchSession,
} from './session-store';
import { findPersonRow } from './store';
import type { Device, SessionDto, UserRole } from './types';

/** Unused for three days, which a weekend is not, or thirty days old: a session is over and one signs in again. */
const IDLE_MS = 72 * 3_600_000;
export const SESSION_LIFETIME_SECONDS = 30 * 86_400;
const SEEN_EVERY_MS = 60_000;
const MAX_AGENT_LENGTH = 300;

type UserActor = Extract<Actor, { kind: 'user' }>;

type SignedInUser = {
  id: string;
  name: string;
  role: UserRole;
  allAccounts: boolean;
  grants: { accountId: string }[];
};

export function toUserActor(user: SignedInUser, sessionId: string): UserActor {
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    role: user.role,
    sessionId,
    allAccounts: user.allAccounts,
    accountIds: user.grants.map(({ accountId }) => accountId),
  };
}

/**
 * A new session, as every sign-in gets one; in the transaction of what proved who it is.
 *
 * @param method  how it was proved, for the audit log: `password`, `link`, `oidc`
 */
export async function openSession(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  user: SignedInUser & { email: string },
  device: Device,
  method: string,
): Promise<string> {
  const now = ctx.clock.now();
  const id = randomUUID();
  await deleteSessionsBefore(db, user.id, new Date(now.getTime() - SESSION_LIFETIME_SECONDS * 1000));
  await insertSession(db, {
    id,
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + IDLE_MS),
    userAgent: device.userAgent.slice(0, MAX_AGENT_LENGTH),
    ipAddress: device.ipAddress.slice(0, 64),
  });
  await recordAudit({ actor: toUserActor(user, id) }, db, {
    action: 'session.open',
    target: { kind: 'person', id: user.id, label: user.email },
    details: { method },
  });
  return id;
}

/** Whoever a session stands for at this moment: present role, present grants; a stranger when it no longer counts. */
export async function resolveSession(
  ctx: Pick<Context, 'db' | 'clock'>,
  sessionId: string,
): Promise<{ actor: Actor; email: string | null }> {
  const stranger = { actor: { kind: 'stranger' }, email: null } as const;
  if (!idSchema.safeParse(sessionId).success) return stranger;
  const now = ctx.clock.now();
  const session = await findLiveSession(ctx.db, sessionId, now);
  if (session === null) return stranger;
  if (now.getTime() - session.lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    const oldest = session.createdAt.getTime() + SESSION_LIFETIME_SECONDS * 1000;
    await touchSession(ctx.db, session.id, {
      seenBefore: new Date(now.getTime() - SEEN_EVERY_MS),
      lastSeenAt: now,
      expiresAt: new Date(Math.min(now.getTime() + IDLE_MS, oldest)),
    });
  }
  return { actor: toUserActor(session.user, session.id), email: session.user.email };
}

/** As {@link resolveSession}, without counting as a use of the session. */
export async function findLivingActor(ctx: Pick<Context, 'db' | 'clock'>, sessionId: string): Promise<Actor> {
  const session = idSchema.safeParse(sessionId).success
    ? await findLiveSession(ctx.db, sessionId, ctx.clock.now())
    : null;
  return session === null ? { kind: 'stranger' } : toUserActor(session.user, session.id);
}

/** The person behind the context. @throws AppError FORBIDDEN  a key or the system has no profile and no sessions */
export function requireUser(ctx: Pick<Context, 'actor'>): UserActor {
  if (ctx.actor.kind !== 'user') throw new AppError('FORBIDDEN', `${ctx.actor.kind} is no person`);
  return ctx.actor;
}

/** The living sessions of oneself, newest use first. */
export async function listOwnSessions(ctx: Context): Promise<SessionDto[]> {
  authorise(ctx, 'viewer');
  const self = requireUser(ctx);
  return toSessionDtos(await findLiveSessionsOf(ctx.db, self.id, ctx.clock.now()), self.sessionId);
}

/** The living sessions of one person, for an admin. @throws AppError NOT_FOUND */
export async function listSessionsOf(ctx: Context, personId: string): Promise<SessionDto[]> {
  authorise(ctx, 'admin');
  const id = requireId(personId, 'person');
  const current = ctx.actor.kind === 'user' ? ctx.actor.sessionId : null;
  return toSessionDtos(await findLiveSessionsOf(ctx.db, id, ctx.clock.now()), current);
}

/** Ends one session: one's own, or anybody's for an admin. @throws AppError NOT_FOUND  no such living session */
export async function endSession(ctx: Context, sessionId: string): Promise<void> {
  authorise(ctx, 'viewer');
  const id = requireId(sessionId, 'session');
  const now = ctx.clock.now();
  const mayEndOthers = ctx.actor.kind === 'system' || ('role' in ctx.actor && ctx.actor.role === 'admin');
  await ctx.db.$transaction(async (tx) => {
    const session = await findLiveSession(tx, id, now);
    const isOwn = ctx.actor.kind === 'user' && session?.userId === ctx.actor.id;
    if (session === null || !(isOwn || mayEndOthers)) {
      throw new AppError('NOT_FOUND', `no living session ${id}`, { what: 'session' });
    }
    const isCurrent = ctx.actor.kind === 'user' && ctx.actor.sessionId === id;
    await endSessions(tx, { userId: session.userId, id }, now, isCurrent ? 'signed_out' : 'revoked');
    await recordAudit(ctx, tx, {
      action: isCurrent ? 'session.signOut' : 'session.end',
      target: { kind: 'person', id: session.userId, label: session.user.email },
    });
  });
}

/** Ends all of one's own sessions but the present one. @returns how many */
export async function endOtherSessions(ctx: Context): Promise<number> {
  authorise(ctx, 'viewer');
  const self = requireUser(ctx);
  return ctx.db.$transaction(async (tx) => {
    const count = await endSessions(
      tx,
      { userId: self.id, exceptId: self.sessionId },
      ctx.clock.now(),
      'revoked',
    );
    if (count > 0) {
      await recordAudit(ctx, tx, {
        action: 'session.endOthers',
        target: { kind: 'person', id: self.id, label: self.name },
        details: { count },
      });
    }
    return count;
  });
}

/** Ends every session of one person, for an admin. @returns how many  @throws AppError NOT_FOUND */
export async function endSessionsOf(ctx: Context, personId: string): Promise<number> {
  authorise(ctx, 'admin');
  const id = requireId(personId, 'person');
  return ctx.db.$transaction(async (tx) => {
    const person = await findPersonRow(tx, id);
    if (person === null) throw new AppError('NOT_FOUND', `no person ${id}`, { what: 'person' });
    const count = await endSessions(tx, { userId: id }, ctx.clock.now(), 'revoked');
    await recordAudit(ctx, tx, {
      action: 'session.endAll',
      target: { kind: 'person', id, label: person.email },
      details: { count },
    });
    return count;
  });
}

function toSessionDtos(
  rows: Awaited<ReturnType<typeof findLiveSessionsOf>>,
  currentId: string | null,
): SessionDto[] {
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    device: describeDevice(row.userAgent),
    ipAddress: row.ipAddress,
    isCurrent: row.id === currentId,
  }));
}
