import 'server-only';
import type pg from 'pg';
import { dayColumns, type RowIncrement } from './increments';
import {
  type ConnectionPool,
  campaignOf,
  codeOfScene,
  type GroupConnection,
  lockOutGroups,
  type StoredEvent,
} from './record-store';

export type RecountPool = ConnectionPool & Pick<pg.Pool, 'query'>;

export type RecountJob = {
  id: string;
  accountId: string;
  reason: 'replay' | 'adopt' | 'time_zone' | 'check';
  cursor: string;
  bound: string | null;
  leaseToken: string;
};

const leaseSeconds = 60;

/** Takes the oldest job that nobody works on. One whose process died is free when its lease ends. */
export async function claimRecount(pool: Pick<pg.Pool, 'query'>): Promise<RecountJob | null> {
  const { rows } = await pool.query<RecountJob>(
    `UPDATE "recounts" SET "state" = 'running', "lease_token" = gen_random_uuid(),
       "lease_until" = now() + make_interval(secs => ${leaseSeconds})
     WHERE "id" = (
       SELECT "id" FROM "recounts" WHERE "state" IN ('waiting', 'running') AND ("lease_until" IS NULL OR "lease_until" <= now())
       ORDER BY "created_at" LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING "id"::text AS "id", "account_id"::text AS "accountId", "reason"::text AS "reason", "cursor"::text AS "cursor",
       "bound"::text AS "bound", "lease_token"::text AS "leaseToken"`,
  );
  return rows[0] ?? null;
}

/** @returns false: another process has taken the job over, since this one was too slow */
export async function keepLease(connection: GroupConnection, job: RecountJob): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE "recounts" SET "lease_until" = now() + make_interval(secs => ${leaseSeconds})
     WHERE "id" = $1::uuid AND "lease_token" = $2::uuid AND "state" = 'running'`,
    [job.id, job.leaseToken],
  );
  return rowCount === 1;
}

/**
 * Sets how far a job goes: to the newest follower. No group is under way at that moment, so each later follower is one
 * that groups count into the job themselves.
 */
export async function setBound(pool: ConnectionPool, job: RecountJob): Promise<string> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    await lockOutGroups(connection, job.accountId);
    const { rows } = await connection.query<{ bound: string }>(
      `UPDATE "recounts" SET "bound" = coalesce((SELECT max("id") FROM "followers" WHERE "account_id" = $2::uuid), 0),
         "people_total" = (SELECT count(*) FROM "followers" WHERE "account_id" = $2::uuid)
       WHERE "id" = $1::uuid RETURNING "bound"::text AS "bound"`,
      [job.id, job.accountId],
    );
    await connection.query('COMMIT');
    return rows[0]?.bound ?? '0';
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

/** Whoever comes next need not wait for the lease. */
export async function leaveRecount(pool: RecountPool, job: RecountJob): Promise<void> {
  await pool.query(
    `UPDATE "recounts" SET "lease_until" = now() WHERE "id" = $1::uuid AND "lease_token" = $2::uuid`,
    [job.id, job.leaseToken],
  );
}

export async function moveCursor(
  connection: GroupConnection,
  job: RecountJob,
  cursor: string,
  people: number,
): Promise<void> {
  await connection.query(
    `UPDATE "recounts" SET "cursor" = $2::bigint, "people_done" = "people_done" + $3::int WHERE "id" = $1::uuid`,
    [job.id, cursor, people],
  );
}

/** `done` of `ranges` pieces, by the first digits of ids, have been compared. */
export type Differences = { done: number; ranges: number; rows: number; samples: RowIncrement[] };

/** So many rows are compared at once; of more, a part by the first two digits of their ids. */
const comparedAtOnce = 50_000;

export async function readDifferences(connection: GroupConnection, job: RecountJob): Promise<Differences> {
  const { rows } = await connection.query<{ differences: Differences | null }>(
    `SELECT "differences" FROM "recounts" WHERE "id" = $1::uuid`,
    [job.id],
  );
  if (rows[0]?.differences) return rows[0].differences;
  const found = await connection.query<{ isMany: boolean }>(
    `SELECT count(*) > $2::int AS "isMany" FROM (
       SELECT 1 FROM "recount_rows" WHERE "recount_id" = $1::uuid LIMIT $2::int + 1) r`,
    [job.id, comparedAtOnce],
  );
  return { done: 0, ranges: found.rows[0]?.isMany ? 256 : 1, rows: 0, samples: [] };
}

export async function writeDifferences(
  connection: GroupConnection,
  job: RecountJob,
  differences: Differences,
): Promise<void> {
  await connection.query(`UPDATE "recounts" SET "differences" = $2::jsonb WHERE "id" = $1::uuid`, [
    job.id,
    JSON.stringify(differences),
  ]);
}

/** Ends a job first, so that groups no longer count into it, and then removes its sums. */
export async function endRecount(
  pool: Pick<pg.Pool, 'query'>,
  job: RecountJob,
  error: string | null,
): Promise<void> {
  await pool.query(
    `UPDATE "recounts" SET "state" = $3::"recount_state", "error" = $4, "finished_at" = now(), "lease_token" = NULL,
       "lease_until" = NULL WHERE "id" = $1::uuid AND "lease_token" = $2::uuid`,
    [job.id, job.leaseToken, error === null ? 'done' : 'failed', error],
  );
  await pool.query(`DELETE FROM "recount_rows" WHERE "recount_id" = $1::uuid`, [job.id]);
}

export async function findPeopleAfter(
  connection: GroupConnection,
  accountId: string,
  after: string,
  bound: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    `SELECT f."id"::text AS "id" FROM "followers" f
     WHERE f."account_id" = $1::uuid AND f."id" > $2::bigint AND f."id" <= $3::bigint ORDER BY f."id" LIMIT $4::int`,
    [accountId, after, bound, limit],
  );
  return rows.map(({ id }) => id);
}

/** Unknown scenes of which a code has the permanent scene by now. */
export async function findAdoptable(connection: GroupConnection, accountId: string): Promise<string[]> {
  const { rows } = await connection.query<{ scene: string }>(
    `SELECT u."scene" FROM "unknown_scenes" u WHERE u."account_id" = $1::uuid AND EXISTS (
       SELECT 1 FROM "permanent_scenes" s JOIN "scene_tenures" n ON n."permanent_scene_id" = s."id"
       WHERE s."account_id" = $1::uuid AND s."scene" = u."scene")`,
    [accountId],
  );
  return rows.map(({ scene }) => scene);
}

export async function findPeopleOfScenes(
  connection: GroupConnection,
  accountId: string,
  scenes: string[],
  limit: number,
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    `(SELECT DISTINCT "follower_id"::text AS "id" FROM (
       SELECT "follower_id" FROM "scan_events"
       WHERE "account_id" = $1::uuid AND "scene" = ANY ($2::text[]) AND "code_id" IS NULL LIMIT $3::int) e)
     UNION
     (SELECT "id"::text FROM "followers"
      WHERE "account_id" = $1::uuid AND "memory" IS NOT NULL AND "memory"->'unknown' ?| $2::text[] LIMIT $3::int)`,
    [accountId, scenes, limit],
  );
  return rows.map(({ id }) => id);
}

export type HeldPerson = {
  id: string;
  memory: unknown;
  foldedThrough: string;
  countedZone: string;
};

/** Holds people in the order in which groups hold them. */
export async function holdPeople(
  connection: GroupConnection,
  accountId: string,
  ids: string[],
): Promise<HeldPerson[]> {
  const { rows } = await connection.query<HeldPerson>(
    `SELECT "id"::text AS "id", "memory", "folded_through"::text AS "foldedThrough", "counted_zone" AS "countedZone"
     FROM "followers" WHERE "account_id" = $1::uuid AND "id" = ANY ($2::bigint[]) ORDER BY "person_key" FOR UPDATE`,
    [accountId, ids],
  );
  return rows;
}

export async function readZone(connection: GroupConnection, accountId: string): Promise<string> {
  const { rows } = await connection.query<{ zone: string }>(
    `SELECT "time_zone" AS "zone" FROM "official_accounts" WHERE "id" = $1::uuid`,
    [accountId],
  );
  return rows[0]?.zone ?? 'Asia/Shanghai';
}

export type RunningRecount = { id: string; cursor: string; bound: string };

/** The replay or check that groups of this account count into. */
export async function findRunning(
  connection: GroupConnection,
  accountId: string,
): Promise<RunningRecount | null> {
  const { rows } = await connection.query<RunningRecount>(
    `SELECT "id"::text AS "id", "cursor"::text AS "cursor", "bound"::text AS "bound" FROM "recounts"
     WHERE "account_id" = $1::uuid AND "state" = 'running' AND "bound" IS NOT NULL AND "reason" IN ('replay', 'check')`,
    [accountId],
  );
  return rows[0] ?? null;
}

/** What is not folded of these people. */
export async function readOpenEvents(connection: GroupConnection, ids: string[]): Promise<StoredEvent[]> {
  const { rows } = await connection.query<StoredEvent>(
    `SELECT e."id"::text AS "id", e."follower_id"::text AS "f", e."kind"::text AS "k",
       extract(epoch FROM e."at")::float8 AS "at", e."scene" AS "s", e."code_id"::text AS "c",
       e."channel_id"::text AS "h", e."campaign_id"::text AS "g"
     FROM "followers" f JOIN "scan_events" e ON e."follower_id" = f."id" AND e."id" > f."folded_through"
     WHERE f."id" = ANY ($1::bigint[])`,
    [ids],
  );
  return rows;
}

export type Adopted = Pick<StoredEvent, 'id' | 'c' | 'h' | 'g'>;

/** Gives raw events without a code, folded ones included, to the code that held their scene. */
export async function adoptEvents(
  connection: GroupConnection,
  accountId: string,
  followerIds: string[],
  scenes: string[],
): Promise<Adopted[]> {
  const { rows } = await connection.query<Adopted>(
    `UPDATE "scan_events" e SET "code_id" = p."code_id", "channel_id" = p."channel_id", "campaign_id" = p."campaign_id"
     FROM (${placed(`SELECT "id" AS "ref", "scene", "at" AS "moment" FROM "scan_events"
       WHERE "account_id" = $1::uuid AND "follower_id" = ANY ($2::bigint[]) AND "code_id" IS NULL AND "scene" = ANY ($3::text[])`)}) p
     WHERE e."id" = p."ref"
     RETURNING e."id"::text AS "id", e."code_id"::text AS "c", e."channel_id"::text AS "h", e."campaign_id"::text AS "g"`,
    [accountId, followerIds, scenes],
  );
  return rows;
}

const placed = (given: string) => `
  SELECT m.*, c."channel_id", ${campaignOf('m."code_id"', 'm."moment"')} AS "campaign_id"
  FROM (SELECT g.*, ${codeOfScene('g."scene"', 'g."moment"')} AS "code_id" FROM (${given}) g) m
  JOIN "codes" c ON c."id" = m."code_id"`;

/** The same for what is folded; `id` is the place in what was given. */
export async function placeFolded(
  connection: GroupConnection,
  accountId: string,
  given: { ref: number; scene: string; at: number }[],
): Promise<Adopted[]> {
  const { rows } = await connection.query<Adopted>(
    `SELECT p."ref"::text AS "id", p."code_id"::text AS "c", p."channel_id"::text AS "h", p."campaign_id"::text AS "g"
     FROM (${placed(`SELECT r."ref", r."scene", to_timestamp(r."at") AS "moment"
       FROM jsonb_to_recordset($2::jsonb) AS r("ref" int, "scene" text, "at" float8)`)}) p`,
    [accountId, JSON.stringify(given)],
  );
  return rows;
}

export async function dropEmptyUnknown(connection: GroupConnection, accountId: string): Promise<void> {
  await connection.query(`DELETE FROM "unknown_scenes" WHERE "account_id" = $1::uuid AND "events" <= 0`, [
    accountId,
  ]);
}

/** Events of these people with their moments, for a changed time zone. */
export async function readMoments(
  connection: GroupConnection,
  ids: string[],
): Promise<{ id: string; at: number }[]> {
  const { rows } = await connection.query<{ id: string; at: number }>(
    `SELECT "id"::text AS "id", extract(epoch FROM "at")::float8 AS "at" FROM "scan_events" WHERE "follower_id" = ANY ($1::bigint[])`,
    [ids],
  );
  return rows;
}

export async function writeLocalTimes(
  connection: GroupConnection,
  events: { id: string; date: string; hour: number }[],
): Promise<void> {
  await connection.query(
    `UPDATE "scan_events" e SET "local_date" = r."date", "local_hour" = r."hour"
     FROM jsonb_to_recordset($1::jsonb) AS r("id" bigint, "date" date, "hour" smallint)
     WHERE e."id" = r."id" AND (e."local_date", e."local_hour") IS DISTINCT FROM (r."date", r."hour")`,
    [JSON.stringify(events)],
  );
}

const hourColumns: readonly string[] = [
  'scans',
  'people',
  'people_of_pair',
  'new_followers',
  'refollows',
  'follower_scans',
  'unfollows',
];
const inRange = `"scope_id" >= $2::uuid AND "scope_id" <= $3::uuid`;
const keys = `"scope", "scope_id", "campaign_id", "local_date", "local_hour"`;
const sums = (has: (name: string) => boolean) =>
  dayColumns.map((name) => `${has(name) ? `sum("${name}")::int` : '0'} AS "${name}"`).join(', ');

/** Rows in which the sums made anew differ from those that pages read, in a range of ids; anew minus present. */
export async function findDifferences(
  connection: GroupConnection,
  job: RecountJob,
  from: string,
  to: string,
): Promise<RowIncrement[]> {
  const { rows } = await connection.query<RowIncrement>(
    `WITH "live" AS (
       SELECT "scope", "scope_id", "campaign_id", "local_date", -1 AS "local_hour", ${sums(() => true)}
       FROM "scan_days" WHERE "account_id" = $1::uuid AND ${inRange} GROUP BY 1, 2, 3, 4
       UNION ALL
       SELECT ${keys}, ${sums((name) => hourColumns.includes(name))}
       FROM "scan_hours" WHERE "account_id" = $1::uuid AND ${inRange} GROUP BY 1, 2, 3, 4, 5
     ), "fresh" AS (
       SELECT ${keys}, ${dayColumns.map((name) => `"${name}"`).join(', ')} FROM "recount_rows" WHERE "recount_id" = $4::uuid AND ${inRange}
     ), "apart" AS (
       SELECT ${keys}, ARRAY[${dayColumns.map((name) => `coalesce(f."${name}", 0) - coalesce(l."${name}", 0)`).join(', ')}] AS "values"
       FROM "live" l FULL JOIN "fresh" f USING (${keys})
     )
     SELECT "scope"::text AS "scope", "scope_id"::text AS "scope_id", "campaign_id"::text AS "campaign_id",
       "local_date"::text AS "local_date", "local_hour"::int AS "local_hour", "values"
     FROM "apart" WHERE 0 <> ANY ("values") ORDER BY 1, 2, 3, 4, 5`,
    [job.accountId, from, to, job.id],
  );
  return rows;
}

export type CodeDifference = {
  code_id: string;
  scans: number;
  people: number;
  new_followers: number;
  refollows: number;
  unfollows: number;
};

/** The same for the whole lives of codes. */
export async function findCodeDifferences(
  connection: GroupConnection,
  job: RecountJob,
  from: string,
  to: string,
): Promise<CodeDifference[]> {
  const apart = (name: string, live = name) => `coalesce(f."${name}", 0) - coalesce(t."${live}", 0)`;
  const { rows } = await connection.query<CodeDifference>(
    `SELECT * FROM (
       SELECT coalesce(f."code_id", t."code_id")::text AS "code_id", ${apart('scans')} AS "scans", ${apart('people')} AS "people",
         ${apart('new_followers')} AS "new_followers", ${apart('refollows')} AS "refollows", ${apart('unfollows')} AS "unfollows"
       FROM (
         SELECT "scope_id" AS "code_id", sum("scans")::int AS "scans", sum("people_ever")::int AS "people",
           sum("new_followers")::int AS "new_followers", sum("refollows")::int AS "refollows", sum("unfollows")::int AS "unfollows"
         FROM "recount_rows" WHERE "recount_id" = $4::uuid AND ${inRange} AND "scope" = 'code' AND "local_hour" = -1 GROUP BY 1
       ) f FULL JOIN (
         SELECT * FROM "code_totals" WHERE "account_id" = $1::uuid AND "code_id" >= $2::uuid AND "code_id" <= $3::uuid
       ) t ON t."code_id" = f."code_id"
     ) d WHERE ("scans", "people", "new_followers", "refollows", "unfollows") <> (0, 0, 0, 0, 0) ORDER BY "code_id"`,
    [job.accountId, from, to, job.id],
  );
  return rows;
}

export async function findAccountNames(pool: RecountPool): Promise<{ id: string; name: string }[]> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `SELECT "id"::text AS "id", "name" FROM "official_accounts" ORDER BY "created_at", "official_accounts"."id"`,
  );
  return rows;
}

/** Whether a replay or check of the account waits or is under way. */
export async function findOpenRecount(pool: RecountPool, accountId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM "recounts" WHERE "account_id" = $1::uuid AND "state" IN ('waiting', 'running')
       AND "reason" IN ('replay', 'check')`,
    [accountId],
  );
  return rowCount !== 0;
}

export async function insertRecountOf(
  pool: RecountPool,
  accountId: string,
  reason: 'replay' | 'check',
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "recounts" ("account_id", "reason", "asked_by_name") VALUES ($1::uuid, $2::"recount_reason", 'npm run check-counts')
     RETURNING "id"::text AS "id"`,
    [accountId, reason],
  );
  return rows[0]?.id ?? '';
}

/** @returns null while it has not ended */
export async function readOutcome(
  pool: RecountPool,
  id: string,
): Promise<{ differences: number; error: string | null } | null> {
  const { rows } = await pool.query<{ differences: number; error: string | null }>(
    `SELECT coalesce(("differences"->>'rows')::int, 0) AS "differences", "error" FROM "recounts"
     WHERE "id" = $1::uuid AND "state" IN ('done', 'failed')`,
    [id],
  );
  return rows[0] ?? null;
}
