import 'server-only';
import type pg from 'pg';

export type PushAccountRow = {
  id: string;
  appId: string;
  pushMode: 'plain' | 'compat' | 'safe';
  pushTokenSealed: string | null;
  encodingAesKeySealed: string | null;
  personSecretSealed: string | null;
  asksUserInfo: boolean;
  retentionDays: number;
};

type Pool = Pick<pg.Pool, 'query'>;

export async function findPushAccount(pool: Pool, accountId: string): Promise<PushAccountRow | null> {
  const { rows } = await pool.query<PushAccountRow>(
    `SELECT "id"::text AS "id", "app_id" AS "appId", "push_mode"::text AS "pushMode", "push_token_sealed" AS "pushTokenSealed",
       "encoding_aes_key_sealed" AS "encodingAesKeySealed", "person_secret_sealed" AS "personSecretSealed",
       "asks_user_info" AS "asksUserInfo", "event_retention_days" AS "retentionDays"
     FROM "official_accounts" WHERE "id" = $1::uuid`,
    [accountId],
  );
  return rows[0] ?? null;
}

/** Of two processes that make one, the first has made it. @returns the one that stands */
export async function keepPersonSecret(pool: Pool, accountId: string, sealed: string): Promise<string> {
  const { rows } = await pool.query<{ sealed: string }>(
    `UPDATE "official_accounts" SET "person_secret_sealed" = coalesce("person_secret_sealed", $2),
       "counted_since" = coalesce("counted_since", now())
     WHERE "id" = $1::uuid RETURNING "person_secret_sealed" AS "sealed"`,
    [accountId, sealed],
  );
  return rows[0]?.sealed ?? sealed;
}

/** Events of an earlier time have been recorded. */
export async function noteCountedSince(pool: Pool, accountId: string, since: Date): Promise<void> {
  await pool.query(
    `UPDATE "official_accounts" SET "counted_since" = least("counted_since", $2::timestamptz) WHERE "id" = $1::uuid`,
    [accountId, since],
  );
}

export async function notePushReceived(pool: Pool, accountId: string): Promise<void> {
  await pool.query(`UPDATE "official_accounts" SET "push_received_at" = now() WHERE "id" = $1::uuid`, [
    accountId,
  ]);
}

export async function notePushVerified(pool: Pool, accountId: string): Promise<void> {
  await pool.query(`UPDATE "official_accounts" SET "push_verified_at" = now() WHERE "id" = $1::uuid`, [
    accountId,
  ]);
}

const keptRefusals = 200;

/** Keeps the last few of an account. */
export async function insertRefusal(
  pool: Pool,
  accountId: string,
  reason: string,
  cameAs: 'plain' | 'compat' | 'safe' | null,
): Promise<void> {
  await pool.query(
    `WITH "made" AS (
       INSERT INTO "push_refusals" ("account_id", "reason", "came_as") VALUES ($1::uuid, $2, $3::"push_mode")
     )
     DELETE FROM "push_refusals" WHERE "account_id" = $1::uuid AND "id" < (
       SELECT min("id") FROM (SELECT "id" FROM "push_refusals" WHERE "account_id" = $1::uuid
                              ORDER BY "id" DESC LIMIT ${keptRefusals - 1}) "kept")`,
    [accountId, reason, cameAs],
  );
}

/** Tells the feeds of all processes that something has come. */
export async function notifyScans(pool: Pool, accountId: string): Promise<void> {
  await pool.query(`SELECT pg_notify('qudao_scans', $1)`, [accountId]);
}
