import { z } from 'zod';
import { labelStocks } from './label-stocks';
import { pageNames, type SheetSettings } from './sheet-types';

/** The limits of each number alone; `planSheet` says whether a design goes onto the sheet. */
export const sheetBounds = {
  columns: { min: 1, max: 20 },
  rows: { min: 1, max: 40 },
  marginMm: { min: 0, max: 60 },
  gapMm: { min: 0, max: 60 },
  bleedMm: { min: 0, max: 5 },
  startAt: { min: 1, max: 800 },
  copies: { min: 1, max: 100 },
} as const;

const bounded = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max);

const commonFields = {
  cropMarks: z.boolean().default(false),
  bleedMm: bounded(sheetBounds.bleedMm).default(0),
  startAt: bounded(sheetBounds.startAt).int().default(1),
  copies: bounded(sheetBounds.copies).int().default(1),
};

export const sheetSettingsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stock'), stock: z.enum(labelStocks.map(({ id }) => id)), ...commonFields }),
  z.object({
    kind: z.literal('grid'),
    page: z.enum(pageNames),
    columns: bounded(sheetBounds.columns).int(),
    rows: bounded(sheetBounds.rows).int(),
    marginMm: bounded(sheetBounds.marginMm).default(10),
    gapMm: bounded(sheetBounds.gapMm).default(5),
    ...commonFields,
  }),
  z.object({ kind: z.literal('single'), ...commonFields }),
]) satisfies z.ZodType<SheetSettings>;

export const sheetDefaults: SheetSettings = {
  kind: 'grid',
  page: 'a4',
  columns: 3,
  rows: 4,
  marginMm: 10,
  gapMm: 5,
  cropMarks: true,
  bleedMm: 0,
  startAt: 1,
  copies: 1,
};
