import { z } from 'zod';
import { locales } from '../i18n/locales';
import { oneLine, requiredLine } from '../one-line';
import { emailSchema } from '../people/schemas';
import { notificationKinds, senderKinds } from './types';

export const listNotificationsSchema = z.object({
  unread: z.boolean().default(false),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export const notificationIdSchema = z.object({ notificationId: z.string() });
export const senderIdSchema = z.object({ senderId: z.string() });

const shared = {
  name: requiredLine(60),
  enabled: z.boolean().default(true),
  kinds: z.array(z.enum(notificationKinds)).max(notificationKinds.length),
  locale: z.enum(locales),
};

const addressSchema = oneLine(2_000).superRefine((text, issues) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url !== null && ['https:', 'http:'].includes(url.protocol) && !url.username && !url.password;
  if (!isWeb) issues.addIssue({ code: 'custom', params: { code: 'url' } });
});

/**
 * E-mail or the robot of a group. Of a robot that is changed, an address or a secret left out stays as it is, and a
 * secret of null goes.
 */
export const saveSenderSchema = z.discriminatedUnion('kind', [
  z.object({
    ...shared,
    kind: z.literal('email'),
    fromAddress: emailSchema,
    recipients: z.array(emailSchema).min(1).max(50),
  }),
  z.object({
    ...shared,
    kind: z.enum(senderKinds).exclude(['email']),
    address: addressSchema.optional(),
    secret: oneLine(200).nullish(),
    allowPrivate: z.boolean().default(false),
  }),
]);

export type SaveSenderInput = z.output<typeof saveSenderSchema>;

export const updateSenderSchema = z.object({ senderId: z.string(), sender: saveSenderSchema });
