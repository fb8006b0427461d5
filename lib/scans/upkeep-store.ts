import 'server-only';
import type pg from 'pg';
import type { GroupConnection } from './record-store';

type Pool = Pick<pg.Pool, 'query'>;

export type Overdue = { accountId: string; people: string[] };

/** Some people of one account who have raw events older than it keeps them. */
export async function findOverdue(pool: Pool, limit: number): Promise<Overdue | null> {
  const { rows } = await pool.query<Overdue>(
    `SELECT a."id"::text AS "accountId", array_agg(DISTINCT e."follower_id"::text) AS "people"
     FROM "official_accounts" a CROSS JOIN LATERAL (
       SELECT "follower_id" FROM "scan_events" WHERE "account_id" = a."id"
         AND "at" < now() - make_interval(days => a."event_retention_days") ORDER BY "at" LIMIT $1::int) e
     GROUP BY a."id" LIMIT 1`,
    [limit],
  );
  return rows[0] ?? null;
}

export type Folded = { id: string; memory: unknown; through: string };

/** Keeps what counts of these people's events in their memory, and removes the raw ones that are too old. */
export async function foldAndRemove(
  connection: GroupConnection,
  accountId: string,
  folded: Folded[],
): Promise<void> {
  await connection.query(
    `UPDATE "followers" f SET "memory" = r."memory", "folded_through" = r."through"
     FROM jsonb_to_recordset($2::jsonb) AS r("id" bigint, "memory" jsonb, "through" bigint)
     WHERE f."id" = r."id" AND f."account_id" = $1::uuid`,
    [accountId, JSON.stringify(folded)],
  );
  await connection.query(
    `DELETE FROM "scan_events" WHERE "follower_id" = ANY ($2::bigint[])
       AND "at" < now() - make_interval(days => (SELECT "event_retention_days" FROM "official_accounts" WHERE "id" = $1::uuid))`,
    [accountId, folded.map(({ id }) => id)],
  );
}

export type LookUp = {
  id: string;
  accountId: string;
  followerId: string;
  at: number;
  openidSealed: string | null;
};

const retrySeconds = 600;

/** Takes some follows to be looked up; nobody else takes them for a while, and a failed one comes again. */
export async function claimLookUps(pool: Pool, limit: number): Promise<LookUp[]> {
  const { rows } = await pool.query<LookUp>(
    `WITH "due" AS (
       SELECT "id" FROM "scan_events" WHERE "look_up_at" <= now() ORDER BY "look_up_at" LIMIT $1::int FOR UPDATE SKIP LOCKED
     ), "taken" AS (
       UPDATE "scan_events" e SET "look_up_at" = now() + make_interval(secs => ${retrySeconds}) FROM "due" d WHERE e."id" = d."id"
       RETURNING e."id", e."account_id", e."follower_id", e."at"
     )
     SELECT t."id"::text AS "id", t."account_id"::text AS "accountId", t."follower_id"::text AS "followerId",
       extract(epoch FROM t."at")::float8 AS "at", f."openid_sealed" AS "openidSealed"
     FROM "taken" t JOIN "followers" f ON f."id" = t."follower_id" ORDER BY t."id"`,
    [limit],
  );
  return rows;
}

export async function endLookUp(
  connection: GroupConnection,
  id: string,
  scene: string | null,
): Promise<void> {
  await connection.query(
    `UPDATE "scan_events" SET "look_up_at" = NULL, "scene" = coalesce("scene", $2) WHERE "id" = $1::bigint`,
    [id, scene],
  );
}

/** Accounts whose totals of yesterday (in China) are ready and not here. */
export async function findWithoutTotals(pool: Pool): Promise<{ accountId: string; day: string } | null> {
  const { rows } = await pool.query<{ accountId: string; day: string }>(
    `SELECT a."id"::text AS "accountId", ((now() AT TIME ZONE 'Asia/Shanghai') - interval '1 day')::date::text AS "day"
     FROM "official_accounts" a
     WHERE a."push_received_at" IS NOT NULL AND a."stopped_code" IS NULL
       AND extract(hour FROM now() AT TIME ZONE 'Asia/Shanghai') >= 8
       AND NOT EXISTS (SELECT 1 FROM "wechat_day_totals" t WHERE t."account_id" = a."id"
         AND t."day" = ((now() AT TIME ZONE 'Asia/Shanghai') - interval '1 day')::date)
     ORDER BY a."id" LIMIT 1`,
  );
  return rows[0] ?? null;
}

export async function writeTotals(
  pool: Pool,
  accountId: string,
  totals: { day: string; source: number; newUsers: number; cancelledUsers: number }[],
): Promise<void> {
  await pool.query(
    `INSERT INTO "wechat_day_totals" ("account_id", "day", "source", "new_users", "cancelled_users")
     SELECT $1::uuid, r."day", r."source", r."newUsers", r."cancelledUsers"
     FROM jsonb_to_recordset($2::jsonb) AS r("day" date, "source" int, "newUsers" int, "cancelledUsers" int)
     ON CONFLICT ("account_id", "day", "source") DO UPDATE SET "new_users" = EXCLUDED."new_users",
       "cancelled_users" = EXCLUDED."cancelled_users", "fetched_at" = now()`,
    [accountId, JSON.stringify(totals)],
  );
}
