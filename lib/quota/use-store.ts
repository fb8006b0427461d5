import 'server-only';
import type { Db } from '../db/open-database';
import { forecastDays, type Pace } from './forecast';

/** How fast this app has taken slots. What came from elsewhere was spent there, at a time that nobody knows. */
export async function readPace(db: Db, accountId: string, now: Date): Promise<Pace> {
  const since = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const rows = await db.$queryRaw<
    { first_at: Date | null; short: number; usual: number; long: number; used_days: number }[]
  >`
    SELECT min(s."taken_at") AS "first_at",
      count(*) FILTER (WHERE s."taken_at" > ${since(forecastDays.short)})::int AS "short",
      count(*) FILTER (WHERE s."taken_at" > ${since(forecastDays.usual)})::int AS "usual",
      count(*) FILTER (WHERE s."taken_at" > ${since(forecastDays.long)})::int AS "long",
      count(DISTINCT s."taken_at"::date) FILTER (WHERE s."taken_at" > ${since(forecastDays.long)})::int AS "used_days"
    FROM "permanent_scenes" s
    WHERE s."account_id" = ${accountId}::uuid AND s."state" <> 'external' AND s."external_until" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "codes" c
        WHERE c."account_id" = ${accountId}::uuid AND c."origin" = 'imported' AND c."permanent_scene_id" = s."id")`;
  const [row] = rows;
  return {
    firstAt: row?.first_at ?? null,
    taken: { short: row?.short ?? 0, usual: row?.usual ?? 0, long: row?.long ?? 0 },
    usedDays: row?.used_days ?? 0,
  };
}

/** Slots by the campaign that they were first spent for, most first; a counter that triggers keep. */
export async function findCampaignUse(
  db: Db,
  accountId: string,
  take: number,
): Promise<{ id: string; name: string; slots: number; budget: number | null }[]> {
  const rows = await db.campaign.findMany({
    where: { accountId, slotsSpent: { gt: 0 } },
    orderBy: [{ slotsSpent: 'desc' }, { id: 'asc' }],
    take,
    select: { id: true, name: true, slotsSpent: true, slotBudget: true },
  });
  return rows.map(({ id, name, slotsSpent, slotBudget }) => ({
    id,
    name,
    slots: slotsSpent,
    budget: slotBudget,
  }));
}

/** Permanent codes by who made them, most first. Somebody who has left is known by the name they had. */
export function findPersonUse(
  db: Db,
  accountId: string,
  take: number,
): Promise<{ id: string | null; name: string; slots: number }[]> {
  return db.$queryRaw<{ id: string | null; name: string; slots: number }[]>`
    SELECT u."id"::text AS "id", coalesce(u."name", p."name") AS "name", p."slots" FROM (
      SELECT "created_by_id", CASE WHEN "created_by_id" IS NULL THEN "created_by_name" END AS "name", count(*)::int AS "slots"
      FROM "codes" WHERE "account_id" = ${accountId}::uuid AND "kind" = 'permanent' AND "origin" = 'made'
      GROUP BY 1, 2
    ) p LEFT JOIN "users" u ON u."id" = p."created_by_id"
    ORDER BY p."slots" DESC, "name" LIMIT ${take}::int`;
}
