import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';

export type StaleDay = { account_id: string; day: string };

const uuid = (text: string) => Prisma.sql`${text}::uuid`;
const date = (text: string) => Prisma.sql`${text}::date`;

/**
 * Takes days whose sketches are to be made, the longest waiting first: those marked before a moment, and those of a process
 * that was lost. In a transaction of its own, so that an event that comes from now on marks its day again.
 */
export function claimStaleDays(
  tx: Db,
  { markedBefore, now, leaseUntil, take }: { markedBefore: Date; now: Date; leaseUntil: Date; take: number },
): Promise<StaleDay[]> {
  return tx.$queryRaw<StaleDay[]>`
    WITH marked AS (
      DELETE FROM "stale_sketch_days" s USING (
        SELECT "account_id", "local_date" FROM "stale_sketch_days" WHERE "stale_since" <= ${markedBefore}
        ORDER BY "stale_since" LIMIT ${take} FOR UPDATE SKIP LOCKED) d
      WHERE s."account_id" = d."account_id" AND s."local_date" = d."local_date"
      RETURNING s."account_id", s."local_date"),
    lost AS (
      SELECT "account_id", "local_date" FROM "sketch_builds" WHERE "lease_until" < ${now}
      LIMIT ${take} FOR UPDATE SKIP LOCKED)
    INSERT INTO "sketch_builds" ("account_id", "local_date", "lease_until")
    SELECT "account_id", "local_date", ${leaseUntil} FROM (SELECT * FROM marked UNION SELECT * FROM lost) claimed
    ON CONFLICT ("account_id", "local_date") DO UPDATE SET "lease_until" = excluded."lease_until"
    RETURNING "account_id"::text AS "account_id", "local_date"::text AS "day"`;
}

export async function endBuild(tx: Db, { account_id, day }: StaleDay): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "sketch_builds" WHERE "account_id" = ${uuid(account_id)} AND "local_date" = ${date(day)}`;
}

export type VisitRow = {
  person_key: string;
  code_id: string;
  channel_id: string | null;
  campaign_id: string | null;
};

/** Who scanned what within an hour of a local day, each once. */
export function readVisits(
  db: Db,
  accountId: string,
  day: string,
  from: Date,
  until: Date,
): Promise<VisitRow[]> {
  return db.$queryRaw<VisitRow[]>`
    SELECT DISTINCT f."person_key"::text AS "person_key", e."code_id"::text AS "code_id",
      e."channel_id"::text AS "channel_id", e."campaign_id"::text AS "campaign_id"
    FROM "scan_events" e JOIN "followers" f ON f."id" = e."follower_id"
    WHERE e."account_id" = ${uuid(accountId)} AND e."at" >= ${from} AND e."at" < ${until}
      AND e."local_date" = ${date(day)} AND e."kind" <> 'unsubscribe' AND e."code_id" IS NOT NULL`;
}

export type NewSketch = { scope: string; scopeId: string; sketch: Uint8Array<ArrayBuffer> };

export async function deleteSketches(tx: Db, accountId: string, day: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "people_sketches" WHERE "account_id" = ${uuid(accountId)} AND "local_date" = ${date(day)}`;
}

export async function insertSketches(
  tx: Db,
  accountId: string,
  day: string,
  sketches: readonly NewSketch[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "people_sketches" ("account_id", "scope", "scope_id", "local_date", "sketch")
    SELECT ${uuid(accountId)}, made.scope::"scan_scope", made.id::uuid, ${date(day)}, decode(made.sketch, 'base64')
    FROM unnest(
      ${sketches.map(({ scope }) => scope)}::text[],
      ${sketches.map(({ scopeId }) => scopeId)}::text[],
      ${sketches.map(({ sketch }) => Buffer.from(sketch).toString('base64'))}::text[]) AS made(scope, id, sketch)`;
}

/** How far back events of an account are kept whole, as the moment before which they may be gone. */
export async function findEventsKeptSince(db: Db, accountId: string, now: Date): Promise<Date | null> {
  const account = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: { eventRetentionDays: true },
  });
  return account && new Date(now.getTime() - account.eventRetentionDays * 86_400_000);
}
