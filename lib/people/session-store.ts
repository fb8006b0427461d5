import 'server-only';
import type { Db } from '../db/open-database';

export type NewSessionRow = {
  id: string;
  userId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  userAgent: string;
  ipAddress: string;
};

export type EndReason = 'signed_out' | 'revoked' | 'password_changed' | 'access_changed' | 'person_disabled';

const fields = {
  id: true,
  userId: true,
  createdAt: true,
  lastSeenAt: true,
  expiresAt: true,
  userAgent: true,
  ipAddress: true,
} as const;

export async function insertSession(db: Db, row: NewSessionRow): Promise<void> {
  await db.session.create({ data: row, select: { id: true } });
}

/** A session that still counts, with its person as they are now. */
export function findLiveSession(db: Db, id: string, now: Date) {
  return db.session.findFirst({
    where: { id, endedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: {
      ...fields,
      user: {
        select: {
          id: true,
          name: true,
          email: true,
          role: true,
          allAccounts: true,
          grants: { select: { accountId: true } },
        },
      },
    },
  });
}

/** Guarded, so that of many requests in one minute one writes. */
export async function touchSession(
  db: Db,
  id: string,
  { seenBefore, lastSeenAt, expiresAt }: { seenBefore: Date; lastSeenAt: Date; expiresAt: Date },
): Promise<void> {
  await db.session.updateMany({
    where: { id, endedAt: null, lastSeenAt: { lte: seenBefore } },
    data: { lastSeenAt, expiresAt },
  });
}

export function findLiveSessionsOf(db: Db, userId: string, now: Date) {
  return db.session.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: now } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    select: fields,
  });
}

/** @returns how many were ended */
export async function endSessions(
  db: Db,
  which: { userId: string; id?: string; exceptId?: string },
  now: Date,
  reason: EndReason,
): Promise<number> {
  const { count } = await db.session.updateMany({
    where: {
      userId: which.userId,
      endedAt: null,
      expiresAt: { gt: now },
      ...(which.id ? { id: which.id } : {}),
      ...(which.exceptId ? { NOT: { id: which.exceptId } } : {}),
    },
    data: { endedAt: now, endReason: reason },
  });
  return count;
}

/** Sessions that ended or expired before a moment are of no use to anybody; the audit log tells who signed in when. */
export async function deleteSessionsBefore(db: Db, userId: string, before: Date): Promise<void> {
  await db.session.deleteMany({
    where: { userId, OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] },
  });
}
