import 'server-only';
import type { Db } from '../db/open-database';
import type { Sql } from '../db/sql';
import { type OutgoingError, outgoingErrors } from '../outgoing/types';
import type { DeliveryDto, DeliveryKind, DeliveryOutcome, DeliveryState } from './types';

export type DeliveryRow = {
  id: string;
  accountId: string | null;
  kind: DeliveryKind;
  targetId: string;
  eventType: string;
  payloadSealed: string;
};

export type NewDeliveryRow = DeliveryRow & { personKey: string | null };

export async function insertDeliveries(sql: Sql, rows: NewDeliveryRow[]): Promise<void> {
  await sql(
    `INSERT INTO "deliveries" ("id", "account_id", "kind", "target_id", "event_type", "payload_sealed", "person_key")
     SELECT r."id", r."accountId", r."kind", r."targetId", r."eventType", r."payloadSealed", r."personKey"
     FROM json_to_recordset($1::json) AS r("id" uuid, "accountId" uuid, "kind" "delivery_kind", "targetId" uuid,
       "eventType" text, "payloadSealed" text, "personKey" uuid)`,
    [JSON.stringify(rows)],
  );
}

/** Of one that was written a moment ago, in the same transaction. */
export async function settleNew(sql: Sql, id: string, outcome: DeliveryOutcome): Promise<void> {
  const error = outcome.ok ? null : outcome.error;
  await sql(
    `UPDATE "deliveries" SET "state" = $2::"delivery_state", "attempts" = 1, "next_attempt_at" = NULL,
       "finished_at" = now(), "last_status" = $3, "last_error" = $4, "last_answer" = $5 WHERE "id" = $1::uuid`,
    [id, outcome.ok ? 'delivered' : 'failed', outcome.status, error, outcome.answer ?? null],
  );
}

export type ClaimedDelivery = DeliveryRow & {
  attempts: number;
  createdAt: Date;
  giveUpAt: Date;
  leaseToken: string;
};

/**
 * Claims due deliveries, target by target: at most `perTarget` of one target are under way at a time in all processes
 * together, so that a slow one has its turns and no more. The targets are walked by the index, not read row by row.
 */
export function claimDue(
  db: Db,
  claim: {
    kinds: readonly DeliveryKind[];
    limit: number;
    perTarget: number;
    now: Date;
    leaseToken: string;
    leaseUntil: Date;
  },
): Promise<ClaimedDelivery[]> {
  return db.$queryRaw<ClaimedDelivery[]>`
    WITH RECURSIVE "targets" AS (
      (SELECT "target_id" FROM "deliveries" WHERE "state" = 'waiting' ORDER BY "target_id" LIMIT 1)
      UNION ALL
      SELECT (SELECT d."target_id" FROM "deliveries" d
              WHERE d."state" = 'waiting' AND d."target_id" > t."target_id" ORDER BY d."target_id" LIMIT 1)
      FROM "targets" t WHERE t."target_id" IS NOT NULL
    ), "turns" AS (
      SELECT t."target_id", ${claim.perTarget}::int - (
        SELECT count(*)::int FROM "deliveries" d
        WHERE d."lease_token" IS NOT NULL AND d."target_id" = t."target_id" AND d."lease_until" > ${claim.now}
      ) AS "left" FROM "targets" t WHERE t."target_id" IS NOT NULL
    ), "due" AS (
      SELECT d."id" FROM "turns" t CROSS JOIN LATERAL (
        SELECT w."id", w."next_attempt_at", w."sequence" FROM "deliveries" w
        WHERE w."state" = 'waiting' AND w."target_id" = t."target_id" AND w."next_attempt_at" <= ${claim.now}
          AND (w."lease_until" IS NULL OR w."lease_until" <= ${claim.now})
          AND w."kind"::text = ANY(${claim.kinds}::text[])
        ORDER BY w."next_attempt_at", w."sequence" LIMIT greatest(t."left", 0)
      ) d ORDER BY d."next_attempt_at", d."sequence" LIMIT ${claim.limit}::int
    ), "mine" AS (
      SELECT "id" FROM "deliveries" WHERE "id" IN (SELECT "id" FROM "due")
        AND "state" = 'waiting' AND ("lease_until" IS NULL OR "lease_until" <= ${claim.now})
      FOR UPDATE SKIP LOCKED
    )
    UPDATE "deliveries" d SET "lease_token" = ${claim.leaseToken}::uuid, "lease_until" = ${claim.leaseUntil}
    FROM "mine" WHERE d."id" = "mine"."id"
    RETURNING d."id", d."account_id" AS "accountId", d."kind"::text AS "kind", d."target_id" AS "targetId",
      d."event_type" AS "eventType", d."payload_sealed" AS "payloadSealed", d."attempts",
      d."created_at" AS "createdAt", d."give_up_at" AS "giveUpAt", d."lease_token" AS "leaseToken"`;
}

export type Settlement = {
  state: DeliveryState;
  nextAttemptAt: Date | null;
  finishedAt: Date | null;
  lastStatus: number | null;
  lastError: OutgoingError | null;
  lastAnswer: string | null;
};

/** @returns false where the lease was taken over meanwhile: nothing is written then */
export async function settleClaim(
  tx: Db,
  { id, leaseToken }: Pick<ClaimedDelivery, 'id' | 'leaseToken'>,
  settlement: Settlement,
): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({
    where: { id, leaseToken, state: 'waiting' },
    data: { ...settlement, attempts: { increment: 1 }, leaseToken: null, leaseUntil: null },
  });
  return count === 1;
}

/** Gives back what was not sent, without counting an attempt. */
export async function releaseClaim(
  db: Db,
  { id, leaseToken }: Pick<ClaimedDelivery, 'id' | 'leaseToken'>,
): Promise<void> {
  await db.delivery.updateMany({ where: { id, leaseToken }, data: { leaseToken: null, leaseUntil: null } });
}

/** @returns false where it waits already, or there is none */
export async function restartDelivery(
  tx: Db,
  id: string,
  { nextAttemptAt, giveUpAt }: { nextAttemptAt: Date; giveUpAt: Date },
): Promise<boolean> {
  const { count } = await tx.delivery.updateMany({
    where: { id, state: { not: 'waiting' } },
    data: { state: 'waiting', attempts: 0, nextAttemptAt, giveUpAt, finishedAt: null },
  });
  return count === 1;
}

const fields = {
  id: true,
  sequence: true,
  kind: true,
  targetId: true,
  eventType: true,
  state: true,
  attempts: true,
  nextAttemptAt: true,
  lastStatus: true,
  lastError: true,
  lastAnswer: true,
  createdAt: true,
  finishedAt: true,
} as const;

type Row = Omit<DeliveryDto, 'nextAttemptAt' | 'lastError' | 'createdAt' | 'finishedAt'> & {
  sequence: bigint;
  nextAttemptAt: Date | null;
  lastError: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** The newest first, before `before`. */
export async function findDeliveries(
  db: Db,
  query: { targetIds: string[]; state?: DeliveryState; before: bigint | null; take: number },
): Promise<(DeliveryDto & { sequence: bigint })[]> {
  const rows = await db.delivery.findMany({
    where: {
      targetId: { in: query.targetIds },
      ...(query.state ? { state: query.state } : {}),
      ...(query.before === null ? {} : { sequence: { lt: query.before } }),
    },
    orderBy: { sequence: 'desc' },
    take: query.take,
    select: fields,
  });
  return rows.map((row) => ({ ...toDto(row), sequence: row.sequence }));
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryDto | null> {
  const row = await db.delivery.findUnique({ where: { id }, select: fields });
  return row && toDto(row);
}

function toDto({ sequence: _, nextAttemptAt, lastError, createdAt, finishedAt, ...row }: Row): DeliveryDto {
  return {
    ...row,
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    lastError:
      lastError === null ? null : (outgoingErrors.find((known) => known === lastError) ?? 'unexpected'),
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

/** Drops what waits for a target that is removed. */
export async function deleteDeliveriesOf(tx: Db, targetId: string): Promise<void> {
  await tx.delivery.deleteMany({ where: { targetId } });
}

/** Drops what holds the openid of somebody who wants to be forgotten, sent or not. */
export async function deleteDeliveriesAbout(tx: Db, accountId: string, personKey: string): Promise<void> {
  await tx.delivery.deleteMany({ where: { accountId, personKey } });
}

/** Clears away finished ones that hold the openid of somebody who follows no more. @returns how many */
export function deleteOfUnfollowedBefore(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "deliveries" WHERE "id" IN (
      SELECT d."id" FROM "deliveries" d
      JOIN "followers" f ON f."account_id" = d."account_id" AND f."person_key" = d."person_key"
      WHERE d."person_key" IS NOT NULL AND d."finished_at" < ${before} AND f."openid_sealed" IS NULL
      LIMIT ${limit}::int)`;
}

/** Clears away finished ones, a bounded number at a time. @returns how many */
export function deleteFinishedBefore(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "deliveries" WHERE "id" IN (
      SELECT "id" FROM "deliveries" WHERE "finished_at" < ${before} ORDER BY "finished_at" LIMIT ${limit}::int)`;
}
