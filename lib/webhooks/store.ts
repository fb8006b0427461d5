import 'server-only';
import type { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { Sql } from '../db/sql';
import type { DisabledReason, WebhookDto, WebhookEvent } from './types';

const select = {
  id: true,
  accountId: true,
  url: true,
  events: true,
  allowPrivate: true,
  seesOpenids: true,
  failures: true,
  failingSince: true,
  disabledAt: true,
  disabledReason: true,
  createdAt: true,
} satisfies Prisma.WebhookSelect;

type Row = Prisma.WebhookGetPayload<{ select: typeof select }>;

export async function insertWebhook(
  db: Db,
  webhook: Pick<WebhookDto, 'id' | 'accountId' | 'url' | 'events' | 'allowPrivate' | 'seesOpenids'> & {
    secretSealed: string;
    createdByName: string;
    createdAt: Date;
  },
): Promise<WebhookDto> {
  return toDto(await db.webhook.create({ data: webhook, select }));
}

export async function findWebhook(db: Db, accountId: string, id: string): Promise<WebhookDto | null> {
  const row = await db.webhook.findFirst({ where: { id, accountId }, select });
  return row && toDto(row);
}

export async function findAccountOfWebhook(db: Db, id: string): Promise<string | null> {
  const row = await db.webhook.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

/** The newest first. */
export async function findWebhooks(db: Db, accountId: string): Promise<WebhookDto[]> {
  const rows = await db.webhook.findMany({
    where: { accountId },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    select,
  });
  return rows.map(toDto);
}

export function countWebhooks(db: Db, accountId: string): Promise<number> {
  return db.webhook.count({ where: { accountId } });
}

/** Those that are to be told of these events. */
export function findListeners(
  sql: Sql,
  accountId: string,
  events: WebhookEvent[],
): Promise<{ id: string; events: string[]; seesOpenids: boolean }[]> {
  return sql(
    `SELECT "id", "events", "sees_openids" AS "seesOpenids" FROM "webhooks"
     WHERE "account_id" = $1::uuid AND "disabled_at" IS NULL AND "events" && $2::text[] ORDER BY "id"`,
    [accountId, events],
  );
}

/** What it takes to send to it; null when it is gone. */
export function findWebhookTarget(
  db: Db,
  id: string,
): Promise<{ url: string; secretSealed: string; allowPrivate: boolean; disabledAt: Date | null } | null> {
  return db.webhook.findUnique({
    where: { id },
    select: { url: true, secretSealed: true, allowPrivate: true, disabledAt: true },
  });
}

export type WebhookChange = Partial<
  Pick<WebhookDto, 'url' | 'events' | 'allowPrivate' | 'seesOpenids'> & {
    secretSealed: string;
    failingSince: Date | null;
    failures: number;
    disabledAt: Date | null;
    disabledReason: DisabledReason | null;
  }
>;

export async function changeWebhook(db: Db, id: string, change: WebhookChange): Promise<WebhookDto> {
  return toDto(await db.webhook.update({ where: { id }, data: change, select }));
}

export async function removeWebhook(db: Db, id: string): Promise<void> {
  await db.webhook.delete({ where: { id }, select: { id: true } });
}

export async function noteSuccess(db: Db, id: string): Promise<void> {
  await db.webhook.updateMany({
    where: { id, failingSince: { not: null } },
    data: { failingSince: null, failures: 0 },
  });
}

export async function noteFailure(db: Db, id: string, now: Date): Promise<void> {
  const failures = { increment: 1 };
  const { count } = await db.webhook.updateMany({
    where: { id, failingSince: null },
    data: { failingSince: now, failures },
  });
  if (count === 0) await db.webhook.updateMany({ where: { id }, data: { failures } });
}

/** @returns the webhook, if it was this call that switched it off */
export async function disableFailing(
  db: Db,
  id: string,
  { failingBefore, now }: { failingBefore: Date; now: Date },
): Promise<WebhookDto | null> {
  const { count } = await db.webhook.updateMany({
    where: { id, disabledAt: null, failingSince: { lte: failingBefore } },
    data: { disabledAt: now, disabledReason: 'failing' satisfies DisabledReason },
  });
  const row = count === 1 ? await db.webhook.findUnique({ where: { id }, select }) : null;
  return row && toDto(row);
}

function toDto({ failingSince, disabledAt, disabledReason, createdAt, events, ...row }: Row): WebhookDto {
  return {
    ...row,
    events: events as WebhookEvent[],
    enabled: disabledAt === null,
    disabledAt: disabledAt?.toISOString() ?? null,
    disabledReason: disabledReason as DisabledReason | null,
    failingSince: failingSince?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
