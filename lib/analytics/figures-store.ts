import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import { addDays, mondayOf, monthStartOf } from './format';
import type { DateRange, Dimension } from './types';

export const NO_CAMPAIGN = '00000000-0000-0000-0000-000000000000';

type Scope = 'account' | 'campaign' | 'channel' | 'code';

/**
 * Which rows of the roll-ups answer a question: those of one thing, or of all codes or channels that fit.
 *
 * `campaignId` parts the rows of channels and codes; people are then those of the pair.
 */
export type Source = {
  accountId: string;
  scope: Scope;
  /** Null: every one of the scope that fits. */
  scopeId: string | null;
  campaignId: string | null;
  tagId: string | null;
  channelId: string | null;
  city: string | null;
  region: string | null;
};

/** One row, or several whose people may be the same. */
export function isOneThing({ scopeId }: Source): boolean {
  return scopeId !== null;
}

export type FiguresRow = {
  scans: number;
  /** Each person at most once a row of the finest whole periods that fit; see {@link peopleOf}. */
  people: number;
  /** Those whose first scan ever, within the scope, lies in the range. */
  people_ever: number;
  new_followers: number;
  refollows: number;
  follower_scans: number;
  unfollows: number;
};

const date = (text: string) => Prisma.sql`${text}::date`;
const uuid = (text: string) => Prisma.sql`${text}::uuid`;

/** Codes of bindings are each scanned once: their scans count for the account, and would drown the others in a list. */
export function notOfBindings(accountId: string): Prisma.Sql {
  return Prisma.sql`d."scope_id" NOT IN (
    SELECT b."code_id" FROM "bindings" b WHERE b."account_id" = ${uuid(accountId)} AND b."code_id" IS NOT NULL)`;
}

/** Of rows `d` of a roll-up: what they count, of which account, and within which campaign. */
function whereScope(source: Source, hasCampaign = true): Prisma.Sql {
  const { accountId, scope, campaignId } = source;
  const conditions = [
    Prisma.sql`d."scope" = ${scope}::"scan_scope"`,
    Prisma.sql`d."account_id" = ${uuid(accountId)}`,
  ];
  if (hasCampaign && campaignId !== null && (scope === 'channel' || scope === 'code')) {
    conditions.push(Prisma.sql`d."campaign_id" = ${uuid(campaignId)}`);
  }
  return Prisma.join(conditions, ' AND ');
}

/** All conditions on rows `d` of a roll-up, but for those of time. */
function whereSource(source: Source, hasCampaign = true): Prisma.Sql {
  const { accountId, scope, scopeId } = source;
  const conditions = [whereScope(source, hasCampaign)];
  if (scopeId !== null) conditions.push(Prisma.sql`d."scope_id" = ${uuid(scopeId)}`);
  if (scope === 'code' && scopeId === null) conditions.push(notOfBindings(accountId));
  const fitting = fittingIds(source);
  if (fitting) conditions.push(Prisma.sql`d."scope_id" IN (${fitting})`);
  return Prisma.join(conditions, ' AND ');
}

/** The channels or codes that a filter leaves; null: all of them. */
function fittingIds({ accountId, scope, tagId, channelId, city, region }: Source): Prisma.Sql | null {
  if (scope !== 'channel' && scope !== 'code') return null;
  const places: Prisma.Sql[] = [];
  if (city !== null) places.push(Prisma.sql`h."city" = ${city}`);
  if (region !== null) places.push(Prisma.sql`h."region" = ${region}`);
  if (scope === 'channel') {
    if (places.length === 0) return null;
    places.push(Prisma.sql`h."account_id" = ${uuid(accountId)}`);
    return Prisma.sql`SELECT h."id" FROM "channels" h WHERE ${Prisma.join(places, ' AND ')}`;
  }
  const joins: Prisma.Sql[] = [];
  if (tagId !== null) {
    joins.push(Prisma.sql`JOIN "code_tags" t ON t."code_id" = c."id" AND t."tag_id" = ${uuid(tagId)}`);
  }
  if (places.length > 0) {
    joins.push(Prisma.sql`JOIN "channels" h ON h."id" = c."channel_id" AND ${Prisma.join(places, ' AND ')}`);
  }
  if (channelId === null && joins.length === 0) return null;
  const atChannel = channelId === null ? Prisma.empty : Prisma.sql`AND c."channel_id" = ${uuid(channelId)}`;
  return Prisma.sql`SELECT c."id" FROM "codes" c ${Prisma.join(joins.length > 0 ? joins : [Prisma.empty], ' ')}
    WHERE c."account_id" = ${uuid(accountId)} ${atChannel}`;
}

function within({ from, to }: DateRange): Prisma.Sql {
  return Prisma.sql`d."local_date" BETWEEN ${date(from)} AND ${date(to)}`;
}

/**
 * People of a day's row, so that sums over `range` count nobody twice within its whole weeks and months: by day up to the
 * first Monday, by week up to the first month that begins in the range, by month from there.
 */
function peopleOf({ from, to }: DateRange, ofPair: boolean): Prisma.Sql {
  const [day, week, month] = ofPair
    ? ['"people_of_pair"', '"people_of_pair_week"', '"people_of_pair_month"']
    : ['"people"', '"people_of_week"', '"people_of_month"'];
  const [days, weeks, months] = [day, week, month].map((name) => Prisma.raw(`d.${name}`));
  const monday = mondayOf(addDays(from, 6));
  const first = monthStartOf(from) === from ? from : monthStartOf(addDays(monthStartOf(from), 31));
  // A month that begins in the range ends the weeks; without one the weeks go on.
  const monthly = first <= to ? first : '9999-12-31';
  return Prisma.sql`CASE WHEN d."local_date" >= ${date(monthly)} THEN ${months}
    WHEN d."local_date" >= ${date(monday)} THEN ${weeks} ELSE ${days} END`;
}

/** Whether {@link peopleOf} counts nobody twice over the whole range. */
export function isWholePeriod({ from, to }: DateRange): boolean {
  return (
    from === to ||
    (from === mondayOf(from) && to <= addDays(from, 6)) ||
    (from === monthStartOf(from) && monthStartOf(to) === from)
  );
}

function figures(range: DateRange, ofPair: boolean): Prisma.Sql {
  const ever = Prisma.raw(ofPair ? 'd."people_of_pair_ever"' : 'd."people_ever"');
  return Prisma.sql`sum(d."scans")::float8 AS "scans", sum(${peopleOf(range, ofPair)})::float8 AS "people",
    sum(${ever})::float8 AS "people_ever", sum(d."new_followers")::float8 AS "new_followers",
    sum(d."refollows")::float8 AS "refollows", sum(d."follower_scans")::float8 AS "follower_scans",
    sum(d."unfollows")::float8 AS "unfollows"`;
}

const partsByCampaign = ({ scope, campaignId }: Source) =>
  campaignId !== null && (scope === 'channel' || scope === 'code');

export type TotalsRow = FiguresRow & {
  first_day: string | null;
  last_day: string | null;
};

export async function readTotals(db: Db, source: Source, range: DateRange): Promise<TotalsRow | undefined> {
  const [row] = await db.$queryRaw<TotalsRow[]>`
    SELECT ${figures(range, partsByCampaign(source))},
      min(d."local_date")::text AS "first_day", max(d."local_date")::text AS "last_day"
    FROM "scan_days" d WHERE ${whereSource(source)} AND ${within(range)}`;
  return row;
}

/** The first day of all that the source has. */
export async function findFirstDay(db: Db, source: Source): Promise<string | null> {
  const [row] = await db.$queryRaw<{ day: string | null }[]>`
    SELECT min(d."local_date")::text AS "day" FROM "scan_days" d WHERE ${whereSource(source)}`;
  return row?.day ?? null;
}

export type DayRow = FiguresRow & { day: string; people_of_week: number; people_of_month: number };

/** One row a day that has any, in order. */
export function readDays(db: Db, source: Source, range: DateRange): Promise<DayRow[]> {
  const ofPair = partsByCampaign(source);
  const column = (name: string) =>
    Prisma.raw(
      ofPair
        ? `d."${name.replace('people', 'people_of_pair').replace('of_pair_of', 'of_pair')}"`
        : `d."${name}"`,
    );
  return db.$queryRaw<DayRow[]>`
    SELECT d."local_date"::text AS "day", sum(d."scans")::float8 AS "scans",
      sum(${column('people')})::float8 AS "people",
      sum(${column('people_of_week')})::float8 AS "people_of_week",
      sum(${column('people_of_month')})::float8 AS "people_of_month",
      sum(${column('people_ever')})::float8 AS "people_ever", sum(d."new_followers")::float8 AS "new_followers",
      sum(d."refollows")::float8 AS "refollows", sum(d."follower_scans")::float8 AS "follower_scans",
      sum(d."unfollows")::float8 AS "unfollows"
    FROM "scan_days" d WHERE ${whereSource(source)} AND ${within(range)}
    GROUP BY d."local_date" ORDER BY d."local_date"`;
}

export type HourRow = Omit<FiguresRow, 'people_ever'> & { day: string; hour: number };

export function readHours(db: Db, source: Source, range: DateRange): Promise<HourRow[]> {
  const people = Prisma.raw(partsByCampaign(source) ? 'd."people_of_pair"' : 'd."people"');
  return db.$queryRaw<HourRow[]>`
    SELECT d."local_date"::text AS "day", d."local_hour"::int AS "hour", sum(d."scans")::float8 AS "scans",
      sum(${people})::float8 AS "people", sum(d."new_followers")::float8 AS "new_followers",
      sum(d."refollows")::float8 AS "refollows", sum(d."follower_scans")::float8 AS "follower_scans",
      sum(d."unfollows")::float8 AS "unfollows"
    FROM "scan_hours" d WHERE ${whereSource(source)} AND ${within(range)}
    GROUP BY d."local_date", d."local_hour" ORDER BY d."local_date", d."local_hour"`;
}

/** Scans by weekday (1: Monday) and local hour. */
export function readWeekHours(
  db: Db,
  source: Source,
  range: DateRange,
): Promise<{ weekday: number; hour: number; scans: number }[]> {
  return db.$queryRaw`
    SELECT extract(isodow FROM d."local_date")::int AS "weekday", d."local_hour"::int AS "hour",
      sum(d."scans")::float8 AS "scans"
    FROM "scan_hours" d WHERE ${whereSource(source)} AND ${within(range)}
    GROUP BY 1, 2`;
}

export type BreakdownRow = FiguresRow & { key: string };

type Grouping = { source: Source; key: Prisma.Sql; join: Prisma.Sql; ofPair: boolean };

/** Each row of the roll-ups belongs to one row of the breakdown, by its own id. */
const scopeKey = Prisma.sql`d."scope_id"`;

/** Which rows part a source by a dimension, and by what. */
function groupBy(source: Source, by: Dimension): Grouping {
  const ofCodes = source.scope === 'code' || by === 'code' || by === 'tag';
  const ofChannels =
    source.scope === 'channel' || ofCodes || by === 'channel' || by === 'city' || by === 'region';
  const scope: Scope = ofCodes ? 'code' : ofChannels ? 'channel' : 'campaign';
  const parted: Source = {
    ...source,
    scope,
    // A channel's codes are those that hang there; a campaign's rows are those that served it.
    scopeId: scope === source.scope ? source.scopeId : null,
    channelId: source.scope === 'channel' && scope === 'code' ? source.scopeId : source.channelId,
    campaignId: source.scope === 'campaign' && scope !== 'campaign' ? source.scopeId : source.campaignId,
  };
  const ofPair = (by === 'campaign' && scope !== 'campaign') || partsByCampaign(parted);
  const none = Prisma.empty;
  const codes = Prisma.sql`JOIN "codes" kc ON kc."id" = d."scope_id"`;
  const channelsOf = Prisma.sql`LEFT JOIN "channels" kh ON kh."id" = ${Prisma.raw(scope === 'code' ? 'kc."channel_id"' : 'd."scope_id"')}`;
  const joinPlaces = scope === 'code' ? Prisma.sql`${codes} ${channelsOf}` : channelsOf;
  switch (by) {
    case 'campaign':
      return scope === 'campaign'
        ? { source: parted, key: scopeKey, join: none, ofPair }
        : { source: parted, key: Prisma.sql`d."campaign_id"`, join: none, ofPair };
    case 'channel':
      return scope === 'channel'
        ? { source: parted, key: scopeKey, join: none, ofPair }
        : { source: parted, key: Prisma.sql`coalesce(kc."channel_id"::text, '')`, join: codes, ofPair };
    case 'code':
      return { source: parted, key: scopeKey, join: none, ofPair };
    case 'tag': {
      const join = Prisma.sql`JOIN "code_tags" kt ON kt."code_id" = d."scope_id"`;
      return { source: parted, key: Prisma.sql`kt."tag_id"`, join, ofPair };
    }
    case 'city':
      return { source: parted, key: Prisma.sql`coalesce(kh."city", '')`, join: joinPlaces, ofPair };
    case 'region':
      return { source: parted, key: Prisma.sql`coalesce(kh."region", '')`, join: joinPlaces, ofPair };
  }
}

/** Whether each row of a breakdown is one row of the roll-ups a day, so that its people can be counted exactly. */
export function isOneThingEach(source: Source, by: Dimension): boolean {
  const { source: parted } = groupBy(source, by);
  return by === parted.scope || isOneThing(parted);
}

/** Most scans first. */
export function readBreakdown(
  db: Db,
  source: Source,
  by: Dimension,
  range: DateRange,
  take: number,
): Promise<BreakdownRow[]> {
  const { source: parted, key, join, ofPair } = groupBy(source, by);
  const rows = Prisma.sql`FROM "scan_days" d ${join} WHERE ${whereSource(parted)} AND ${within(range)}`;
  if (key !== scopeKey) {
    return db.$queryRaw<BreakdownRow[]>`
      SELECT ${key}::text AS "key", ${figures(range, ofPair)} ${rows} GROUP BY ${key} ORDER BY 2 DESC, 1 LIMIT ${take}`;
  }
  // Of 100,000 codes only scans are added up, as whole numbers; everything else of those that are shown alone.
  return db.$queryRaw<BreakdownRow[]>`
    WITH "most" AS MATERIALIZED (
      SELECT ${key} AS "id" ${rows} GROUP BY 1 ORDER BY sum(d."scans") DESC, 1 LIMIT ${take})
    SELECT ${key}::text AS "key", ${figures(range, ofPair)}
    FROM "scan_days" d JOIN "most" ON "most"."id" = ${key}
    WHERE ${whereScope(parted)} AND ${within(range)}
    GROUP BY ${key} ORDER BY 2 DESC, 1`;
}

export type SketchRow = { key: string; sketch: Uint8Array };

/**
 * The sketches of what a breakdown shows, in the order of their keys; at most `take` of them.
 *
 * Null where none can answer: a pair of channel or code and campaign has no sketch.
 */
export async function readSketchesBy(
  db: Db,
  source: Source,
  by: Dimension,
  range: DateRange,
  keys: readonly string[],
  take: number,
): Promise<SketchRow[] | null> {
  const { source: parted, key, join, ofPair } = groupBy(source, by);
  if (ofPair) return null;
  const isKey =
    key === scopeKey
      ? Prisma.sql`${key} = ANY(${[...keys]}::uuid[])`
      : Prisma.sql`${key}::text = ANY(${[...keys]}::text[])`;
  return db.$queryRaw<SketchRow[]>`
    SELECT ${key}::text AS "key", d."sketch" FROM "people_sketches" d ${join}
    WHERE ${whereSource(parted, false)} AND ${within(range)} AND ${isKey} LIMIT ${take}`;
}

/** As {@link readSketchesBy}, by day. */
export async function readSketchesByDay(
  db: Db,
  source: Source,
  range: DateRange,
  take: number,
): Promise<SketchRow[] | null> {
  if (partsByCampaign(source)) return null;
  return db.$queryRaw<SketchRow[]>`
    SELECT d."local_date"::text AS "key", d."sketch" FROM "people_sketches" d
    WHERE ${whereSource(source, false)} AND ${within(range)} LIMIT ${take}`;
}

/** Whether days of the range still wait for their sketches; today, which goes on, left out. */
export async function hasStaleDays(
  db: Db,
  accountId: string,
  { from, to }: DateRange,
  today: string,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ stale: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM (
        SELECT "account_id", "local_date" FROM "stale_sketch_days"
        UNION ALL SELECT "account_id", "local_date" FROM "sketch_builds") waiting
      WHERE "account_id" = ${uuid(accountId)} AND "local_date" BETWEEN ${date(from)} AND ${date(to)}
        AND "local_date" <> ${date(today)}) AS "stale"`;
  return row?.stale ?? false;
}

export type PairRow = { campaign_id: string; channel_id: string; scans: number };

/** Scans of these channels by these campaigns, as far as they are of the source. A channel of '': of codes that hang nowhere. */
export function readPairs(
  db: Db,
  source: Source,
  range: DateRange,
  campaignIds: readonly string[],
  channelIds: readonly string[],
): Promise<PairRow[]> {
  const { source: parted, key, join } = groupBy(source, 'channel');
  const ofChannels =
    parted.scope === 'channel'
      ? Prisma.sql`d."scope_id" = ANY(${[...channelIds]}::uuid[])`
      : Prisma.sql`${key} = ANY(${[...channelIds]}::text[])`;
  return db.$queryRaw<PairRow[]>`
    SELECT d."campaign_id"::text AS "campaign_id", ${key} AS "channel_id", sum(d."scans")::float8 AS "scans"
    FROM "scan_days" d ${join} WHERE ${whereSource(parted)} AND ${within(range)}
      AND ${ofChannels} AND d."campaign_id" = ANY(${[...campaignIds]}::uuid[])
    GROUP BY 1, 2`;
}

export type KeptRow = { follows: number; lost: number };

/** Follows of the days up to `until`, and how many of them had gone after so many days. */
export async function readKept(db: Db, source: Source, range: DateRange, days: 1 | 7 | 30): Promise<KeptRow> {
  const lost = Prisma.raw(`d."lost_${days}"`);
  const [row] = await db.$queryRaw<{ follows: number | null; lost: number | null }[]>`
    SELECT sum(d."new_followers" + d."refollows")::float8 AS "follows", sum(${lost})::float8 AS "lost"
    FROM "scan_days" d WHERE ${whereSource(source)} AND ${within(range)}`;
  return { follows: row?.follows ?? 0, lost: row?.lost ?? 0 };
}

/** Scans of a day and a thing, for little pictures beside rows. */
export function readScansByDay(
  db: Db,
  accountId: string,
  scope: 'campaign' | 'channel' | 'code',
  ids: readonly string[],
  range: DateRange,
): Promise<{ id: string; day: string; scans: number }[]> {
  return db.$queryRaw`
    SELECT d."scope_id"::text AS "id", d."local_date"::text AS "day", sum(d."scans")::float8 AS "scans"
    FROM "scan_days" d
    WHERE d."account_id" = ${uuid(accountId)} AND d."scope" = ${scope}::"scan_scope"
      AND d."scope_id" = ANY(${[...ids]}::uuid[]) AND ${within(range)}
    GROUP BY 1, 2`;
}
