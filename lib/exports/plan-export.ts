import 'server-only';
import { getAccount } from '../accounts/get-account';
import { selectCodes } from '../codes/select-codes';
import type { Selection } from '../codes/selection-types';
import type { Context } from '../context';
import { getPrintableDesign } from '../designs/get-printable-design';
import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { getPosterDrawing } from '../posters/get-poster-drawing';
import { onPoster } from '../posters/on-poster';
import { designBounds, designDefaults, designSettingsSchema } from '../print/design-schemas';
import type { PrintDesignSettings } from '../print/design-types';
import type { SheetSettings } from '../print/sheet-types';
import type { Drawing } from './drawing';
import { readSheetSettings } from './lay-out-sheet';
import { manifestRowBytes } from './manifest';
import { mergeRowBytes } from './merge';
import { localMinute } from './recipe';
import { type ExportQuery, type ExportQueryInput, exportQuerySchema, filterOf } from './schemas';
import { readNameWidths } from './store';
import type { TableWidths } from './tables';

/** An export that was asked for, checked, and not yet begun. */
export type ExportPlan = {
  query: ExportQuery;
  selection: Selection;
  drawing: Drawing;
  /** For pages; null: a ZIP. */
  sheet: SheetSettings | null;
  saved: { id: string; version: number; name: string; sheet: SheetSettings | null } | null;
  timeZone: string;
  widths: TableWidths;
};

/**
 * Reads what an export is asked for: which codes can be printed and which cannot, and how they would be drawn.
 *
 * @throws AppError VALIDATION_FAILED | NOT_FOUND
 */
export async function planExport(
  ctx: Context,
  accountId: string,
  input: ExportQueryInput,
): Promise<ExportPlan> {
  authorise(ctx, 'viewer', accountId);
  const query = parseInput(exportQuerySchema, input);
  if (query.merge && (query.as !== 'zip' || query.poster !== undefined)) {
    throw invalidField('merge', 'notWithIt', 'a data merge is of symbols in a ZIP');
  }
  const { timeZone } = await getAccount(ctx, accountId);
  const { ids } = query;
  const usableUntil = query.usableUntil === undefined ? null : startOfDay(query.usableUntil, timeZone);
  const choice = ids === undefined ? { ids: null, filter: filterOf(query) } : { ids };
  const selection = await selectCodes(ctx, accountId, choice, usableUntil);
  const saved = query.design === undefined ? null : await getPrintableDesign(ctx, accountId, query.design);
  const poster = query.poster === undefined ? null : await getPosterDrawing(ctx, accountId, query.poster);
  const own = changed(saved?.settings ?? designDefaults, query);
  const design = parseInput(designSettingsSchema, poster ? onPoster(own, poster.placement) : own);
  const names = await readNameWidths(ctx.db, accountId);
  return {
    query,
    selection,
    drawing: {
      format: query.as === 'pdf' || poster ? 'pdf' : query.format,
      design: selection.temporary > 0 ? withExpiry(design) : design,
      logo: saved?.logo ?? null,
      ...(poster ? { poster } : {}),
    },
    sheet: query.as === 'pdf' ? readSheetSettings(query, saved?.sheet ?? null) : null,
    saved,
    timeZone,
    widths: {
      manifestRowBytes: manifestRowBytes({ ...selection.widths, ...names }),
      mergeRowBytes: query.merge ? mergeRowBytes({ ...selection.widths, ...names }) : null,
    },
  };
}

/** @throws AppError TEMPORARY_NOT_CONFIRMED | CODE_NOT_ISSUED | CODE_EXPIRED */
export function requirePrintable({ query, selection }: ExportPlan): void {
  const { printable, temporary, leftOut } = selection;
  if (temporary > 0 && query.temporary !== 'ok') {
    throw new AppError('TEMPORARY_NOT_CONFIRMED', `${temporary} codes are temporary; wanted: temporary=ok`, {
      count: temporary,
    });
  }
  if (printable > 0) return;
  if (leftOut.expired > 0 && leftOut.notIssued === 0) {
    throw new AppError('CODE_EXPIRED', 'every code of the choice has expired', { leftOut });
  }
  if (leftOut.notIssued + leftOut.expiring > 0) {
    throw new AppError('CODE_NOT_ISSUED', 'no code of the choice can be printed', { leftOut });
  }
  throw invalidField('filter', 'nothingFound', 'no code is found');
}

function changed(design: PrintDesignSettings, { mm, dpi, ec, quiet }: ExportQuery): PrintDesignSettings {
  return {
    ...design,
    sizeMm: mm ?? design.sizeMm,
    dotsPerInch: dpi ?? design.dotsPerInch,
    errorCorrection: ec ?? design.errorCorrection,
    quietZoneModules: quiet ?? design.quietZoneModules,
  };
}

/** A print outlives a temporary code: when it ends stands below it, whatever the design says, and pushes out no other line. */
function withExpiry(design: PrintDesignSettings): PrintDesignSettings {
  const { caption } = design;
  if (caption?.template.includes('{expires}')) return design;
  if (caption !== null) {
    const maxLines = Math.min(designBounds.captionLines.max, caption.maxLines + 1);
    return { ...design, caption: { ...caption, maxLines } };
  }
  const textMm = Math.max(1.2, Math.min(3, Math.round(design.sizeMm * 0.6) / 10));
  return { ...design, caption: { template: '', textMm, maxLines: 1 } };
}

export function idAt(ids: Uint8Array, at: number): string {
  const hex = Buffer.from(ids.buffer, ids.byteOffset + at * 16, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Midnight of a date in a time zone. */
function startOfDay(date: string, timeZone: string): Date {
  const asUtc = new Date(`${date}T00:00:00Z`);
  const shown = new Date(`${localMinute(asUtc, timeZone).replace(' ', 'T')}:00Z`);
  return new Date(2 * asUtc.getTime() - shown.getTime());
}
