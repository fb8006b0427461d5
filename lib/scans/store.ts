import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { PushRefusalDto, PushSettingsDto, RecountDto, ScanEventKind, UnknownSceneDto } from './types';

export type ScanRow = {
  id: bigint;
  at: Date;
  kind: ScanEventKind;
  scene: string | null;
  codeId: string | null;
  codeLabel: string | null;
  openidSealed: string | null;
};

export type ScanFilter = { codeId?: string; event?: ScanEventKind; known?: 'true' | 'false' };

/** Newest first, in the order in which they were received. */
export function findScans(
  db: Db,
  accountId: string,
  { codeId, event, known }: ScanFilter,
  before: bigint | null,
  take: number,
): Promise<ScanRow[]> {
  const conditions = [
    Prisma.sql`e."account_id" = ${accountId}::uuid`,
    ...(codeId ? [Prisma.sql`e."code_id" = ${codeId}::uuid`] : []),
    ...(event ? [Prisma.sql`e."kind" = ${event}::"scan_event_kind"`] : []),
    ...(known === 'false' ? [Prisma.sql`e."code_id" IS NULL AND e."scene" IS NOT NULL`] : []),
    ...(known === 'true' ? [Prisma.sql`(e."code_id" IS NOT NULL OR e."scene" IS NULL)`] : []),
    ...(before === null ? [] : [Prisma.sql`e."id" < ${before}`]),
  ];
  return db.$queryRaw<ScanRow[]>`
    SELECT e."id", e."at", e."kind"::text AS "kind", e."scene", e."code_id"::text AS "codeId", c."label" AS "codeLabel",
      f."openid_sealed" AS "openidSealed"
    FROM "scan_events" e JOIN "followers" f ON f."id" = e."follower_id" LEFT JOIN "codes" c ON c."id" = e."code_id"
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY e."id" DESC LIMIT ${take}::int`;
}

export async function maySeeOpenids(db: Db, kind: 'user' | 'apiKey', id: string): Promise<boolean> {
  const select = { seesOpenids: true } as const;
  const row =
    kind === 'user'
      ? await db.user.findUnique({ where: { id }, select })
      : await db.apiKey.findUnique({ where: { id }, select });
  return row?.seesOpenids ?? false;
}

const shownRefusals = 20;
const shownRecounts = 8;

export async function findPushSettings(db: Db, accountId: string): Promise<PushSettingsDto | null> {
  const row = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: {
      ...{ id: true, pushMode: true, pushTokenSealed: true, encodingAesKeySealed: true, timeZone: true },
      ...{
        pushVerifiedAt: true,
        pushReceivedAt: true,
        countedSince: true,
        eventRetentionDays: true,
        asksUserInfo: true,
      },
    },
  });
  if (!row) return null;
  const refusals = await db.pushRefusal.findMany({
    where: { accountId },
    orderBy: { id: 'desc' },
    take: shownRefusals,
    select: { id: true, at: true, reason: true, cameAs: true },
  });
  return {
    accountId: row.id,
    ...{ pushMode: row.pushMode, timeZone: row.timeZone },
    ...{ hasPushToken: row.pushTokenSealed !== null, hasEncodingAesKey: row.encodingAesKeySealed !== null },
    verifiedAt: row.pushVerifiedAt?.toISOString() ?? null,
    receivedAt: row.pushReceivedAt?.toISOString() ?? null,
    countedSince: row.countedSince?.toISOString() ?? null,
    ...{ eventRetentionDays: row.eventRetentionDays, asksUserInfo: row.asksUserInfo },
    refusals: refusals.map(
      ({ id, at, ...refusal }): PushRefusalDto => ({ ...refusal, id: id.toString(), at: at.toISOString() }),
    ),
    recounts: await findRecounts(db, accountId),
  };
}

async function findRecounts(db: Db, accountId: string): Promise<RecountDto[]> {
  const rows = await db.recount.findMany({
    where: { accountId },
    orderBy: { createdAt: 'desc' },
    take: shownRecounts,
    select: {
      ...{ id: true, reason: true, state: true, peopleDone: true, peopleTotal: true, differences: true },
      ...{ error: true, askedByName: true, createdAt: true, finishedAt: true },
    },
  });
  return rows.map(({ differences, createdAt, finishedAt, ...row }) => ({
    ...row,
    differences: readRows(differences),
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }));
}

function readRows(differences: unknown): number | null {
  if (typeof differences !== 'object' || differences === null || !('rows' in differences)) return null;
  return typeof differences.rows === 'number' ? differences.rows : null;
}

export async function updatePushRow(
  db: Db,
  accountId: string,
  change: { eventRetentionDays?: number; asksUserInfo?: boolean },
): Promise<string | null> {
  const { count } = await db.officialAccount.updateMany({ where: { id: accountId }, data: change });
  if (count === 0) return null;
  const row = await db.officialAccount.findUnique({ where: { id: accountId }, select: { name: true } });
  return row?.name ?? null;
}

/** @returns null: one of its kind is already waiting or under way */
export async function insertRecount(
  db: Db,
  accountId: string,
  reason: RecountDto['reason'],
  askedByName: string,
): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "recounts" ("account_id", "reason", "asked_by_name")
    VALUES (${accountId}::uuid, ${reason}::"recount_reason", ${askedByName})
    ON CONFLICT DO NOTHING RETURNING "id"::text AS "id"`;
  return rows[0]?.id ?? null;
}

export async function findUnknownScenes(db: Db, accountId: string, take: number): Promise<UnknownSceneDto[]> {
  const rows = await db.unknownScene.findMany({
    where: { accountId, events: { gt: 0 } },
    orderBy: [{ events: 'desc' }, { scene: 'asc' }],
    take,
    select: { scene: true, events: true, firstAt: true, lastAt: true },
  });
  return rows.map(({ firstAt, lastAt, ...row }) => ({
    ...row,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }));
}

export type SetAsideRow = {
  id: string;
  prefix: string | null;
  fromId: bigint | null;
  toId: bigint | null;
  createdByName: string;
  createdAt: Date;
};

export function findSetAside(db: Db, accountId: string): Promise<SetAsideRow[]> {
  return db.setAsideScene.findMany({
    where: { accountId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    select: { id: true, prefix: true, fromId: true, toId: true, createdByName: true, createdAt: true },
  });
}

export async function insertSetAside(
  db: Db,
  row: {
    accountId: string;
    prefix: string | null;
    fromId: bigint | null;
    toId: bigint | null;
    createdByName: string;
  },
): Promise<string> {
  return (await db.setAsideScene.create({ data: row, select: { id: true } })).id;
}

export async function deleteSetAside(db: Db, accountId: string, id: string): Promise<boolean> {
  const { count } = await db.setAsideScene.deleteMany({ where: { id, accountId } });
  return count === 1;
}

export async function findPersonSecret(db: Db, accountId: string): Promise<string | null> {
  const row = await db.officialAccount.findUnique({
    where: { id: accountId },
    select: { personSecretSealed: true },
  });
  return row?.personSecretSealed ?? null;
}

/** The row stays with all that it counts for; nothing leads from the openid to it any more. */
export async function forgetFollower(
  db: Db,
  accountId: string,
  personKey: string,
  now: Date,
): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE "followers" SET "person_key" = gen_random_uuid(), "openid_sealed" = NULL, "forgotten_at" = ${now}
    WHERE "account_id" = ${accountId}::uuid AND "person_key" = ${personKey}::uuid`;
  return changed === 1;
}
