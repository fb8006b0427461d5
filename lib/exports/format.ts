import type { ExportShape } from './types';

/** The name under which an export is saved: `qudao-2026-11-24-1200-codes.zip`. @param day  YYYY-MM-DD of the account */
export function toExportFileName({
  as,
  total,
  day,
}: {
  as: ExportShape;
  total: number;
  day: string;
}): string {
  return `qudao-${day}-${total}-codes.${as}`;
}

export const exportContentTypes: Readonly<Record<ExportShape, string>> = {
  zip: 'application/zip',
  pdf: 'application/pdf',
};
