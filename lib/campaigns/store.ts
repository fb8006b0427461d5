import 'server-only';
import { Prisma } from '../db/generated/client';
import type { Db } from '../db/open-database';
import type { ArchivedFilter } from './schemas';

const select = {
  id: true,
  accountId: true,
  name: true,
  note: true,
  startsOn: true,
  endsOn: true,
  owner: { select: { id: true, name: true } },
  slotBudget: true,
  cost: true,
  slotsSpent: true,
  archivedAt: true,
  createdAt: true,
} satisfies Prisma.CampaignSelect;

export type CampaignRow = Prisma.CampaignGetPayload<{ select: typeof select }>;

export type CampaignValues = {
  name: string;
  note: string;
  startsOn: Date | null;
  endsOn: Date | null;
  slotBudget: number | null;
  cost: number | null;
};

export function insertCampaign(
  db: Db,
  campaign: CampaignValues & { accountId: string; ownerId: string | null },
): Promise<CampaignRow> {
  return db.campaign.create({ data: campaign, select });
}

export function findCampaignRow(db: Db, accountId: string, id: string): Promise<CampaignRow | null> {
  return db.campaign.findFirst({ where: { id, accountId }, select });
}

export async function findAccountOfCampaign(db: Db, id: string): Promise<string | null> {
  const row = await db.campaign.findUnique({ where: { id }, select: { accountId: true } });
  return row?.accountId ?? null;
}

export function changeCampaign(
  db: Db,
  id: string,
  change: Partial<CampaignValues> & { archivedAt?: Date | null },
): Promise<CampaignRow> {
  return db.campaign.update({ where: { id }, data: change, select });
}

/** Newest first. */
export function listCampaignRows(
  db: Db,
  accountId: string,
  query: {
    q?: string;
    archived: ArchivedFilter;
    after: { createdAt: Date; id: string } | null;
    take: number;
  },
): Promise<CampaignRow[]> {
  const { q, archived, after, take } = query;
  return db.campaign.findMany({
    where: {
      accountId,
      ...(archived === 'include' ? {} : { archivedAt: archived === 'only' ? { not: null } : null }),
      ...(q ? { name: { contains: q.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } } : {}),
      ...(after
        ? {
            OR: [
              { createdAt: { lt: after.createdAt } },
              { createdAt: after.createdAt, id: { lt: after.id } },
            ],
          }
        : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
    select,
  });
}

/** How many codes serve each campaign at `now`, archived codes left out. Walks the index of these campaigns only. */
export async function countCodesByCampaign(
  db: Db,
  campaignIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  if (campaignIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ campaign_id: string; codes: number }[]>(Prisma.sql`
    SELECT a."campaign_id"::text AS "campaign_id", count(*)::int AS "codes"
    FROM "assignments" a JOIN "codes" c ON c."id" = a."code_id" AND c."archived_at" IS NULL
    WHERE a."campaign_id" IN (${Prisma.join(campaignIds.map((id) => Prisma.sql`${id}::uuid`))})
      AND a."from_at" <= ${now}
      AND NOT EXISTS (
        SELECT 1 FROM "assignments" later
        WHERE later."code_id" = a."code_id" AND later."from_at" > a."from_at" AND later."from_at" <= ${now})
    GROUP BY a."campaign_id"`);
  return new Map(rows.map(({ campaign_id, codes }) => [campaign_id, codes]));
}

export function findCampaignNames(
  db: Db,
  accountId: string,
  names: string[],
  ids: string[],
): Promise<{ id: string; name: string }[]> {
  return db.campaign.findMany({
    where: { accountId, OR: [{ name: { in: names } }, { id: { in: ids } }] },
    select: { id: true, name: true },
  });
}
