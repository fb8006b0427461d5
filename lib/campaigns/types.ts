export type CampaignDto = {
  id: string;
  accountId: string;
  name: string;
  note: string;
  /** Local dates of the account, "2026-12-23", both included; null: open. */
  startsOn: string | null;
  endsOn: string | null;
  /** Who made it; null when it was an API key or somebody since removed. */
  owner: { id: string; name: string } | null;
  /** Permanent slots that it may spend; null: no bound. */
  slotBudget: number | null;
  /** Money spent on it, for the cost of a follower; null: not said. */
  cost: number | null;
  /** Permanent slots that were reserved for it. A code that is handed on to another campaign stays counted here. */
  slotsSpent: number;
  /** ISO 8601 UTC, as all moments. */
  archivedAt: string | null;
  createdAt: string;
  /** Codes that serve it now, archived ones left out. */
  codeCount: number;
};

export type CampaignPageDto = { items: CampaignDto[]; nextCursor: string | null };

export type CampaignStatus = 'planned' | 'active' | 'ended' | 'archived';

/** @param today  local date of the account, "2026-12-23" */
export function campaignStatus(
  { startsOn, endsOn, archivedAt }: Pick<CampaignDto, 'startsOn' | 'endsOn' | 'archivedAt'>,
  today: string,
): CampaignStatus {
  if (archivedAt) return 'archived';
  if (startsOn && today < startsOn) return 'planned';
  if (endsOn && today > endsOn) return 'ended';
  return 'active';
}
