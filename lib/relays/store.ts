import 'server-only';
import type pg from 'pg';
import type { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { Sql } from '../db/sql';
import type { RelayDto, RelayMode, RelayRules } from './types';

const select = {
  id: true,
  accountId: true,
  name: true,
  url: true,
  mode: true,
  encodingAesKeySealed: true,
  takesAll: true,
  messageTypes: true,
  events: true,
  scenes: true,
  answers: true,
  enabled: true,
  allowPrivate: true,
  createdAt: true,
} satisfies Prisma.RelaySelect;

type Row = Prisma.RelayGetPayload<{ select: typeof select }>;

const toDto = ({ encodingAesKeySealed, createdAt, ...row }: Row): RelayDto => ({
  ...row,
  hasKey: encodingAesKeySealed !== null,
  createdAt: createdAt.toISOString(),
});

export type RelayWrite = Partial<
  Omit<RelayDto, 'id' | 'accountId' | 'hasKey' | 'createdAt'> & {
    tokenSealed: string;
    encodingAesKeySealed: string;
  }
>;

export async function insertRelay(
  db: Db,
  relay: RelayRules & {
    id: string;
    accountId: string;
    name: string;
    url: string;
    mode: RelayMode;
    answers: boolean;
    allowPrivate: boolean;
    tokenSealed: string;
    encodingAesKeySealed?: string;
    createdByName: string;
    createdAt: Date;
  },
): Promise<RelayDto> {
  return toDto(await db.relay.create({ data: relay, select }));
}

export async function findRelay(db: Db, accountId: string, id: string): Promise<RelayDto | null> {
  const row = await db.relay.findFirst({ where: { id, accountId }, select });
  return row && toDto(row);
}

/** The answering one first, then the oldest. */
export async function findRelays(db: Db, accountId: string): Promise<RelayDto[]> {
  const rows = await db.relay.findMany({
    where: { accountId },
    orderBy: [{ answers: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
    select,
  });
  return rows.map(toDto);
}

export async function findAccountOfRelay(db: Db, id: string): Promise<string | null> {
  const row = await db.relay.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

export function countRelays(db: Db, accountId: string): Promise<number> {
  return db.relay.count({ where: { accountId } });
}

export async function changeRelay(db: Db, id: string, change: RelayWrite): Promise<RelayDto> {
  return toDto(await db.relay.update({ where: { id }, data: change, select }));
}

/** Before another one answers. Of two that take over at once, the later one does. */
export async function silenceOthers(db: Db, accountId: string, id: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('answering relay ' || ${accountId}, 0))`;
  await db.relay.updateMany({
    where: { accountId, answers: true, id: { not: id } },
    data: { answers: false },
  });
}

export async function removeRelay(db: Db, id: string): Promise<void> {
  await db.relay.delete({ where: { id }, select: { id: true } });
}

/** What it takes to send to one. */
export type RelayTarget = RelayRules & {
  id: string;
  url: string;
  mode: RelayMode;
  tokenSealed: string;
  encodingAesKeySealed: string | null;
  answers: boolean;
  enabled: boolean;
  allowPrivate: boolean;
  appId: string;
};

const target = `SELECT r."id"::text AS "id", r."url", r."mode"::text AS "mode", r."token_sealed" AS "tokenSealed",
  r."encoding_aes_key_sealed" AS "encodingAesKeySealed", r."takes_all" AS "takesAll", r."message_types" AS "messageTypes",
  r."events", r."scenes", r."answers", r."enabled", r."allow_private" AS "allowPrivate", a."app_id" AS "appId"
  FROM "relays" r JOIN "official_accounts" a ON a."id" = r."account_id"`;

export function findTargets(sql: Sql, accountId: string): Promise<RelayTarget[]> {
  return sql(`${target} WHERE r."account_id" = $1::uuid AND r."enabled" ORDER BY r."created_at"`, [
    accountId,
  ]);
}

export async function findTarget(sql: Sql, id: string): Promise<RelayTarget | null> {
  const [found] = await sql<RelayTarget>(`${target} WHERE r."id" = $1::uuid`, [id]);
  return found ?? null;
}

/** Runs some writes in one transaction of a bare connection. */
export async function inTransaction<T>(
  pool: Pick<pg.Pool, 'connect'>,
  work: (connection: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect();
  let broken = false;
  try {
    await connection.query('BEGIN');
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    connection.release(broken);
  }
}

/** @returns false where this push has been handed on before */
export async function claimPush(sql: Sql, accountId: string, digest: string): Promise<boolean> {
  const made = await sql(
    `INSERT INTO "relayed_pushes" ("account_id", "digest") VALUES ($1::uuid, $2::uuid)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [accountId, digest],
  );
  return made.length === 1;
}

/** What has become of a push that was handed on before; `isAbandoned`: whoever asked the answering system died over it. */
export async function findRelayed(
  sql: Sql,
  accountId: string,
  digest: string,
  abandonedAfterMs: number,
): Promise<{ replySealed: string | null; isTaken: boolean } | null> {
  const [taken] = await sql(
    `UPDATE "relayed_pushes" SET "claimed_at" = now() WHERE "account_id" = $1::uuid AND "digest" = $2::uuid
       AND "settled_at" IS NULL AND "claimed_at" < now() - $3::int * interval '1 millisecond' RETURNING 1`,
    [accountId, digest, abandonedAfterMs],
  );
  if (taken) return { replySealed: null, isTaken: true };
  const [found] = await sql<{ replySealed: string | null }>(
    `SELECT "reply_sealed" AS "replySealed" FROM "relayed_pushes" WHERE "account_id" = $1::uuid AND "digest" = $2::uuid`,
    [accountId, digest],
  );
  return found ? { ...found, isTaken: false } : null;
}

export async function settlePush(
  sql: Sql,
  accountId: string,
  digest: string,
  replySealed: string | null,
): Promise<void> {
  await sql(
    `UPDATE "relayed_pushes" SET "settled_at" = now(), "reply_sealed" = $3
     WHERE "account_id" = $1::uuid AND "digest" = $2::uuid`,
    [accountId, digest, replySealed],
  );
}

/** @returns how many */
export function deleteRelayedBefore(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "relayed_pushes" WHERE ("account_id", "digest") IN (
      SELECT "account_id", "digest" FROM "relayed_pushes" WHERE "claimed_at" < ${before}
      ORDER BY "claimed_at" LIMIT ${limit}::int)`;
}
