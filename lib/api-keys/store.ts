import 'server-only';
import type { Db } from '../db/open-database';
import type { ApiKeyDto, KeyScope } from './types';

const fields = {
  id: true,
  name: true,
  prefix: true,
  scope: true,
  allAccounts: true,
  seesOpenids: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
  grants: { select: { accountId: true }, orderBy: { accountId: 'asc' } },
} as const;

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>;

const findRow = (db: Db, id: string) => db.apiKey.findUnique({ where: { id }, select: fields });

export async function findKey(db: Db, id: string): Promise<ApiKeyDto | null> {
  const row = await findRow(db, id);
  return row && toDto(row);
}

/** Living keys first, the newest of each on top. */
export async function findKeys(db: Db): Promise<ApiKeyDto[]> {
  const rows = await db.apiKey.findMany({
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'asc' }],
    select: fields,
  });
  return rows.map(toDto);
}

export async function findLivingKeyByHash(db: Db, keyHash: string): Promise<ApiKeyDto | null> {
  const row = await db.apiKey.findFirst({ where: { keyHash, revokedAt: null }, select: fields });
  return row && toDto(row);
}

/** Whether this key, or one of this name, was ever there. */
export async function wasKeyKnown(db: Db, known: { keyHash: string; name: string }): Promise<boolean> {
  const row = await db.apiKey.findFirst({
    where: { OR: [{ keyHash: known.keyHash }, { name: known.name, createdById: null }] },
    select: { id: true },
  });
  return row !== null;
}

export async function insertKey(
  db: Db,
  row: {
    name: string;
    prefix: string;
    keyHash: string;
    scope: KeyScope;
    allAccounts: boolean;
    accountIds: string[];
    seesOpenids?: boolean;
    createdById: string | null;
    createdAt: Date;
  },
): Promise<ApiKeyDto> {
  const { accountIds, ...data } = row;
  const made = await db.apiKey.create({
    data: { ...data, grants: { createMany: { data: accountIds.map((accountId) => ({ accountId })) } } },
    select: fields,
  });
  return toDto(made);
}

/** @returns whether it was a living key until now */
export async function revokeKey(db: Db, id: string, revokedAt: Date): Promise<boolean> {
  const { count } = await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
  return count === 1;
}

/** Guarded, so that of many requests in one minute one writes. */
export async function touchKey(db: Db, id: string, usedBefore: Date, lastUsedAt: Date): Promise<void> {
  await db.apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: usedBefore } }] },
    data: { lastUsedAt },
  });
}

function toDto({ grants, ...row }: Row): ApiKeyDto {
  return {
    ...row,
    accountIds: grants.map(({ accountId }) => accountId),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
