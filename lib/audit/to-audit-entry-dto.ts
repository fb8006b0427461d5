import type { AuditEntryRow } from './store';
import type { AuditEntryDto } from './types';

export function toAuditEntryDto(row: AuditEntryRow): AuditEntryDto {
  const { details } = row;
  const isObject = typeof details === 'object' && details !== null && !Array.isArray(details);
  return {
    ...row,
    id: row.id.toString(),
    at: row.at.toISOString(),
    details: isObject ? { ...details } : {},
  };
}
