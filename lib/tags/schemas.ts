import { z } from 'zod';
import { requiredLine } from '../one-line';
import { mostTagCharacters, mostTags, mostTagsOfCode } from './types';

export const tagNameSchema = requiredLine(mostTagCharacters);

/** The tags of a code by their names, each once; those that are missing are made. */
export const tagNamesSchema = z
  .array(tagNameSchema)
  .transform((names) => [...new Set(names)])
  .pipe(z.array(z.string()).max(mostTagsOfCode));

export const createTagSchema = z.strictObject({
  name: tagNameSchema,
  marksFollowers: z.boolean().default(false),
});
export type CreateTagInput = z.input<typeof createTagSchema>;

export const updateTagSchema = z.strictObject({ name: tagNameSchema, marksFollowers: z.boolean() }).partial();
export type UpdateTagInput = z.input<typeof updateTagSchema>;

/** `addNames`: as `add`, by name; those that are missing are made. */
export const tagCodesSchema = z.strictObject({
  codeIds: z.array(z.string()).min(1).max(1_000),
  add: z.array(z.string()).max(mostTags).default([]),
  addNames: tagNamesSchema.default([]),
  remove: z.array(z.string()).max(mostTags).default([]),
});
export type TagCodesInput = z.input<typeof tagCodesSchema>;

/** Left out: those of every tag. */
export const retryMarkingSchema = z.strictObject({ tagId: z.string().optional() });
export type RetryMarkingInput = z.input<typeof retryMarkingSchema>;
