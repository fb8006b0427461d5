import 'server-only';
import type pg from 'pg';
import type { HistoryEvent } from './count-history';
import { type CodeIncrement, dayColumns, type RowIncrement } from './increments';

/** A connection inside the transaction of one group. */
export type GroupConnection = Pick<pg.PoolClient, 'query'>;

export type ConnectionPool = Pick<pg.Pool, 'connect'>;

/** A person of the group was made by another process at the same moment. */
export class PersonRaced extends Error {}

/**
 * Runs what a group writes in one transaction, again after a race, a deadlock or a serialization failure.
 *
 * While it runs no recount sets its bounds, and it waits while one does: see `lockOutGroups`.
 */
export async function inGroupTransaction<T>(
  pool: ConnectionPool,
  accountId: string,
  work: (connection: GroupConnection) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect();
  let broken = false;
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await connection.query(
          `BEGIN; ${plannerSettings}; SELECT pg_advisory_xact_lock_shared(${groupLockSpace}, hashtext('${requireUuid(accountId)}'))`,
        );
        const result = await work(connection);
        await connection.query('COMMIT');
        return result;
      } catch (error) {
        await connection.query('ROLLBACK').catch(() => {
          broken = true;
        });
        if (broken || attempt > 3 || !isPassing(error)) throw error;
      }
    }
  } finally {
    connection.release(broken);
  }
}

function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof PersonRaced || code === '40P01' || code === '40001';
}

/** Waits until no group of the account is under way, and keeps new ones waiting until this transaction ends. */
export async function lockOutGroups(connection: GroupConnection, accountId: string): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [groupLockSpace, accountId]);
}

/**
 * Each statement is planned once a connection, since planning took twice as long as running it. It may be planned while the
 * tables are empty and is kept when they no longer are; so each is written such that only its indexes can serve it.
 */
const plannerSettings = [
  'SET LOCAL plan_cache_mode = force_generic_plan',
  ...['enable_seqscan', 'enable_mergejoin'].map((name) => `SET LOCAL ${name} = off`),
].join('; ');

const groupLockSpace = 7_248_213;

/** The simple protocol, which takes several statements at once, takes no parameters. */
function requireUuid(id: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(id)) throw new Error('not an id of an account');
  return id;
}

async function ask<T>(
  connection: GroupConnection,
  name: string,
  text: string,
  values: unknown[],
): Promise<T | undefined> {
  const { rows } = await connection.query<[T]>({ name, text, values, rowMode: 'array' } as never);
  return (rows[0] as [T] | undefined)?.[0];
}

export type LockedPerson = {
  /** Place in what was asked. */
  i: number;
  id: string;
  isNew: boolean;
  memory: unknown;
  foldedThrough: string;
  countedZone: string;
  hasOpenid: boolean;
};

/**
 * Finds or makes the followers of a group and holds them, in one order for everybody.
 *
 * @param people  each once
 * @returns fewer than asked for where another process has just made one; the group is then tried again
 */
export async function lockPeople(
  connection: GroupConnection,
  accountId: string,
  people: { i: number; key: string; at: number }[],
): Promise<{ zone: string; people: LockedPerson[] }> {
  const places = new Map(people.map(({ key, i }) => [key, i]));
  const found = await ask<{ zone: string; people: (Omit<LockedPerson, 'i'> & { key: string })[] | null }>(
    connection,
    'scans_lock_people',
    lockPeopleSql,
    [accountId, JSON.stringify(people)],
  );
  if (!found) throw new Error(`no account ${accountId}`);
  const held = (found.people ?? []).map(({ key, ...person }) => ({ ...person, i: places.get(key) ?? -1 }));
  return { zone: found.zone, people: held };
}

const lockPeopleSql = `
  WITH "given" AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS p("key" uuid, "at" float8)
  ), "known" AS MATERIALIZED (
    SELECT f."id", f."person_key", f."memory", f."folded_through", f."counted_zone",
      f."openid_sealed" IS NOT NULL AS "has_openid"
    FROM "followers" f
    WHERE f."account_id" = $1::uuid AND f."person_key" = ANY (ARRAY(SELECT "key" FROM "given"))
    ORDER BY f."person_key" FOR UPDATE
  ), "zone" AS MATERIALIZED (
    SELECT "time_zone" FROM "official_accounts" WHERE "id" = $1::uuid
  ), "made" AS (
    INSERT INTO "followers" ("account_id", "person_key", "first_seen_at", "counted_zone")
    SELECT $1::uuid, g."key", to_timestamp(g."at"), z."time_zone" FROM "given" g, "zone" z
    WHERE g."key" <> ALL (ARRAY(SELECT "person_key" FROM "known"))
    ORDER BY g."key"
    ON CONFLICT ("account_id", "person_key") DO NOTHING
    RETURNING "id", "person_key", "counted_zone"
  )
  SELECT json_build_object('zone', z."time_zone", 'people', (
    SELECT json_agg(json_build_object('key', p."person_key", 'id', p."id"::text, 'isNew', p."is_new", 'memory', p."memory",
      'foldedThrough', p."folded_through"::text, 'countedZone', p."counted_zone", 'hasOpenid', p."has_openid"))
    FROM (
      SELECT "id", "person_key", false AS "is_new", "memory", "folded_through", "counted_zone", "has_openid" FROM "known"
      UNION ALL
      SELECT "id", "person_key", true, NULL, 0, "counted_zone", false FROM "made"
    ) p
  )) FROM "zone" z`;

export type NewEvent = {
  i: number;
  follower: string;
  digest: string;
  kind: HistoryEvent['kind'];
  at: number;
  date: string;
  hour: number;
  key: string;
  ticket: string | null;
  scene: string | null;
  /** user/info is to be asked for a scene. */
  asks: boolean;
};

export type StoredEvent = {
  id: string;
  /** Its follower's id. */
  f: string;
  k: HistoryEvent['kind'];
  at: number;
  s: string | null;
  c: string | null;
  h: string | null;
  g: string | null;
};

export type WrittenEvents = {
  /** Those that were not known; `i` as given. */
  inserted: (StoredEvent & { i: number })[];
  /** What had been known of these people and is not folded. */
  history: StoredEvent[];
  /** The replay or check under way, if any. */
  recount: { id: string; cursor: string; bound: string } | null;
  /** Some tag of the account marks followers. */
  marksFollowers: boolean;
};

/**
 * Inserts a group's events, each once, with the code that held the scene at that time; and reads what had been known of
 * the same people.
 *
 * @param known  ids of followers who were there before
 */
export async function insertEvents(
  connection: GroupConnection,
  accountId: string,
  events: NewEvent[],
  known: { id: string; after: string }[],
): Promise<WrittenEvents> {
  // Of two deliveries in one group the first is the one that was inserted.
  const places = new Map<string, NewEvent>();
  for (const event of events) if (!places.has(event.digest)) places.set(event.digest, event);
  const written = await ask<{
    inserted: (Omit<StoredEvent, 'at'> & { d: string })[] | null;
    history: StoredEvent[] | null;
    recount: WrittenEvents['recount'];
    marks: boolean;
  }>(connection, 'scans_insert_events', insertEventsSql, [
    accountId,
    JSON.stringify(events),
    JSON.stringify(known),
  ]);
  return {
    inserted: (written?.inserted ?? []).flatMap(({ d, ...stored }) => {
      const event = places.get(d);
      return event ? [{ ...stored, i: event.i, at: event.at }] : [];
    }),
    history: written?.history ?? [],
    recount: written?.recount ?? null,
    marksFollowers: written?.marks ?? false,
  };
}

/** Temporary codes count from a little before they were made to a little after they expired: clocks differ. */
const slack = `interval '5 minutes'`;

/** Of a permanent scene: who held it then; before its first code, that one. `$scene` and `$at` are expressions. */
const holderOf = (permanentSceneId: string, at: string) => `(
  SELECT n."code_id" FROM "scene_tenures" n WHERE n."permanent_scene_id" = ${permanentSceneId}
  ORDER BY n."from_at" <= ${at} DESC, CASE WHEN n."from_at" <= ${at} THEN n."from_at" END DESC NULLS LAST, n."from_at"
  LIMIT 1)`;

const codeOfTicket = (ticket: string, at: string) => `(
  SELECT CASE WHEN t."permanent_scene_id" IS NULL THEN t."id" ELSE ${holderOf('t."permanent_scene_id"', at)} END
  FROM "codes" t WHERE t."ticket" = ${ticket} AND t."account_id" = $1::uuid LIMIT 1)`;

export const codeOfScene = (scene: string, at: string) => `coalesce((
  SELECT ${holderOf('s."id"', at)} FROM "permanent_scenes" s
  WHERE s."account_id" = $1::uuid AND s."kind" = ANY ('{integer,string}') AND s."scene" = ${scene}
    AND EXISTS (SELECT 1 FROM "scene_tenures" e WHERE e."permanent_scene_id" = s."id")
  ORDER BY s."kind" LIMIT 1
), (
  SELECT t."id" FROM "codes" t
  WHERE t."account_id" = $1::uuid AND t."scene" = ${scene} AND t."kind" = 'temporary'
    AND t."created_at" <= ${at} + ${slack} AND (t."expires_at" IS NULL OR t."expires_at" + ${slack} >= ${at})
  -- The sum keeps the planner from walking all codes in order of making until it meets one of this scene.
  ORDER BY t."sequence" + 0 DESC LIMIT 1
))`;

/** The campaign that a code served then; before its first, that one. */
export const campaignOf = (codeId: string, at: string) => `(
  SELECT a."campaign_id" FROM "assignments" a WHERE a."code_id" = ${codeId}
  ORDER BY a."from_at" <= ${at} DESC, CASE WHEN a."from_at" <= ${at} THEN a."from_at" END DESC NULLS LAST, a."from_at"
  LIMIT 1)`;

const insertEventsSql = `
  WITH "given" AS MATERIALIZED (
    SELECT e.*, to_timestamp(e."at") AS "moment" FROM jsonb_to_recordset($2::jsonb) AS e("i" int, "follower" bigint,
      "digest" uuid, "kind" text, "at" float8, "date" date, "hour" int, "key" text, "ticket" text, "scene" text, "asks" boolean)
  ), "matched" AS MATERIALIZED (
    SELECT g.*, coalesce(
      CASE WHEN g."ticket" IS NOT NULL THEN ${codeOfTicket('g."ticket"', 'g."moment"')} END,
      CASE WHEN g."scene" IS NOT NULL THEN ${codeOfScene('g."scene"', 'g."moment"')} END
    ) AS "code_id" FROM "given" g
  ), "placed" AS MATERIALIZED (
    SELECT m.*, c."channel_id", c."scene" AS "code_scene",
      CASE WHEN m."code_id" IS NOT NULL THEN ${campaignOf('m."code_id"', 'm."moment"')} END AS "campaign_id"
    FROM "matched" m
    LEFT JOIN LATERAL (SELECT o."channel_id", o."scene" FROM "codes" o WHERE o."id" = m."code_id" OFFSET 0) c ON true
  ), "inserted" AS (
    INSERT INTO "scan_events" ("account_id", "digest", "kind", "at", "local_date", "local_hour", "follower_id", "event_key",
      "ticket", "scene", "code_id", "channel_id", "campaign_id", "look_up_at")
    SELECT $1::uuid, p."digest", p."kind"::"scan_event_kind", p."moment", p."date", p."hour", p."follower", p."key",
      p."ticket", coalesce(p."scene", p."code_scene"), p."code_id", p."channel_id", p."campaign_id",
      CASE WHEN p."asks" THEN now() END
    FROM "placed" p ORDER BY p."i"
    ON CONFLICT ("account_id", "digest") DO NOTHING
    RETURNING "id", "digest", "follower_id", "kind", "scene", "code_id", "channel_id", "campaign_id"
  )
  SELECT json_build_object(
    'inserted', (SELECT json_agg(json_build_object('d', n."digest", 'id', n."id"::text, 'f', n."follower_id"::text,
      'k', n."kind", 's', n."scene", 'c', n."code_id", 'h', n."channel_id", 'g', n."campaign_id")) FROM "inserted" n),
    'history', (SELECT json_agg(json_build_object('id', e."id"::text, 'f', e."follower_id"::text, 'k', e."kind",
      'at', extract(epoch FROM e."at"), 's', e."scene", 'c', e."code_id", 'h', e."channel_id", 'g', e."campaign_id"))
      FROM jsonb_to_recordset($3::jsonb) AS k("id" bigint, "after" bigint)
      CROSS JOIN LATERAL (SELECT * FROM "scan_events" o
        WHERE o."follower_id" = k."id" AND o."id" > k."after" OFFSET 0) e),
    'recount', (SELECT json_build_object('id', r."id", 'cursor', r."cursor"::text, 'bound', r."bound"::text)
      FROM "recounts" r WHERE r."account_id" = $1::uuid AND r."state" = 'running' AND r."bound" IS NOT NULL
        AND r."reason" IN ('replay', 'check') LIMIT 1),
    'marks', EXISTS (SELECT 1 FROM "tags" t WHERE t."account_id" = $1::uuid AND t."marks_followers")
  )`;

export type UnknownIncrement = { scene: string; events: number; first_at: number; last_at: number };

export type FollowerRow = {
  id: string;
  first_seen_at: number;
  is_following: boolean;
  followed_at: number | null;
  unfollowed_at: number | null;
  first_code_id: string | null;
  first_campaign_id: string | null;
  last_code_id: string | null;
  last_campaign_id: string | null;
  counted_zone: string;
  /** Given: replaces the sealed openid. It goes by itself when the person does not follow. */
  openid_sealed: string | null;
  /** Given: replaces what is folded. */
  memory: unknown;
  folded_through: string | null;
};

export type GroupWrites = {
  shard: number;
  days: RowIncrement[];
  hours: RowIncrement[];
  codes: CodeIncrement[];
  unknown: UnknownIncrement[];
  followers: FollowerRow[];
  /** Local dates whose sketches are stale. That of today is only noted, not written again: every group would wait for it. */
  staleDates: string[];
  today: string;
  /** What the replay or check under way must know, too. */
  recount: { id: string; rows: RowIncrement[] } | null;
};

/** Writes what a group has changed: one statement, rows in one order for everybody. */
export async function writeGroup(
  connection: GroupConnection,
  accountId: string,
  writes: GroupWrites,
): Promise<void> {
  const { shard, days, hours, codes, unknown, followers, staleDates, today, recount } = writes;
  await connection.query({
    name: 'scans_write_group',
    text: writeGroupSql,
    values: [
      accountId,
      shard,
      JSON.stringify(followers),
      JSON.stringify(days),
      JSON.stringify(hours),
      JSON.stringify(codes),
      JSON.stringify(unknown),
      JSON.stringify(staleDates.filter((date) => date !== today)),
      staleDates.includes(today) ? today : null,
    ],
  });
  if (recount && recount.rows.length > 0) await writeRecountRows(connection, recount.id, recount.rows);
}

const rowType = `AS r("scope" text, "scope_id" uuid, "campaign_id" uuid, "local_date" date, "local_hour" int, "values" int[])`;
const hourColumns = [
  'scans',
  'people',
  'people_of_pair',
  'new_followers',
  'refollows',
  'follower_scans',
  'unfollows',
] as const;
const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
const valuesOf = (names: readonly (typeof dayColumns)[number][]) =>
  names.map((name) => `r."values"[${dayColumns.indexOf(name) + 1}]`).join(', ');
const adding = (names: readonly string[]) =>
  names.map((name) => `"${name}" = t."${name}" + EXCLUDED."${name}"`).join(', ');

const writeGroupSql = `
  WITH "people" AS (
    UPDATE "followers" f SET
      "first_seen_at" = to_timestamp(r."first_seen_at"), "is_following" = r."is_following",
      "followed_at" = to_timestamp(r."followed_at"), "unfollowed_at" = to_timestamp(r."unfollowed_at"),
      "first_code_id" = r."first_code_id", "first_campaign_id" = r."first_campaign_id",
      "last_code_id" = r."last_code_id", "last_campaign_id" = r."last_campaign_id", "counted_zone" = r."counted_zone",
      "openid_sealed" = CASE WHEN r."is_following" AND f."forgotten_at" IS NULL THEN coalesce(r."openid_sealed", f."openid_sealed") END,
      "memory" = CASE WHEN r."folded_through" IS NULL THEN f."memory" ELSE r."memory" END,
      "folded_through" = coalesce(r."folded_through", f."folded_through")
    FROM jsonb_to_recordset($3::jsonb) AS r("id" bigint, "first_seen_at" float8, "is_following" boolean, "followed_at" float8,
      "unfollowed_at" float8, "first_code_id" uuid, "first_campaign_id" uuid, "last_code_id" uuid, "last_campaign_id" uuid,
      "counted_zone" text, "openid_sealed" text, "memory" jsonb, "folded_through" bigint)
    WHERE f."id" = r."id" AND f."id" = ANY (ARRAY(SELECT i."id" FROM jsonb_to_recordset($3::jsonb) AS i("id" bigint)))
  ), "of_days" AS (
    INSERT INTO "scan_days" AS t ("account_id", "scope", "scope_id", "campaign_id", "local_date", "shard", ${quoted(dayColumns)})
    SELECT $1::uuid, r."scope"::"scan_scope", r."scope_id", r."campaign_id", r."local_date", $2::smallint, ${valuesOf(dayColumns)}
    FROM jsonb_to_recordset($4::jsonb) ${rowType}
    ON CONFLICT ("scope_id", "scope", "campaign_id", "local_date", "shard") DO UPDATE SET ${adding(dayColumns)}
  ), "of_hours" AS (
    INSERT INTO "scan_hours" AS t ("account_id", "scope", "scope_id", "campaign_id", "local_date", "local_hour", "shard", ${quoted(hourColumns)})
    SELECT $1::uuid, r."scope"::"scan_scope", r."scope_id", r."campaign_id", r."local_date", r."local_hour", $2::smallint, ${valuesOf(hourColumns)}
    FROM jsonb_to_recordset($5::jsonb) ${rowType}
    ON CONFLICT ("scope_id", "scope", "campaign_id", "local_date", "local_hour", "shard") DO UPDATE SET ${adding(hourColumns)}
  ), "of_codes" AS (
    INSERT INTO "code_totals" AS t ("account_id", "code_id", "scans", "people", "new_followers", "refollows", "unfollows",
      "first_scan_at", "last_scan_at")
    SELECT $1::uuid, r."code_id", r."scans", r."people", r."new_followers", r."refollows", r."unfollows",
      to_timestamp(r."first_scan_at"), to_timestamp(r."last_scan_at")
    FROM jsonb_to_recordset($6::jsonb) AS r("code_id" uuid, "scans" int, "people" int, "new_followers" int, "refollows" int,
      "unfollows" int, "first_scan_at" float8, "last_scan_at" float8)
    ON CONFLICT ("code_id") DO UPDATE SET ${adding(['scans', 'people', 'new_followers', 'refollows', 'unfollows'])},
      "first_scan_at" = least(t."first_scan_at", EXCLUDED."first_scan_at"),
      "last_scan_at" = greatest(t."last_scan_at", EXCLUDED."last_scan_at")
  ), "of_unknown" AS (
    INSERT INTO "unknown_scenes" AS t ("account_id", "scene", "events", "first_at", "last_at")
    SELECT $1::uuid, r."scene", r."events", to_timestamp(r."first_at"), to_timestamp(r."last_at")
    FROM jsonb_to_recordset($7::jsonb) AS r("scene" text, "events" int, "first_at" float8, "last_at" float8)
    ON CONFLICT ("account_id", "scene") DO UPDATE SET "events" = t."events" + EXCLUDED."events",
      "first_at" = least(t."first_at", EXCLUDED."first_at"), "last_at" = greatest(t."last_at", EXCLUDED."last_at")
  ), "of_past" AS (
    INSERT INTO "stale_sketch_days" ("account_id", "local_date")
    SELECT $1::uuid, d::date FROM jsonb_array_elements_text($8::jsonb) AS d
    ON CONFLICT ("account_id", "local_date") DO UPDATE SET "stale_since" = now()
  )
  INSERT INTO "stale_sketch_days" ("account_id", "local_date") SELECT $1::uuid, $9::date WHERE $9::date IS NOT NULL
  ON CONFLICT ("account_id", "local_date") DO NOTHING`;

export async function writeRecountRows(
  connection: GroupConnection,
  recountId: string,
  rows: RowIncrement[],
): Promise<void> {
  await connection.query({
    name: 'scans_write_recount',
    text: `
      INSERT INTO "recount_rows" AS t ("recount_id", "scope", "scope_id", "campaign_id", "local_date", "local_hour", ${quoted(dayColumns)})
      SELECT $1::uuid, r."scope"::"scan_scope", r."scope_id", r."campaign_id", r."local_date", r."local_hour", ${valuesOf(dayColumns)}
      FROM jsonb_to_recordset($2::jsonb) ${rowType}
      ON CONFLICT ("recount_id", "scope_id", "scope", "campaign_id", "local_date", "local_hour") DO UPDATE SET ${adding(dayColumns)}`,
    values: [recountId, JSON.stringify(rows)],
  });
}
