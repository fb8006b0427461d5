import 'server-only';
import type { Context } from '../context';
import { getPrintableDesign } from '../designs/get-printable-design';
import { getPosterDrawing } from '../posters/get-poster-drawing';
import type { PosterPlacement } from '../posters/types';
import type { PrintDesignSettings, PrintFormat } from '../print/design-types';
import type { SheetLayout, SheetSettings } from '../print/sheet-types';
import { layOutZip, type ZipLayout } from '../zip/layout';
import type { Drawing } from './drawing';
import { MAX_NAME_BYTES } from './file-names';
import { layOutSheet } from './lay-out-sheet';
import type { ExportRow } from './store';
import { type ExportTable, type TableWidths, tablesOf } from './tables';
import type { ExportShape } from './types';

/** All that the bytes of an export follow from, but for its codes. */
export type Recipe = {
  id: string;
  accountId: string;
  shape: ExportShape;
  total: number;
  drawing: Drawing;
  /** How its pages are laid out; null for a ZIP. */
  sheet: SheetLayout | null;
  nameTemplate: string;
  timeZone: string;
  /** The account's date of when it was asked for. */
  createdOn: string;
  /** What the ZIP says of when its files were made, in the account's own time. */
  modifiedAt: Date;
  widths: TableWidths;
  tables: ExportTable[];
  layout: ZipLayout;
};

export async function toRecipe(ctx: Context, row: ExportRow): Promise<Recipe> {
  const design = row.design as PrintDesignSettings;
  const saved =
    design.logo === null || row.designId === null || row.designVersion === null
      ? null
      : await getPrintableDesign(ctx, row.accountId, row.designId, row.designVersion);
  const pinned = row.poster as { id: string; placement: PosterPlacement } | null;
  const poster = pinned && (await getPosterDrawing(ctx, row.accountId, pinned.id, pinned.placement));
  return {
    id: row.id,
    accountId: row.accountId,
    shape: row.shape,
    total: row.total,
    drawing: {
      format: row.format as PrintFormat,
      design,
      logo: saved?.logo ?? null,
      ...(poster ? { poster } : {}),
    },
    sheet: row.sheet === null ? null : layOutSheet(row.sheet as SheetSettings, design),
    nameTemplate: row.nameTemplate,
    timeZone: row.timeZone,
    createdOn: localMinute(row.createdAt, row.timeZone).slice(0, 10),
    modifiedAt: asLocalClock(row.createdAt, row.timeZone),
    widths: { manifestRowBytes: row.manifestRowBytes, mergeRowBytes: row.mergeRowBytes },
    tables: tablesOf(row),
    layout: toLayout(row),
  };
}

export function toLayout(places: TableWidths & { total: number; maxDataBytes: number }): ZipLayout {
  return layOutZip({
    count: places.total,
    maxDataBytes: places.maxDataBytes,
    maxNameBytes: MAX_NAME_BYTES,
    lastBytes: tablesOf(places).map(({ head, rowBytes }) => head.length + places.total * rowBytes),
  });
}

/** `2026-12-23 14:02`. */
export function localMinute(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(moment);
}

/** A ZIP keeps times without a zone: a moment whose UTC fields are those of the account's clock. */
function asLocalClock(moment: Date, timeZone: string): Date {
  return new Date(`${localMinute(moment, timeZone).replace(' ', 'T')}:00Z`);
}
