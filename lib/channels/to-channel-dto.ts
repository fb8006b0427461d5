import type { ChannelRow } from './store';
import type { ChannelDto } from './types';

export function toChannelDto(row: ChannelRow, codeCount: number): ChannelDto {
  return {
    id: row.id,
    accountId: row.accountId,
    number: row.number,
    name: row.name,
    city: row.city,
    region: row.region,
    columns: toColumns(row.columns),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    codeCount,
  };
}

function toColumns(json: unknown): Record<string, string> {
  if (typeof json !== 'object' || json === null) return {};
  return Object.fromEntries(Object.entries(json).map(([name, text]) => [name, String(text)]));
}
