import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { ArchivedFilter } from './schemas';

const select = {
  id: true,
  accountId: true,
  number: true,
  name: true,
  city: true,
  region: true,
  columns: true,
  archivedAt: true,
  createdAt: true,
} satisfies Prisma.ChannelSelect;

export type ChannelRow = Prisma.ChannelGetPayload<{ select: typeof select }>;

export type ChannelValues = {
  number: string;
  name: string;
  city: string;
  region: string;
  columns: Record<string, string>;
};

export function insertChannel(db: Db, channel: ChannelValues & { accountId: string }): Promise<ChannelRow> {
  return db.channel.create({ data: channel, select });
}

export function findChannelRow(db: Db, accountId: string, id: string): Promise<ChannelRow | null> {
  return db.channel.findFirst({ where: { id, accountId }, select });
}

export function findChannelRowByNumber(
  db: Db,
  accountId: string,
  number: string,
): Promise<ChannelRow | null> {
  return db.channel.findUnique({ where: { accountId_number: { accountId, number } }, select });
}

export async function findAccountOfChannel(db: Db, id: string): Promise<string | null> {
  const row = await db.channel.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

export function changeChannel(
  db: Db,
  id: string,
  change: Partial<ChannelValues> & { archivedAt?: Date | null },
): Promise<ChannelRow> {
  return db.channel.update({ where: { id }, data: change, select });
}

/** One statement (INSERT … ON CONFLICT), so that two who put the same number do not refuse each other. */
export function upsertChannel(
  db: Db,
  key: { accountId: string; number: string },
  created: Omit<ChannelValues, 'number'>,
  changes: Partial<Omit<ChannelValues, 'number'>>,
): Promise<ChannelRow> {
  return db.channel.upsert({
    where: { accountId_number: key },
    create: { ...key, ...created },
    update: changes,
    select,
  });
}

/** By number, ascending. */
export function listChannelRows(
  db: Db,
  accountId: string,
  query: {
    q?: string;
    city?: string;
    region?: string;
    archived: ArchivedFilter;
    afterNumber: string | null;
    take: number;
  },
): Promise<ChannelRow[]> {
  const { q, city, region, archived, afterNumber, take } = query;
  const contains = { contains: q?.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
  return db.channel.findMany({
    where: {
      accountId,
      ...(archived === 'include' ? {} : { archivedAt: archived === 'only' ? { not: null } : null }),
      ...(q
        ? { OR: [{ number: contains }, { name: contains }, { city: contains }, { region: contains }] }
        : {}),
      ...(city ? { city } : {}),
      ...(region ? { region } : {}),
      ...(afterNumber === null ? {} : { number: { gt: afterNumber } }),
    },
    orderBy: { number: 'asc' },
    take,
    select,
  });
}

/** How many codes hang at each channel, archived ones left out. */
export async function countCodesByChannel(
  db: Db,
  channelIds: readonly string[],
): Promise<Map<string, number>> {
  if (channelIds.length === 0) return new Map();
  const groups = await db.code.groupBy({
    by: ['channelId'],
    where: { channelId: { in: [...channelIds] }, archivedAt: null },
    _count: { _all: true },
  });
  return new Map(
    groups.flatMap(({ channelId, _count }) => (channelId ? [[channelId, _count._all] as const] : [])),
  );
}

/** Channels looked at for their column names: enough to know them all, few enough to be quick at 100,000. */
const COLUMN_SAMPLE = 2_000;

export async function listColumnNames(db: Db, accountId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>(Prisma.sql`
    SELECT k."name" AS "name", count(*)::int AS "uses"
    FROM (SELECT "columns" FROM "channels"
          WHERE "account_id" = ${accountId}::uuid AND "columns" <> '{}'::jsonb LIMIT ${COLUMN_SAMPLE}) c,
         LATERAL jsonb_object_keys(c."columns") AS k("name")
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100`);
  return rows.map(({ name }) => name);
}

export function findChannelsByNumbers(
  db: Db,
  accountId: string,
  numbers: string[],
): Promise<{ id: string; number: string; name: string; archivedAt: Date | null }[]> {
  return db.$queryRaw`
    SELECT "id"::text AS "id", "number", "name", "archived_at" AS "archivedAt" FROM "channels"
    WHERE "account_id" = ${accountId}::uuid AND "number" = ANY(${numbers}::text[])`;
}

export type ChannelSeed = { number: string; name: string; city: string; region: string };

/** In the order of numbers, so that two imports that make the same ones never wait for each other in a circle. */
export function insertMissingChannels(tx: Db, accountId: string, seeds: ChannelSeed[]): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "channels" ("account_id", "number", "name", "city", "region")
    SELECT DISTINCT ON (r."number") ${accountId}::uuid, r."number", r."name", r."city", r."region"
    FROM json_to_recordset(${JSON.stringify(seeds)}::json)
      AS r("number" text, "name" text, "city" text, "region" text)
    ORDER BY r."number"
    ON CONFLICT ("account_id", "number") DO NOTHING`;
}

type Place = { name: string; channels: number };

const mostPlaces = 200;

/** @returns cities, regions, and how many channels there are */
export async function countPlaces(db: Db, accountId: string): Promise<[Place[], Place[], number]> {
  const of = (column: 'city' | 'region') => {
    const name = Prisma.raw(`"${column}"`);
    return db.$queryRaw<Place[]>`
      SELECT ${name} AS "name", count(*)::int AS "channels" FROM "channels"
      WHERE "account_id" = ${accountId}::uuid AND "archived_at" IS NULL AND ${name} <> ''
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${mostPlaces}::int`;
  };
  return [
    await of('city'),
    await of('region'),
    await db.channel.count({ where: { accountId, archivedAt: null } }),
  ];
}
