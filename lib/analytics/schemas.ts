import { z } from 'zod';
import { comparables, dimensions, figureNames, periods } from './types';

export const maxRangeDays = 3_660;
export const maxHourlyDays = 92;
export const maxCompared = 6;

const localDate = z.iso.date();
const placeName = z.string().trim().min(1).max(100);

/** What narrows the figures; all of it together. */
const filterFields = {
  campaignId: z.uuid().optional(),
  channelId: z.uuid().optional(),
  codeId: z.uuid().optional(),
  tagId: z.uuid().optional(),
  city: placeName.optional(),
  region: placeName.optional(),
};

export const filterSchema = z.strictObject(filterFields);
export type ScanFilter = z.output<typeof filterSchema>;

const rangeFields = { from: localDate.optional(), to: localDate.optional() };

export const summarySchema = z.strictObject({ ...rangeFields, ...filterFields });
export type SummaryInput = z.input<typeof summarySchema>;

export const seriesSchema = z.strictObject({
  ...rangeFields,
  ...filterFields,
  by: z.enum(periods).default('day'),
});
export type SeriesInput = z.input<typeof seriesSchema>;

export const breakdownSchema = z.strictObject({
  ...rangeFields,
  ...filterFields,
  by: z.enum(dimensions).default('campaign'),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});
export type BreakdownInput = z.input<typeof breakdownSchema>;

export const feedSchema = z.strictObject({
  codeId: z.uuid().optional(),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const reports = [
  'series',
  'breakdown',
  'compare',
  'heat',
  'hours',
  'funnel',
  'costs',
  'touches',
  'unscanned',
  'life',
  'wechat',
] as const;

/** What is asked of a chart's table; the rest of the query belongs to its service. */
export const csvQuerySchema = z.object({
  report: z.enum(reports),
  by: z.string().optional(),
  compare: z.enum(comparables).optional(),
  ids: z.string().max(400).optional(),
  figure: z.enum(figureNames).optional(),
});
export type CsvQuery = z.output<typeof csvQuerySchema>;
