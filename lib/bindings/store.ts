import 'server-only';
import type { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { Sql } from '../db/sql';

const select = {
  id: true,
  accountId: true,
  externalUserId: true,
  returnUrl: true,
  expiresAt: true,
  scannedAt: true,
  createdByName: true,
  createdAt: true,
  code: { select: { id: true, status: true, ticket: true, url: true } },
  follower: { select: { openidSealed: true } },
} satisfies Prisma.BindingSelect;

export type BindingRow = Prisma.BindingGetPayload<{ select: typeof select }>;

export async function insertBinding(
  tx: Db,
  binding: {
    id: string;
    accountId: string;
    externalUserId: string;
    codeId: string;
    returnUrl: string | null;
    expiresAt: Date;
    createdByName: string;
    createdAt: Date;
  },
): Promise<void> {
  await tx.binding.create({ data: binding, select: { id: true } });
}

export function findBinding(db: Db, accountId: string, id: string): Promise<BindingRow | null> {
  return db.binding.findFirst({ where: { id, accountId }, select });
}

/** Whoever its account is: for a bearer of its own token. */
export function findBindingById(db: Db, id: string): Promise<BindingRow | null> {
  return db.binding.findUnique({ where: { id }, select });
}

export async function findAccountOfBinding(db: Db, id: string): Promise<string | null> {
  const row = await db.binding.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

/** The newest first. @param before  the last of the page before */
export function findBindings(
  db: Db,
  accountId: string,
  externalUserId: string | undefined,
  before: { createdAt: Date; id: string } | null,
  take: number,
): Promise<BindingRow[]> {
  return db.binding.findMany({
    where: {
      accountId,
      ...(externalUserId === undefined ? {} : { externalUserId }),
      ...(before && {
        OR: [{ createdAt: { lt: before.createdAt } }, { createdAt: before.createdAt, id: { lt: before.id } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
    select,
  });
}

/** Which of these wait for nothing any more, for they have been scanned. */
export async function findScanned(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db.binding.findMany({
    where: { id: { in: ids }, scannedAt: { not: null } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** A scan of a code that may be a binding's; `place`: in the group. */
export type BindingScan = { code: string; follower: string; at: number; place: number };

export type Bound = { id: string; externalUserId: string; codeId: string; place: number };

/**
 * Binds what is still pending, each by its first scan. The guard is evaluated again once a row that another process holds
 * is free, so that of two who scan one has bound it and the other has not.
 */
export function bindFirst(sql: Sql, accountId: string, scans: BindingScan[]): Promise<Bound[]> {
  return sql<Bound>(
    `WITH "first" AS (
       SELECT DISTINCT ON (g."code") g.* FROM jsonb_to_recordset($2::jsonb)
         AS g("code" uuid, "follower" bigint, "at" float8, "place" int)
       ORDER BY g."code", g."at", g."place"
     ), "held" AS MATERIALIZED (
       SELECT b."id", f."follower", to_timestamp(f."at") AS "at", f."place"
       FROM "bindings" b JOIN "first" f ON f."code" = b."code_id"
       WHERE b."account_id" = $1::uuid AND b."scanned_at" IS NULL AND now() < b."expires_at"
         AND to_timestamp(f."at") <= b."expires_at"
       ORDER BY b."id" FOR UPDATE OF b
     )
     UPDATE "bindings" b SET "scanned_at" = h."at", "follower_id" = h."follower"
     FROM "held" h WHERE b."id" = h."id" AND b."scanned_at" IS NULL
     RETURNING b."id"::text AS "id", b."external_user_id" AS "externalUserId", b."code_id"::text AS "codeId", h."place"`,
    [accountId, JSON.stringify(scans)],
  );
}

/** Codes of bindings that expired unscanned before this moment. */
export async function findForsakenCodes(db: Db, before: Date, take: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT b."code_id"::text AS "id" FROM "bindings" b
    WHERE b."scanned_at" IS NULL AND b."code_id" IS NOT NULL AND b."expires_at" < ${before}
      AND NOT EXISTS (SELECT 1 FROM "code_totals" t WHERE t."code_id" = b."code_id")
    ORDER BY b."expires_at" LIMIT ${take}::int`;
  return rows.map(({ id }) => id);
}

export async function findReturnOrigins(db: Db, accountId: string): Promise<string[] | null> {
  const row = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: { returnUrlOrigins: true },
  });
  return row?.returnUrlOrigins ?? null;
}

/** @returns the account's name; null: there is none */
export async function changeReturnOrigins(
  tx: Db,
  accountId: string,
  origins: string[],
): Promise<string | null> {
  const changed = await tx.officialAccount.updateManyAndReturn({
    where: { id: accountId },
    data: { returnUrlOrigins: origins },
    select: { name: true },
  });
  return changed[0]?.name ?? null;
}
