import 'server-only';
import type { Db } from '../db/open-database';
import { shownInLists } from './list-store';

/**
 * Takes one account whose codes have not been looked through for a day.
 *
 * @returns from when on its codes have not been told of; null where every account has been looked through
 */
export async function claimExpiryRound(
  tx: Db,
  round: { now: Date; until: Date; toldBefore: Date },
): Promise<{ accountId: string; from: Date } | null> {
  const rows = await tx.$queryRaw<{ accountId: string; from: Date | null }[]>`
    SELECT "id"::text AS "accountId", "expiry_told_until" AS "from" FROM "official_accounts"
    WHERE "expiry_told_until" IS NULL OR "expiry_told_until" <= ${round.toldBefore}
    ORDER BY "id" LIMIT 1 FOR UPDATE SKIP LOCKED`;
  const [row] = rows;
  if (!row) return null;
  await tx.officialAccount.update({
    where: { id: row.accountId },
    data: { expiryToldUntil: round.until },
    select: { id: true },
  });
  return { accountId: row.accountId, from: row.from && row.from > round.now ? row.from : round.now };
}

export type ExpiringGroup = {
  campaignId: string | null;
  campaign: string | null;
  count: number;
  firstAt: Date;
};

/** Issued temporary codes that expire after `from` and no later than `until`, by the campaign that they serve now. */
export function countExpiringByCampaign(
  tx: Db,
  accountId: string,
  window: { from: Date; until: Date; longerThanSeconds: number },
): Promise<ExpiringGroup[]> {
  return tx.$queryRaw<ExpiringGroup[]>`
    SELECT s."campaign_id"::text AS "campaignId", g."name" AS "campaign", count(*)::int AS "count",
      min(c."expires_at") AS "firstAt"
    FROM "codes" c
    LEFT JOIN LATERAL (
      SELECT a."campaign_id" FROM "assignments" a WHERE a."code_id" = c."id" AND a."from_at" <= now()
      ORDER BY a."from_at" DESC LIMIT 1
    ) s ON true
    LEFT JOIN "campaigns" g ON g."id" = s."campaign_id"
    WHERE c."account_id" = ${accountId}::uuid AND c."status" = 'issued' AND c."archived_at" IS NULL AND ${shownInLists}
      AND coalesce(c."expires_at", 'infinity'::timestamptz) > ${window.from}
      AND coalesce(c."expires_at", 'infinity'::timestamptz) <= ${window.until}
      AND c."expire_seconds" > ${window.longerThanSeconds}
    GROUP BY s."campaign_id", g."name" ORDER BY min(c."expires_at")`;
}
