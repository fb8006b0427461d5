import 'server-only';
import type { Db } from '../db/open-database';

export type IdempotencyId = { apiKeyId: string; method: string; path: string; key: string };

export type Claim = IdempotencyId & {
  bodyHash: string;
  now: Date;
  /** What was made before this moment is forgotten. */
  notBefore: Date;
  lockedUntil: Date;
};

/**
 * Takes the key for one run, in one statement: it is new, or forgotten, or its run was broken off with the same body.
 *
 * @returns when the key was first used, which a run that goes on after a crash shares with the first; null: not taken
 */
export async function claimKey(db: Db, claim: Claim): Promise<{ createdAt: Date } | null> {
  const { apiKeyId, method, path, key, bodyHash, now, notBefore, lockedUntil } = claim;
  const rows = await db.$queryRaw<{ created_at: Date }[]>`
    INSERT INTO "idempotency_keys" AS k
      ("api_key_id", "method", "path", "key", "body_hash", "locked_until", "created_at")
    VALUES (${apiKeyId}::uuid, ${method}, ${path}, ${key}, ${bodyHash}, ${lockedUntil}, ${now})
    ON CONFLICT ("api_key_id", "method", "path", "key") DO UPDATE SET
      "body_hash" = excluded."body_hash",
      "response_status" = NULL,
      "response_sealed" = NULL,
      "locked_until" = excluded."locked_until",
      "created_at" = CASE WHEN k."created_at" < ${notBefore} THEN excluded."created_at" ELSE k."created_at" END
    WHERE (k."created_at" < ${notBefore} AND k."locked_until" <= ${now})
       OR (k."response_status" IS NULL AND k."locked_until" <= ${now} AND k."body_hash" = excluded."body_hash")
    RETURNING k."created_at"`;
  const [row] = rows;
  return row ? { createdAt: row.created_at } : null;
}

export type KnownKey = {
  bodyHash: string;
  responseStatus: number | null;
  responseSealed: string | null;
};

export function findKey(db: Db, id: IdempotencyId): Promise<KnownKey | null> {
  return db.idempotencyKey.findUnique({
    where: { apiKeyId_method_path_key: id },
    select: { bodyHash: true, responseStatus: true, responseSealed: true },
  });
}

/** Keeps the answer, unless another run has taken the key over since. `lockedUntil` names the run. */
export async function keepAnswer(
  db: Db,
  { apiKeyId, method, path, key }: IdempotencyId,
  lockedUntil: Date,
  answer: { status: number; sealed: string },
): Promise<void> {
  await db.idempotencyKey.updateMany({
    where: { apiKeyId, method, path, key, lockedUntil, responseStatus: null },
    data: { responseStatus: answer.status, responseSealed: answer.sealed },
  });
}

/** Lets the next request with this key run at once. */
export async function releaseKey(
  db: Db,
  { apiKeyId, method, path, key }: IdempotencyId,
  lockedUntil: Date,
  now: Date,
): Promise<void> {
  await db.idempotencyKey.updateMany({
    where: { apiKeyId, method, path, key, lockedUntil, responseStatus: null },
    data: { lockedUntil: now },
  });
}

/** Rows that another process deletes are left to it. @returns how many were deleted */
export async function deleteKeysBefore(db: Db, before: Date, now: Date, atMost: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "idempotency_keys" WHERE ("api_key_id", "method", "path", "key") IN (
      SELECT "api_key_id", "method", "path", "key" FROM "idempotency_keys"
      WHERE "created_at" < ${before} AND "locked_until" <= ${now}
      ORDER BY "created_at" LIMIT ${atMost} FOR UPDATE SKIP LOCKED)`;
}
