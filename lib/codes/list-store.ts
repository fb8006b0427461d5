import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { CodeFilter, SortOrder } from './schemas';
import { type CodeRow, findRows } from './store';
import type { CodeSortKey, CodeStatus } from './types';

/** Where a page ended: the sort key of its last row, as text, and the row's place in the order of making. */
export type PageEnd = { key: string; sequence: bigint };

type SortColumn = { sql: Prisma.Sql; read: (row: CodeRow) => string; parameter: (key: string) => Prisma.Sql };

const text = (key: string) => Prisma.sql`${key}::text`;

/** Rows `c` that lists and figures of codes are about: codes of bindings are nobody's posters. */
export const shownInLists = Prisma.sql`c."origin" IN ('made', 'imported')`;

/** Each has its index (prisma/migrations), which holds the expression word for word. */
const columns: Record<Exclude<CodeSortKey, 'createdAt' | 'scans'>, SortColumn> = {
  label: { sql: Prisma.sql`c."label"`, read: ({ label }) => label, parameter: text },
  scene: {
    sql: Prisma.sql`(CASE WHEN c."scene_kind" = 'integer' THEN lpad(c."scene", 10, '0') ELSE c."scene" END COLLATE "C")`,
    read: ({ sceneKind, scene }) => (sceneKind === 'integer' ? scene.padStart(10, '0') : scene),
    parameter: text,
  },
  expiresAt: {
    sql: Prisma.sql`coalesce(c."expires_at", 'infinity'::timestamptz)`,
    read: ({ expiresAt }) => expiresAt?.toISOString() ?? 'infinity',
    parameter: (key) => Prisma.sql`${key}::timestamptz`,
  },
};

export function sortKeyOf(sort: CodeSortKey, row: CodeRow): string {
  if (sort === 'createdAt') return '';
  return sort === 'scans' ? String(row.scans) : columns[sort].read(row);
}

type Page = { order: SortOrder; after: PageEnd | null; take: number };

export async function findPage(
  db: Db,
  accountId: string,
  filter: CodeFilter,
  page: Page & { sort: CodeSortKey },
  now: Date,
): Promise<CodeRow[]> {
  const { sort, order, after, take } = page;
  if (sort === 'scans') return findPageByScans(db, accountId, filter, page, now);
  const direction = order === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = order === 'asc' ? Prisma.sql`>` : Prisma.sql`<`;
  const column = sort === 'createdAt' ? null : columns[sort];
  const conditions = filterConditions(accountId, filter, now);
  if (after !== null) {
    conditions.push(
      column === null
        ? Prisma.sql`c."sequence" ${beyond} ${after.sequence}`
        : Prisma.sql`(${column.sql}, c."sequence") ${beyond} (${column.parameter(after.key)}, ${after.sequence})`,
    );
  }
  const orderBy = column === null ? Prisma.empty : Prisma.sql`${column.sql} ${direction}, `;
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id" FROM "codes" c WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY ${orderBy} c."sequence" ${direction} LIMIT ${take}::int`;
  return findInOrder(db, ids, now);
}

/**
 * Scans are counted in a table of their own, in which a code that was never scanned has no row: so the scanned ones, by
 * that table's index, and the others are two lists, one behind the other.
 */
async function findPageByScans(
  db: Db,
  accountId: string,
  filter: CodeFilter,
  { order, after, take }: Page,
  now: Date,
): Promise<CodeRow[]> {
  const direction = order === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = order === 'asc' ? Prisma.sql`>` : Prisma.sql`<`;
  const conditions = filterConditions(accountId, filter, now);
  const afterScans = after === null ? null : Number(after.key);
  const pastSequence = Prisma.sql`c."sequence" ${beyond} ${after?.sequence ?? 0n}`;

  function findScanned(limit: number): Promise<{ id: string }[]> {
    const past =
      afterScans === null || afterScans === 0
        ? []
        : [
            Prisma.sql`k."scans" ${beyond}= ${afterScans}::int`,
            Prisma.sql`(k."scans" ${beyond} ${afterScans}::int OR ${pastSequence})`,
          ];
    const all = [...conditions, Prisma.sql`k."account_id" = ${accountId}::uuid AND k."scans" > 0`, ...past];
    return db.$queryRaw<{ id: string }[]>`
      SELECT c."id"::text AS "id" FROM "code_totals" k JOIN "codes" c ON c."id" = k."code_id"
      WHERE ${Prisma.join(all, ' AND ')} ORDER BY k."scans" ${direction}, c."sequence" ${direction} LIMIT ${limit}::int`;
  }

  function findNeverScanned(limit: number): Promise<{ id: string }[]> {
    const none = Prisma.sql`NOT EXISTS (SELECT 1 FROM "code_totals" k WHERE k."code_id" = c."id" AND k."scans" > 0)`;
    const all = [...conditions, none, ...(afterScans === 0 ? [pastSequence] : [])];
    return db.$queryRaw<{ id: string }[]>`
      SELECT c."id"::text AS "id" FROM "codes" c WHERE ${Prisma.join(all, ' AND ')}
      ORDER BY c."sequence" ${direction} LIMIT ${limit}::int`;
  }

  const lists = order === 'asc' ? [findNeverScanned, findScanned] : [findScanned, findNeverScanned];
  const isInSecond = afterScans !== null && (order === 'asc' ? afterScans > 0 : afterScans === 0);
  const ids: { id: string }[] = [];
  for (const find of isInSecond ? lists.slice(1) : lists) {
    if (ids.length < take) ids.push(...(await find(take - ids.length)));
  }
  return findInOrder(db, ids, now);
}

async function findInOrder(db: Db, ids: { id: string }[], now: Date): Promise<CodeRow[]> {
  const places = new Map(ids.map(({ id }, place) => [id, place]));
  const rows = await findRows(db, [...places.keys()], now);
  const placeOf = (row: CodeRow) => places.get(row.id) ?? 0;
  return rows.sort((a, b) => placeOf(a) - placeOf(b));
}

export async function findExpiring(
  db: Db,
  accountId: string,
  now: Date,
  until: Date,
  take: number,
): Promise<CodeRow[]> {
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id" FROM "codes" c
    WHERE c."account_id" = ${accountId}::uuid AND c."archived_at" IS NULL AND ${shownInLists}
      AND coalesce(c."expires_at", 'infinity'::timestamptz) > ${now}
      AND coalesce(c."expires_at", 'infinity'::timestamptz) <= ${until}
    ORDER BY coalesce(c."expires_at", 'infinity'::timestamptz), c."sequence" LIMIT ${take}::int`;
  return findInOrder(db, ids, now);
}

/** Counts no further than `limit`. */
export async function countRows(
  db: Db,
  accountId: string,
  filter: CodeFilter,
  limit: number,
  now: Date,
): Promise<number> {
  const conditions = filterConditions(accountId, filter, now);
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "codes" c WHERE ${Prisma.join(conditions, ' AND ')} LIMIT ${limit}::int) bounded`;
  return rows[0]?.count ?? 0;
}

/** What a row of `codes c` must be to be found. */
export function filterConditions(accountId: string, filter: CodeFilter, now: Date): Prisma.Sql[] {
  const { q, campaignId, channelId, batchId, importId, kind, status, origin, flagged } = filter;
  const { expiresWithinDays, scenes, tagId } = filter;
  return [
    Prisma.sql`c."account_id" = ${accountId}::uuid`,
    ...statusConditions(status, now),
    ...(kind ? [Prisma.sql`c."kind" = ${kind}::"code_kind"`] : []),
    ...(channelId ? [Prisma.sql`c."channel_id" = ${channelId}::uuid`] : []),
    ...(batchId ? [ofBatch(batchId)] : []),
    ...(tagId ? [hasTag(tagId)] : []),
    ...(importId ? [Prisma.sql`c."import_id" = ${importId}::uuid`] : []),
    ...(scenes ? [withinScenes(accountId, scenes)] : []),
    ...(expiresWithinDays ? [expiresWithin(expiresWithinDays, now)] : []),
    ofOrigin(origin),
    ...(flagged ? [Prisma.sql`cardinality(c."flags") > 0`] : []),
    ...(campaignId ? [servesCampaign(campaignId, now)] : []),
    ...(q ? [matches(accountId, q)] : []),
  ];
}

/** Each the word of its partial index. */
function ofOrigin(origin: CodeFilter['origin']): Prisma.Sql {
  switch (origin) {
    case undefined:
      return shownInLists;
    case 'binding':
      // Few of all codes, and found by their own table.
      return Prisma.sql`c."id" IN (SELECT b."code_id" FROM "bindings" b WHERE b."account_id" = c."account_id")`;
    case 'imported':
      return Prisma.sql`c."origin" = 'imported'`;
    case 'made':
      return Prisma.sql`c."origin" = 'made'`;
  }
}

/** @param scenes  `40001` or `40001-40500` */
function withinScenes(accountId: string, scenes: string): Prisma.Sql {
  const [from = '', to = from] = scenes.split('-');
  return Prisma.sql`c."permanent_scene_id" IN (
    SELECT s."id" FROM "permanent_scenes" s
    WHERE s."account_id" = ${accountId}::uuid AND s."scene_id" BETWEEN ${Number(from)}::int AND ${Number(to)}::int)`;
}

function statusConditions(status: CodeStatus | undefined, now: Date): Prisma.Sql[] {
  const inUse = Prisma.sql`c."archived_at" IS NULL`;
  switch (status) {
    case undefined:
      return [inUse];
    case 'archived':
      return [Prisma.sql`c."archived_at" IS NOT NULL`];
    case 'issued':
      return [
        inUse,
        Prisma.sql`c."status" = 'issued' AND coalesce(c."expires_at", 'infinity'::timestamptz) > ${now}`,
      ];
    case 'expired':
      return [
        inUse,
        Prisma.sql`c."status" = 'issued' AND coalesce(c."expires_at", 'infinity'::timestamptz) <= ${now}`,
      ];
    default:
      // The first half is the word of the partial index on the few that are not issued.
      return [inUse, Prisma.sql`c."status" <> 'issued' AND c."status" = ${status}::"code_status"`];
  }
}

/** Those that it made, and those that it took over. */
function ofBatch(batchId: string): Prisma.Sql {
  return Prisma.sql`(c."batch_id" = ${batchId}::uuid OR c."id" IN (
    SELECT r."code_id" FROM "batch_reuses" r WHERE r."batch_id" = ${batchId}::uuid))`;
}

function hasTag(tagId: string): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "code_tags" e WHERE e."code_id" = c."id" AND e."tag_id" = ${tagId}::uuid)`;
}

function expiresWithin(days: number, now: Date): Prisma.Sql {
  const until = new Date(now.getTime() + days * 86_400_000);
  const expiry = Prisma.sql`coalesce(c."expires_at", 'infinity'::timestamptz)`;
  return Prisma.sql`c."status" = 'issued' AND ${expiry} > ${now} AND ${expiry} <= ${until}`;
}

function servesCampaign(campaignId: string, now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM "assignments" a
    WHERE a."code_id" = c."id" AND a."campaign_id" = ${campaignId}::uuid AND a."from_at" <= ${now}
      AND NOT EXISTS (SELECT 1 FROM "assignments" later WHERE later."code_id" = c."id"
                      AND later."from_at" > a."from_at" AND later."from_at" <= ${now}))`;
}

/** A pasted ticket or url is looked up as a whole; any other text is sought within label, scene and channel. */
function matches(accountId: string, q: string): Prisma.Sql {
  if (/^gQ[\w+/=-]{60,}$/.test(q)) return Prisma.sql`c."ticket" = ${q}`;
  if (/^https?:\/\//i.test(q)) return Prisma.sql`c."url" = ${q}`;
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  // Where letters have no case, as in Chinese or a number, comparing as it stands is several times faster.
  const like = q.toLowerCase() === q.toUpperCase() ? Prisma.sql`LIKE` : Prisma.sql`ILIKE`;
  return Prisma.sql`(c."label" ${like} ${pattern} OR c."scene" ${like} ${pattern} OR c."channel_id" IN (
    SELECT h."id" FROM "channels" h
    WHERE h."account_id" = ${accountId}::uuid AND (h."number" ${like} ${pattern} OR h."name" ${like} ${pattern})))`;
}
