import type { PrintDesignSettings } from '../print/design-types';
import type { SheetSettings } from '../print/sheet-types';
import type { DesignRow } from './store';
import type { PrintDesignDto } from './types';

/** The columns hold what the schemas of lib/print gave when they were written. */
export const toSettings = (column: unknown) => column as PrintDesignSettings;
export const toSheet = (column: unknown) => column as SheetSettings | null;

export function toDesignDto(row: DesignRow): PrintDesignDto {
  return {
    ...row,
    settings: toSettings(row.settings),
    sheet: toSheet(row.sheet),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
