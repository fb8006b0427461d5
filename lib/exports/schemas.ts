import { z } from 'zod';
import { type CodeFilter, filterCodesSchema } from '../codes/schemas';
import { designBounds } from '../print/design-schemas';
import { printFormats } from '../print/design-types';
import { sheetBounds } from '../print/sheet-schemas';
import { errorCorrections } from '../qr';
import { defaultNameTemplate, unknownNameParts } from './file-names';
import { exportMerges, exportShapes, exportStates } from './types';

const bounded = ({ min, max }: { min: number; max: number }) => z.coerce.number().min(min).max(max);

const ids = z.array(z.string()).min(1).max(100_000);
/** In an address: one after the other, with commas between. */
const idsInAddress = z
  .string()
  .transform((text) => text.split(',').map((id) => id.trim()))
  .pipe(ids);

const nameTemplateSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .superRefine((template, issues) => {
    for (const name of unknownNameParts(template)) {
      issues.addIssue({ code: 'custom', params: { code: 'captionPlaceholder', name } });
    }
  });

/**
 * What an export is asked for with, in an address as in a body: which codes (the filter of the list, or `ids`), and how they are
 * drawn. Size, resolution, level and quiet zone go before those of the design.
 */
export const exportQuerySchema = filterCodesSchema.extend({
  ids: z.union([idsInAddress, ids]).optional(),
  as: z.enum(exportShapes).default('zip'),
  format: z.enum(printFormats).default('png'),
  design: z.string().optional(),
  mm: bounded(designBounds.sizeMm).optional(),
  dpi: bounded(designBounds.dotsPerInch).int().optional(),
  ec: z.enum(errorCorrections).optional(),
  quiet: bounded(designBounds.quietZoneModules).int().optional(),
  /** `single`, `a4`, `a3`, `sra3`, `letter`, or the number of a label stock. */
  sheet: z.string().max(40).optional(),
  /** Of the sheet, before what it or the design says: a grid's own, then what every sheet has. */
  columns: bounded(sheetBounds.columns).int().optional(),
  rows: bounded(sheetBounds.rows).int().optional(),
  margin: bounded(sheetBounds.marginMm).optional(),
  gap: bounded(sheetBounds.gapMm).optional(),
  bleed: bounded(sheetBounds.bleedMm).optional(),
  crop: z.enum(['0', '1']).optional(),
  start: bounded(sheetBounds.startAt).int().optional(),
  copies: bounded(sheetBounds.copies).int().optional(),
  /** A finished poster; each file is that page with one code. */
  poster: z.string().optional(),
  /** A table for variable data beside the manifest, with the pictures by their names. */
  merge: z.enum(exportMerges).optional(),
  name: nameTemplateSchema.default(defaultNameTemplate),
  /** The deliberate yes to printing codes that expire. */
  temporary: z.literal('ok').optional(),
  /** A date of the account: codes that expire before it are left out, and named. */
  usableUntil: z.iso.date().optional(),
});
export type ExportQueryInput = z.input<typeof exportQuerySchema>;
export type ExportQuery = z.output<typeof exportQuerySchema>;

/** Which codes it asks for, where it names none by its id. */
export function filterOf(query: ExportQuery): CodeFilter {
  const names = Object.keys(filterCodesSchema.shape) as (keyof CodeFilter)[];
  return Object.fromEntries(names.map((name) => [name, query[name]]));
}

export const listExportsSchema = z.strictObject({
  state: z.enum(exportStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2_000).optional(),
});
export type ListExportsInput = z.input<typeof listExportsSchema>;

/** A link for the print shop. */
export const shareExportSchema = z.strictObject({
  days: z.number().int().min(1).max(90),
  password: z.string().min(6).max(200).optional(),
  note: z.string().trim().max(100).default(''),
});
export type ShareExportInput = z.input<typeof shareExportSchema>;

export const retentionDaysSchema = z.number().int().min(1).max(365);
