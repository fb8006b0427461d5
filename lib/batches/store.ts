import 'server-only';
import type { CodeKind, SceneKind } from '../codes/types';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { BatchSource, BatchState, RowFilter, RowStatus } from './types';

export type BatchRow = {
  id: string;
  sequence: bigint;
  accountId: string;
  campaignId: string | null;
  campaignName: string | null;
  channelId: string | null;
  channelNumber: string | null;
  channelName: string | null;
  kind: CodeKind;
  source: BatchSource;
  fileName: string | null;
  labelTemplate: string | null;
  state: BatchState;
  total: number;
  known: number;
  reused: number;
  reserved: number;
  issued: number;
  failed: number;
  returned: number;
  createdByName: string;
  createdAt: Date;
  pausedByName: string | null;
  pausedAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  stoppedCode: number | null;
  stoppedUntil: Date | null;
};

const columns = Prisma.sql`
  b."id"::text AS "id", b."sequence", b."account_id"::text AS "accountId", b."campaign_id"::text AS "campaignId",
  g."name" AS "campaignName", b."channel_id"::text AS "channelId", h."number" AS "channelNumber", h."name" AS "channelName",
  b."kind"::text AS "kind", b."source"::text AS "source", b."file_name" AS "fileName", b."label_template" AS "labelTemplate",
  b."state"::text AS "state", b."total", b."known", b."reused", b."reserved", b."issued", b."failed", b."returned",
  b."created_by_name" AS "createdByName", b."created_at" AS "createdAt", b."paused_by_name" AS "pausedByName",
  b."paused_at" AS "pausedAt", b."started_at" AS "startedAt", b."finished_at" AS "finishedAt",
  o."stopped_code" AS "stoppedCode", o."stopped_until" AS "stoppedUntil"`;

const joined = Prisma.sql`"batches" b
  JOIN "official_accounts" o ON o."id" = b."account_id"
  LEFT JOIN "campaigns" g ON g."id" = b."campaign_id"
  LEFT JOIN "channels" h ON h."id" = b."channel_id"`;

export async function findBatchRow(db: Db, accountId: string, id: string): Promise<BatchRow | null> {
  const rows = await db.$queryRaw<BatchRow[]>`
    SELECT ${columns} FROM ${joined} WHERE b."id" = ${id}::uuid AND b."account_id" = ${accountId}::uuid`;
  return rows[0] ?? null;
}

export async function findAccountOfBatch(db: Db, id: string): Promise<string | null> {
  const row = await db.batch.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

export type NewBatch = {
  id: string;
  accountId: string;
  campaignId: string | null;
  channelId: string | null;
  kind: CodeKind;
  source: BatchSource;
  fileName: string | null;
  labelTemplate: string | null;
  expireSeconds: number | null;
  total: number;
  known: number;
  createdById: string | null;
  createdByName: string;
  createdAt: Date;
};

export async function insertBatch(tx: Db, batch: NewBatch): Promise<void> {
  const isEmpty = batch.total === 0;
  await tx.batch.create({
    data: { ...batch, ...(isEmpty ? { state: 'done', finishedAt: batch.createdAt } : {}) },
    select: { id: true },
  });
}

const shownState = (heldKinds: CodeKind[]) => Prisma.sql`
  CASE WHEN b."state" IN ('queued', 'issuing') AND b."kind"::text = ANY(${heldKinds}::text[]) THEN 'paused'
    ELSE b."state"::text END`;

/** Why the account stands still, if it does. */
export async function findStop(
  db: Db,
  accountId: string,
): Promise<{ code: number; until: Date | null } | null> {
  const row = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: { stoppedCode: true, stoppedUntil: true },
  });
  return row?.stoppedCode == null ? null : { code: row.stoppedCode, until: row.stoppedUntil };
}

/** Newest first. */
export function listBatchRecords(
  db: Db,
  accountId: string,
  filter: {
    campaignId?: string;
    state?: BatchState;
    /** What the account's stop holds back: such a batch is shown as paused. */
    heldKinds: CodeKind[];
    before: bigint | null;
    take: number;
  },
): Promise<BatchRow[]> {
  const { campaignId, state, heldKinds, before, take } = filter;
  return db.$queryRaw<BatchRow[]>`
    SELECT ${columns} FROM ${joined}
    WHERE b."account_id" = ${accountId}::uuid
      ${campaignId ? Prisma.sql`AND b."campaign_id" = ${campaignId}::uuid` : Prisma.empty}
      ${state ? Prisma.sql`AND ${shownState(heldKinds)} = ${state}` : Prisma.empty}
      ${before === null ? Prisma.empty : Prisma.sql`AND b."sequence" < ${before}`}
    ORDER BY b."sequence" DESC LIMIT ${take}::int`;
}

/** Locks the batch until the transaction ends; after the ledger and codes where those are locked too. */
export async function lockBatch(
  tx: Db,
  accountId: string,
  id: string,
): Promise<{ state: BatchState; reserved: number; failed: number } | null> {
  const rows = await tx.$queryRaw<{ state: BatchState; reserved: number; failed: number }[]>`
    SELECT "state"::text AS "state", "reserved", "failed" FROM "batches"
    WHERE "id" = ${id}::uuid AND "account_id" = ${accountId}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

export async function setState(
  tx: Db,
  id: string,
  state: BatchState,
  pause: { byName: string; at: Date } | null,
): Promise<void> {
  await tx.batch.update({
    where: { id },
    data: { state, pausedByName: pause?.byName ?? null, pausedAt: pause?.at ?? null },
    select: { id: true },
  });
}

export type RowOfBatch = {
  line: number;
  rowKey: string | null;
  codeId: string;
  label: string;
  sceneKind: SceneKind;
  scene: string;
  status: RowStatus;
  channelId: string | null;
  channelNumber: string | null;
  channelName: string | null;
  ticket: string | null;
  url: string | null;
  expiresAt: Date | null;
  issuedAt: Date | null;
  isLeased: boolean;
  nextAttemptAt: Date | null;
  errorKind: string | null;
  errorCode: number | null;
  errorMessage: string | null;
  errorRid: string | null;
  errorAt: Date | null;
  reusedFrom: Date | null;
};

/** Those that were made and those that were taken over, in the order of lines. */
export function findRowsOfBatch(
  db: Db,
  batchId: string,
  { status, afterLine, take }: { status?: RowFilter; afterLine: number; take: number },
): Promise<RowOfBatch[]> {
  // The first half of the condition is the word of the partial index on the rows that are not issued.
  const ofStatus =
    status === undefined
      ? Prisma.empty
      : status === 'issued'
        ? Prisma.sql`AND c."status" = 'issued'`
        : Prisma.sql`AND c."status" <> 'issued' AND c."status" = ${status}::"code_status"`;
  const made = Prisma.sql`
    SELECT c."batch_line" AS "line", c."row_key" AS "rowKey", c."id" AS "codeId", NULL::timestamptz AS "reusedFrom"
    FROM "codes" c WHERE c."batch_id" = ${batchId}::uuid AND c."batch_line" > ${afterLine}::int ${ofStatus}
    ORDER BY c."batch_line" LIMIT ${take}::int`;
  const reused = Prisma.sql`
    SELECT r."line", r."row_key", r."code_id", r."from_at"
    FROM "batch_reuses" r WHERE r."batch_id" = ${batchId}::uuid AND r."line" > ${afterLine}::int
    ORDER BY r."line" LIMIT ${take}::int`;
  const rows =
    status === undefined
      ? Prisma.sql`(${made}) UNION ALL (${reused})`
      : status === 'reused'
        ? reusedAlone(reused)
        : made;
  return db.$queryRaw<RowOfBatch[]>`
    SELECT n."line", n."rowKey", c."id"::text AS "codeId", c."label",
      c."scene_kind"::text AS "sceneKind", c."scene", c."status"::text AS "status", h."id"::text AS "channelId",
      h."number" AS "channelNumber", h."name" AS "channelName", c."ticket", c."url", c."expires_at" AS "expiresAt",
      c."issued_at" AS "issuedAt", coalesce(c."lease_until" > now(), false) AS "isLeased",
      c."next_attempt_at" AS "nextAttemptAt", c."last_error_kind" AS "errorKind", c."last_error_code" AS "errorCode",
      c."last_error_message" AS "errorMessage", c."last_error_rid" AS "errorRid", c."last_error_at" AS "errorAt",
      n."reusedFrom"
    FROM (SELECT * FROM (${rows}) both_kinds ORDER BY "line" LIMIT ${take}::int) n
    JOIN "codes" c ON c."id" = n."codeId" LEFT JOIN "channels" h ON h."id" = c."channel_id"
    ORDER BY n."line"`;
}

const reusedAlone = (reused: Prisma.Sql) =>
  Prisma.sql`SELECT "line", "row_key" AS "rowKey", "code_id" AS "codeId", "from_at" AS "reusedFrom" FROM (${reused}) taken`;

export type ErrorGroup = {
  errorKind: string;
  errorCode: number | null;
  errorMessage: string | null;
  errorRid: string | null;
  errorAt: Date;
  rows: number;
};

/** Of at most `sample` rows that are not issued yet: a batch that waits as a whole is not read as a whole. */
export function findErrorGroups(db: Db, batchId: string, sample: number): Promise<ErrorGroup[]> {
  return db.$queryRaw<ErrorGroup[]>`
    SELECT "kind" AS "errorKind", "code" AS "errorCode", (array_agg("message" ORDER BY "at" DESC))[1] AS "errorMessage",
      (array_agg("rid" ORDER BY "at" DESC))[1] AS "errorRid", max("at") AS "errorAt", count(*)::int AS "rows"
    FROM (
      SELECT "last_error_kind" AS "kind", "last_error_code" AS "code", "last_error_message" AS "message",
        "last_error_rid" AS "rid", "last_error_at" AS "at"
      FROM "codes" WHERE "batch_id" = ${batchId}::uuid AND "status" <> 'issued' AND "last_error_at" IS NOT NULL
      ORDER BY "batch_line" LIMIT ${sample}::int
    ) e GROUP BY 1, 2 ORDER BY 5 DESC LIMIT 5`;
}

/** How many were issued within the last seconds, by the database's clock. */
export async function countIssuedSince(db: Db, batchId: string, since: Date): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "codes" WHERE "batch_id" = ${batchId}::uuid AND "issued_at" > ${since}`;
  return rows[0]?.count ?? 0;
}
