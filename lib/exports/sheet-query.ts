import type { SheetSettings } from '../print/sheet-types';
import type { ExportQueryInput } from './schemas';

/** What an export is asked for with, so that it is made on this very sheet whatever its design says. */
export function toSheetQuery(sheet: SheetSettings): Partial<ExportQueryInput> {
  const { bleedMm, cropMarks, startAt, copies } = sheet;
  const common = { bleed: bleedMm, crop: cropMarks ? '1' : '0', start: startAt, copies } as const;
  switch (sheet.kind) {
    case 'single':
      return { sheet: 'single', ...common };
    case 'stock':
      return { sheet: sheet.stock, ...common };
    case 'grid': {
      const { page, columns, rows, marginMm, gapMm } = sheet;
      return { sheet: page, columns, rows, margin: marginMm, gap: gapMm, ...common };
    }
  }
}
