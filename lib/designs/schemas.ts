import { z } from 'zod';
import { archivedFilters } from '../campaigns/schemas';
import { oneLine, requiredLine } from '../one-line';
import { designSettingsSchema } from '../print/design-schemas';
import { sheetSettingsSchema } from '../print/sheet-schemas';

export const MAX_DESIGN_NAME = 100;

export const createDesignSchema = z.strictObject({
  name: requiredLine(MAX_DESIGN_NAME),
  settings: designSettingsSchema,
  sheet: sheetSettingsSchema.nullable().default(null),
});
export type CreateDesignInput = z.input<typeof createDesignSchema>;

/** What is left out stays as it is; `version` is the one that the edit began with. */
export const updateDesignSchema = z.strictObject({
  version: z.int().min(1),
  name: requiredLine(MAX_DESIGN_NAME).optional(),
  settings: designSettingsSchema.optional(),
  sheet: sheetSettingsSchema.nullable().optional(),
});
export type UpdateDesignInput = z.input<typeof updateDesignSchema>;

export const listDesignsSchema = z.strictObject({
  q: oneLine(MAX_DESIGN_NAME).optional(),
  archived: z.enum(archivedFilters).default('exclude'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1_000).optional(),
});
export type ListDesignsInput = z.input<typeof listDesignsSchema>;
