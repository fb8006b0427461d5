import 'server-only';
import type { Db } from '../db/open-database';
import type { UserRole } from './types';

const personFields = {
  seesOpenids: true,
  id: true,
  email: true,
  name: true,
  role: true,
  allAccounts: true,
  locale: true,
  passwordHash: true,
  oidcSubject: true,
  disabledAt: true,
  createdAt: true,
  grants: { select: { accountId: true }, orderBy: { accountId: 'asc' } },
} as const;

export type PersonRow = NonNullable<Awaited<ReturnType<typeof findPersonRow>>>;

export function findPersonRow(db: Db, id: string) {
  return db.user.findUnique({ where: { id }, select: personFields });
}

export function findPersonRowByEmail(db: Db, email: string) {
  return db.user.findUnique({ where: { email }, select: personFields });
}

export function findPersonRowBySubject(db: Db, oidcSubject: string) {
  return db.user.findUnique({ where: { oidcSubject }, select: personFields });
}

export function findPersonRows(db: Db) {
  return db.user.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: {
      ...personFields,
      sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
    },
  });
}

/** The oldest admin who is not disabled; `who` can sign in without a link, or any. */
export function findAdminRow(db: Db, which: 'any' | 'withOwnWayIn') {
  return db.user.findFirst({
    where: {
      role: 'admin',
      disabledAt: null,
      ...(which === 'withOwnWayIn'
        ? { OR: [{ passwordHash: { not: null } }, { oidcSubject: { not: null } }] }
        : {}),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: personFields,
  });
}

/** Whether there is an admin at all, a disabled one included: then an installation is no longer new. */
export async function hasAdmin(db: Db): Promise<boolean> {
  return (await db.user.findFirst({ where: { role: 'admin' }, select: { id: true } })) !== null;
}

/** Held to the end of the transaction: whoever makes the first admin is alone while looking whether there is one. */
export async function lockFirstAdmin(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('qudao.first_admin'))`;
}

/** Holds a person as they are until the transaction ends; false when they changed meanwhile or are disabled. */
export async function holdPerson(db: Db, id: string, passwordHash: string | null): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 AS "held" FROM "users" WHERE "id" = ${id}::uuid AND "disabled_at" IS NULL
      AND "password_hash" IS NOT DISTINCT FROM ${passwordHash} FOR SHARE`;
  return rows.length === 1;
}

/** Locks a person's row against every other change until the transaction ends. */
export async function lockPerson(db: Db, id: string): Promise<void> {
  await db.$executeRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

export async function insertPerson(
  db: Db,
  row: {
    email: string;
    name: string;
    role: UserRole;
    allAccounts: boolean;
    accountIds: string[];
    passwordHash?: string;
    createdAt: Date;
  },
): Promise<PersonRow> {
  const { accountIds, ...data } = row;
  return db.user.create({
    data: { ...data, grants: { createMany: { data: accountIds.map((accountId) => ({ accountId })) } } },
    select: personFields,
  });
}

export async function updatePersonRow(
  db: Db,
  id: string,
  data: {
    name?: string;
    locale?: string | null;
    role?: UserRole;
    allAccounts?: boolean;
    seesOpenids?: boolean;
    passwordHash?: string;
    oidcSubject?: string;
    disabledAt?: Date | null;
  },
): Promise<void> {
  await db.user.update({ where: { id }, data, select: { id: true } });
}

export async function replaceGrants(db: Db, userId: string, accountIds: string[]): Promise<void> {
  await db.userGrant.deleteMany({ where: { userId, accountId: { notIn: accountIds } } });
  await db.userGrant.createMany({
    data: accountIds.map((accountId) => ({ userId, accountId })),
    skipDuplicates: true,
  });
}

export async function deletePersonRow(db: Db, id: string): Promise<void> {
  await db.user.delete({ where: { id }, select: { id: true } });
}
