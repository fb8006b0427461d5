import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db, JsonObject } from '../db/open-database';
import { type UserRole, userRoles } from '../people/types';
import { isNotificationKind, type NotificationDto, type NotificationKind, type Told } from './types';

/** @returns its id; null where this was told before */
export async function insertNotification(
  tx: Db,
  row: {
    accountId: string | null;
    kind: NotificationKind;
    data: JsonObject;
    href: string;
    role: UserRole;
    userId: string | null;
    dedupeKey: string | null;
  },
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "notifications" ("account_id", "kind", "data", "href", "role", "user_id", "dedupe_key")
    VALUES (${row.accountId}::uuid, ${row.kind}, ${JSON.stringify(row.data)}::jsonb, ${row.href},
      ${row.role}::"user_role", ${row.userId}::uuid, ${row.dedupeKey})
    ON CONFLICT ("dedupe_key") DO NOTHING RETURNING "id"`;
  return rows[0]?.id ?? null;
}

/** What somebody may see: of their accounts and the installation's, for their role or for them alone. */
export type Reader = { userId: string | null; role: UserRole; accounts: 'all' | string[] };

function visibleTo(reader: Reader): Prisma.Sql {
  const roles = userRoles.slice(0, userRoles.indexOf(reader.role) + 1);
  const ofAccounts =
    reader.accounts === 'all'
      ? Prisma.sql`TRUE`
      : Prisma.sql`(n."account_id" IS NULL OR n."account_id" = ANY(${reader.accounts}::uuid[]))`;
  return Prisma.sql`${ofAccounts} AND CASE WHEN n."user_id" IS NULL THEN n."role"::text = ANY(${roles}::text[])
    ELSE n."user_id" = ${reader.userId}::uuid END`;
}

/** What came before somebody joined is read for them. */
const isRead = (reader: Reader) => Prisma.sql`(
  n."sequence" <= coalesce((SELECT r."read_until" FROM "notification_readers" r WHERE r."user_id" = ${reader.userId}::uuid), 0)
  OR n."created_at" < coalesce((SELECT u."created_at" FROM "users" u WHERE u."id" = ${reader.userId}::uuid), '-infinity')
  OR EXISTS (SELECT 1 FROM "notification_reads" d
             WHERE d."user_id" = ${reader.userId}::uuid AND d."notification_id" = n."id"))`;

type Row = {
  id: string;
  sequence: bigint;
  kind: string;
  data: unknown;
  href: string;
  created_at: Date;
  is_read: boolean;
  account_id: string | null;
  account_name: string | null;
  time_zone: string | null;
};

/** The newest first, before `before`. */
export async function findNotifications(
  db: Db,
  reader: Reader,
  query: { id?: string; unreadOnly: boolean; before: bigint | null; take: number },
): Promise<(NotificationDto & { sequence: bigint })[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT n."id", n."sequence", n."kind", n."data", n."href", n."created_at", ${isRead(reader)} AS "is_read",
        o."id" AS "account_id", o."name" AS "account_name", o."time_zone"
      FROM "notifications" n LEFT JOIN "official_accounts" o ON o."id" = n."account_id"
      WHERE ${visibleTo(reader)} AND (${query.id ?? null}::uuid IS NULL OR n."id" = ${query.id ?? null}::uuid)
        AND (${query.before}::bigint IS NULL OR n."sequence" < ${query.before}::bigint)
    ) seen WHERE NOT (${query.unreadOnly}::boolean AND "is_read") ORDER BY "sequence" DESC LIMIT ${query.take}::int`;
  return rows.flatMap((row) => {
    const told = toTold(row.kind, row.data);
    if (!told) return [];
    const { account_id: id, account_name: name, time_zone: timeZone } = row;
    return [
      {
        ...told,
        id: row.id,
        sequence: row.sequence,
        account: id !== null && name !== null && timeZone !== null ? { id, name, timeZone } : null,
        href: row.href,
        createdAt: row.created_at.toISOString(),
        isRead: row.is_read,
      },
    ];
  });
}

/** A kind of another version is nothing that this one could say. */
function toTold(kind: string, data: unknown): Told | null {
  if (!isNotificationKind(kind)) return null;
  // The row was written by `notify`, which ties the data to the kind.
  return { kind, data } as Told;
}

/** At most `most`: beyond that nobody counts. */
export async function countUnread(db: Db, reader: Reader, most: number): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "notifications" n
      WHERE ${visibleTo(reader)} AND NOT ${isRead(reader)} ORDER BY n."sequence" DESC LIMIT ${most}::int
    ) unread`;
  return rows[0]?.count ?? 0;
}

/** @returns false where there is nothing of this id for this reader */
export async function writeRead(db: Db, reader: Reader & { userId: string }, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT n."id" FROM "notifications" n WHERE n."id" = ${id}::uuid AND ${visibleTo(reader)}`;
  if (rows.length === 0) return false;
  await db.$executeRaw`
    INSERT INTO "notification_reads" ("user_id", "notification_id") VALUES (${reader.userId}::uuid, ${id}::uuid)
    ON CONFLICT DO NOTHING`;
  return true;
}

/** Everything that there is up to now; what comes afterwards is unread. */
export async function writeAllRead(tx: Db, userId: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "notification_readers" ("user_id", "read_until")
    SELECT ${userId}::uuid, coalesce(max("sequence"), 0) FROM "notifications"
    ON CONFLICT ("user_id") DO UPDATE SET "read_until" = greatest("notification_readers"."read_until", excluded."read_until")`;
  await tx.$executeRaw`DELETE FROM "notification_reads" WHERE "user_id" = ${userId}::uuid`;
}

export function deleteNotificationsBefore(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "notifications" WHERE "id" IN (
      SELECT "id" FROM "notifications" WHERE "created_at" < ${before} ORDER BY "created_at" LIMIT ${limit}::int)`;
}

export async function findAccountOf(
  db: Db,
  accountId: string,
): Promise<{ name: string; timeZone: string } | null> {
  return db.officialAccount.findUnique({
    where: { id: accountId },
    select: { name: true, timeZone: true },
  });
}
