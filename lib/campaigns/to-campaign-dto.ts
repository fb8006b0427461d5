import type { CampaignRow } from './store';
import type { CampaignDto } from './types';

export const toLocalDate = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;

export const toDateColumn = (date: string | null) => (date === null ? null : new Date(`${date}T00:00:00Z`));

export function toCampaignDto(row: CampaignRow, codeCount: number): CampaignDto {
  return {
    id: row.id,
    accountId: row.accountId,
    name: row.name,
    note: row.note,
    startsOn: toLocalDate(row.startsOn),
    endsOn: toLocalDate(row.endsOn),
    owner: row.owner,
    slotBudget: row.slotBudget,
    cost: row.cost === null ? null : Number(row.cost),
    slotsSpent: row.slotsSpent,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    codeCount,
  };
}
