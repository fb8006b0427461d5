import { z } from 'zod';
import { scanEventKinds } from './types';

export const listScansSchema = z.strictObject({
  codeId: z.uuid().optional(),
  event: z.enum(scanEventKinds).optional(),
  known: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListScansInput = z.input<typeof listScansSchema>;

export const updatePushSettingsSchema = z.strictObject({
  eventRetentionDays: z.number().int().min(30).max(3660).optional(),
  asksUserInfo: z.boolean().optional(),
});
export type UpdatePushSettingsInput = z.input<typeof updatePushSettingsSchema>;

const integer = z.number().int().min(1).max(4_294_967_295);
export const setAsideSchema = z.union([
  z.strictObject({ prefix: z.string().min(1).max(64) }),
  z.strictObject({ fromId: integer, toId: integer }).refine(({ fromId, toId }) => fromId <= toId),
]);
export type SetAsideInput = z.input<typeof setAsideSchema>;

export const forgetPersonSchema = z.strictObject({ openid: z.string().trim().min(1).max(128) });
export type ForgetPersonInput = z.input<typeof forgetPersonSchema>;

export const askRecountSchema = z.strictObject({ reason: z.enum(['replay', 'check']) });
export type AskRecountInput = z.input<typeof askRecountSchema>;
