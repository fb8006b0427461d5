import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { CodeKind, SceneKind } from './types';

/** A code that the bearer of `leaseToken` alone may ask WeChat for, until the lease ends. */
export type Claim = {
  id: string;
  accountId: string;
  kind: CodeKind;
  sceneKind: SceneKind;
  scene: string;
  permanentSceneId: bigint | null;
  expireSeconds: number | null;
  attempts: number;
  leaseToken: string;
  /** No call before this one can have shown the slot to WeChat. */
  isFirstSending: boolean;
};

const claimed = Prisma.sql`c."id"::text AS "id", c."account_id"::text AS "accountId", c."kind"::text AS "kind",
  c."scene_kind"::text AS "sceneKind", c."scene", c."permanent_scene_id" AS "permanentSceneId",
  c."expire_seconds" AS "expireSeconds", c."attempts", c."lease_token"::text AS "leaseToken", c."sequence"`;

export type Lease = { leaseToken: string; leaseSeconds: number };

export type ClaimedRow = Omit<Claim, 'isFirstSending'> & { sequence: bigint };

/** Those whose codes may be asked for; a cancelled one still has codes that WeChat may have seen. */
const openBatches = (condition: Prisma.Sql) => Prisma.sql`
  SELECT "id", "sequence", "account_id", "kind" FROM "batches"
  WHERE "reserved" > 0 AND "state" <> 'paused' AND ${condition} ORDER BY "sequence"`;

/**
 * Claims what is due, oldest first: codes that somebody makes one by one, then batches in turn, so that a small one does
 * not wait for a large one. Rows that another process is claiming are passed over, not waited for.
 *
 * The lease goes by the database's clock, which all processes share. Until it ends the code is not due, so one that
 * was left by a dead process comes back by itself.
 */
export async function claimDue(
  tx: Db,
  accountId: string,
  kind: CodeKind,
  limit: number,
  { leaseToken, leaseSeconds }: Lease,
): Promise<ClaimedRow[]> {
  const rows = await tx.$queryRaw<ClaimedRow[]>`
    WITH "alone" AS MATERIALIZED (
      SELECT "id" FROM "codes"
      WHERE "account_id" = ${accountId}::uuid AND "status" = 'reserved' AND "next_attempt_at" IS NOT NULL
        AND "batch_id" IS NULL AND "next_attempt_at" <= now() AND "kind" = ${kind}::"code_kind"
      ORDER BY "next_attempt_at", "sequence" LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), "in_batches" AS MATERIALIZED (
      SELECT r."id", b."sequence" AS "batch", r."next_attempt_at", r."sequence"
      FROM (${openBatches(Prisma.sql`"account_id" = ${accountId}::uuid AND "kind" = ${kind}::"code_kind"`)}) b
      CROSS JOIN LATERAL (
        SELECT c."id", c."next_attempt_at", c."sequence" FROM "codes" c
        WHERE c."batch_id" = b."id" AND c."status" = 'reserved' AND c."next_attempt_at" IS NOT NULL
          AND c."next_attempt_at" <= now()
        ORDER BY c."next_attempt_at", c."sequence"
        LIMIT ${limit}::int - (SELECT count(*) FROM "alone") FOR UPDATE SKIP LOCKED
      ) r
    ), "due" AS MATERIALIZED (
      SELECT "id" FROM "alone" UNION ALL (
        SELECT "id" FROM "in_batches"
        ORDER BY row_number() OVER (PARTITION BY "batch" ORDER BY "next_attempt_at", "sequence"), "batch"
        LIMIT ${limit}::int - (SELECT count(*) FROM "alone"))
    )
    UPDATE "codes" c SET "lease_token" = ${leaseToken}::uuid, "attempts" = c."attempts" + 1,
      "lease_until" = now() + make_interval(secs => ${leaseSeconds}),
      "next_attempt_at" = now() + make_interval(secs => ${leaseSeconds})
    FROM "due" WHERE c."id" = "due"."id" RETURNING ${claimed}`;
  return rows.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
}

/** Takes one failed or waiting code out of turn; null while somebody else is asking WeChat for it, or it is issued. */
export async function claimOne(
  tx: Db,
  id: string,
  { leaseToken, leaseSeconds }: Lease,
): Promise<ClaimedRow | null> {
  const rows = await tx.$queryRaw<ClaimedRow[]>`
    UPDATE "codes" c SET "status" = 'reserved', "lease_token" = ${leaseToken}::uuid, "attempts" = 1,
      "lease_until" = now() + make_interval(secs => ${leaseSeconds}),
      "next_attempt_at" = now() + make_interval(secs => ${leaseSeconds})
    WHERE c."id" = ${id}::uuid AND c."status" <> 'issued' AND (c."lease_until" IS NULL OR c."lease_until" <= now())
    RETURNING ${claimed}`;
  return rows[0] ?? null;
}

export type AnswerRow = {
  id: string;
  leaseToken: string;
  status: 'reserved' | 'issued' | 'failed';
  ticket: string | null;
  url: string | null;
  issuedAt: string | null;
  expiresAt: string | null;
  /** Reserved again: from now. */
  delaySeconds: number | null;
  /** Whether the next wait grows by it: a call that was not made, or met a limit of the account, is no failed attempt. */
  isCounted: boolean;
  error: {
    kind: string;
    errcode: number | null;
    message: string | null;
    rid: string | null;
    at: string;
  } | null;
};

/**
 * Writes what came of a group of calls and ends their leases.
 *
 * @returns the ids written; a writer whose lease was taken over changes nothing
 */
export async function writeAnswers(tx: Db, answers: AnswerRow[]): Promise<Set<string>> {
  // In one order for everybody, so that two groups never wait for each other.
  const rows = JSON.stringify([...answers].sort((a, b) => (a.id < b.id ? -1 : 1)));
  const written = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "codes" c SET
      "status" = (r->>'status')::"code_status",
      "ticket" = coalesce(r->>'ticket', c."ticket"), "url" = coalesce(r->>'url', c."url"),
      "issued_at" = coalesce((r->>'issuedAt')::timestamptz, c."issued_at"),
      "expires_at" = coalesce((r->>'expiresAt')::timestamptz, c."expires_at"),
      "lease_token" = NULL, "lease_until" = NULL,
      "attempts" = CASE WHEN (r->>'isCounted')::boolean THEN c."attempts" ELSE greatest(0, c."attempts" - 1) END,
      "next_attempt_at" = now() + make_interval(secs => (r->>'delaySeconds')::double precision),
      "last_error_kind" = CASE WHEN r->>'status' = 'issued' THEN NULL ELSE coalesce(r->'error'->>'kind', c."last_error_kind") END,
      "last_error_code" = CASE WHEN r->'error'->>'kind' IS NULL THEN c."last_error_code" ELSE (r->'error'->>'errcode')::int END,
      "last_error_message" = CASE WHEN r->'error'->>'kind' IS NULL THEN c."last_error_message" ELSE r->'error'->>'message' END,
      "last_error_rid" = CASE WHEN r->'error'->>'kind' IS NULL THEN c."last_error_rid" ELSE r->'error'->>'rid' END,
      "last_error_at" = CASE WHEN r->'error'->>'kind' IS NULL THEN c."last_error_at" ELSE (r->'error'->>'at')::timestamptz END
    FROM jsonb_array_elements(${rows}::jsonb) AS given(r)
    WHERE c."id" = (r->>'id')::uuid AND c."lease_token" = (r->>'leaseToken')::uuid AND c."status" = 'reserved'
    RETURNING c."id"::text AS "id"`;
  return new Set(written.map(({ id }) => id));
}

export type WaitingAccount = {
  accountId: string;
  stoppedCode: number | null;
  stoppedUntil: Date | null;
  /** When the first of each kind is due; null: none waits. */
  temporaryDueInSeconds: number | null;
  permanentDueInSeconds: number | null;
};

/** The accounts that have codes in the queue. One probe of an index for each and for each open batch, however long the queue. */
export function findWaitingAccounts(db: Db): Promise<WaitingAccount[]> {
  return db.$queryRaw<WaitingAccount[]>`
    SELECT o."id"::text AS "accountId", o."stopped_code" AS "stoppedCode", o."stopped_until" AS "stoppedUntil",
      extract(epoch FROM min(q."at") FILTER (WHERE q."kind" = 'temporary') - now())::double precision AS "temporaryDueInSeconds",
      extract(epoch FROM min(q."at") FILTER (WHERE q."kind" = 'permanent') - now())::double precision AS "permanentDueInSeconds"
    FROM (
      SELECT a."id" AS "account_id", k."kind", (
        SELECT c."next_attempt_at" FROM "codes" c
        WHERE c."account_id" = a."id" AND c."status" = 'reserved' AND c."next_attempt_at" IS NOT NULL
          AND c."batch_id" IS NULL AND c."kind" = k."kind"
        ORDER BY c."next_attempt_at" LIMIT 1) AS "at"
      FROM "official_accounts" a CROSS JOIN unnest(enum_range(NULL::"code_kind")) AS k("kind")
      UNION ALL
      SELECT b."account_id", b."kind", (
        SELECT c."next_attempt_at" FROM "codes" c
        WHERE c."batch_id" = b."id" AND c."status" = 'reserved' AND c."next_attempt_at" IS NOT NULL
        ORDER BY c."next_attempt_at" LIMIT 1)
      FROM (${openBatches(Prisma.sql`true`)}) b
    ) q JOIN "official_accounts" o ON o."id" = q."account_id"
    WHERE q."at" IS NOT NULL GROUP BY o."id"`;
}

/** Tells the workers of all processes, once this transaction is committed. Nobody listens on an embedded database. */
export async function notifyWorkers(tx: Db): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify(${workChannel}, '')::text`;
}

/** What processes listen to for work that another one has brought. */
export const workChannel = 'qudao_codes_due';

/** For a process that has the database to itself: what it finds leased was left by one that died. */
export async function endLeases(db: Db): Promise<number> {
  return db.$executeRaw`
    UPDATE "codes" SET "lease_token" = NULL, "lease_until" = NULL, "next_attempt_at" = now()
    WHERE "status" = 'reserved' AND "next_attempt_at" IS NOT NULL AND "lease_token" IS NOT NULL`;
}
