import { z } from 'zod';
import { oneLine, requiredLine } from '../one-line';

export const MAX_COLUMNS = 30;

const columns = z.record(requiredLine(64), oneLine(500)).superRefine((record, issues) => {
  if (Object.keys(record).length > MAX_COLUMNS) {
    issues.addIssue({
      code: 'custom',
      message: `at most ${MAX_COLUMNS} columns`,
      params: { code: 'tooMany', max: MAX_COLUMNS },
    });
  }
});

const fields = {
  number: requiredLine(64),
  name: requiredLine(200),
  city: oneLine(100),
  region: oneLine(100),
  columns,
};

export const createChannelSchema = z.strictObject({
  ...fields,
  city: fields.city.default(''),
  region: fields.region.default(''),
  columns: columns.default({}),
});
export type CreateChannelInput = z.input<typeof createChannelSchema>;

/** What is left out stays as it is; `columns` is replaced as a whole. */
export const updateChannelSchema = z.strictObject(fields).partial();
export type UpdateChannelInput = z.input<typeof updateChannelSchema>;

export const channelNumberSchema = z.strictObject({ number: fields.number });

/** The number stands in the address. Of a channel that is there already, what is left out stays as it is. */
export const putChannelSchema = z.strictObject({
  name: fields.name,
  city: fields.city.optional(),
  region: fields.region.optional(),
  columns: columns.optional(),
});
export type PutChannelInput = z.input<typeof putChannelSchema>;

export const archivedFilters = ['exclude', 'only', 'include'] as const;
export type ArchivedFilter = (typeof archivedFilters)[number];

export const listChannelsSchema = z.strictObject({
  q: oneLine(200).optional(),
  archived: z.enum(archivedFilters).default('exclude'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
});
export type ListChannelsInput = z.input<typeof listChannelsSchema>;
