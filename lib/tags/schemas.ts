import { z } from 'zod';
import { requiredLine } from '../one-line';

/** WeChat takes 30 characters too. */
const nameSchema = requiredLine(30);

export const createTagSchema = z.strictObject({
  name: nameSchema,
  marksFollowers: z.boolean().default(false),
});
export type CreateTagInput = z.input<typeof createTagSchema>;

export const updateTagSchema = z.strictObject({ name: nameSchema, marksFollowers: z.boolean() }).partial();
export type UpdateTagInput = z.input<typeof updateTagSchema>;

export const tagCodesSchema = z.strictObject({
  codeIds: z.array(z.string()).min(1).max(1_000),
  add: z.array(z.string()).max(100).default([]),
  remove: z.array(z.string()).max(100).default([]),
});
export type TagCodesInput = z.input<typeof tagCodesSchema>;
