import { z } from 'zod';

/** An http or https address without a user name or password; whether http will do, its user says. */
export const webAddressSchema = z
  .string()
  .trim()
  .max(2000)
  .superRefine((text, ctx) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
      ctx.addIssue({ code: 'custom', params: { code: 'webAddress' } });
    }
  });
