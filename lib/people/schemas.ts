import { z } from 'zod';
import { locales } from '../i18n/locales';
import { isCommonPassword } from './common-passwords';
import { userRoles } from './types';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

export const emailSchema = z.string().trim().toLowerCase().min(1).max(254).pipe(z.email());

export const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .superRefine((text, ctx) => {
    if (/\p{Cc}/u.test(text)) ctx.addIssue({ code: 'custom', params: { code: 'controlCharacters' } });
  });

export const newPasswordSchema = z.string().superRefine((text, ctx) => {
  if (text.length < PASSWORD_MIN) {
    ctx.addIssue({ code: 'custom', params: { code: 'passwordTooShort', min: PASSWORD_MIN } });
  } else if (text.length > PASSWORD_MAX) {
    ctx.addIssue({ code: 'custom', params: { code: 'tooLong', max: PASSWORD_MAX } });
  } else if (isCommonPassword(text)) {
    ctx.addIssue({ code: 'custom', params: { code: 'passwordTooCommon' } });
  }
});

export const signInSchema = z.object({
  email: z.string().trim().toLowerCase().min(1).max(254),
  // Bounded, since the work of hashing grows with it; not judged, since it was judged when it was chosen.
  password: z.string().min(1).max(PASSWORD_MAX),
});

/** What a link asks for: nothing to sign in, a password for a reset, a name besides for an invitation. */
export const spendLinkSchema = z.object({
  email: z.string().max(254).optional(),
  name: z.string().max(200).optional(),
  password: z.string().max(1000).optional(),
});

export const firstAdminSchema = z.object({
  email: emailSchema,
  name: personNameSchema,
  password: newPasswordSchema,
});

export const invitationAnswerSchema = z.object({ name: personNameSchema, password: newPasswordSchema });

export const passwordResetSchema = z.object({ password: newPasswordSchema });

const accessShape = {
  role: z.enum(userRoles),
  /** An admin sees every account, whatever is said here. */
  allAccounts: z.boolean().default(false),
  accountIds: z.array(z.uuid()).max(1000).default([]),
};

export const invitePersonSchema = z.object({ email: emailSchema, name: personNameSchema, ...accessShape });

export const personIdSchema = z.object({ personId: z.string() });

export const updateAccessSchema = z.object({ personId: z.string(), ...accessShape });

export const seesOpenidsSchema = z.object({ personId: z.string(), seesOpenids: z.boolean() });

export const sessionIdSchema = z.object({ sessionId: z.string() });

export const updateProfileSchema = z.object({
  name: personNameSchema,
  locale: z.enum(locales).nullable().optional(),
});

export const changePasswordSchema = z.object({
  /** Left out only by who has none yet. */
  oldPassword: z.string().max(PASSWORD_MAX).optional(),
  newPassword: newPasswordSchema,
});
