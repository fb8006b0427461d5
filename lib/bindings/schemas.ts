import { z } from 'zod';
import { requiredLine } from '../one-line';

const maxExpireSeconds = 2_592_000;
/** Long enough to take the phone out, short enough that a photograph of the symbol is soon worth nothing. */
export const defaultExpireSeconds = 600;

const externalUserIdSchema = requiredLine(200);

/** Loopback for who develops; everything else encrypted. */
function isReturnable(url: URL): boolean {
  const isLoopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
}

function parseReturnable(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && isReturnable(url) && url.username === '' && url.password === '' ? url : null;
}

const returnUrlSchema = z
  .string()
  .trim()
  .max(2_000)
  .transform((text, issues) => {
    const url = parseReturnable(text);
    if (url) return url.href;
    const message = 'wanted: an address that begins with https://';
    issues.addIssue({ code: 'custom', message, params: { code: 'webAddress' } });
    return z.NEVER;
  });

export const createBindingSchema = z.strictObject({
  externalUserId: externalUserIdSchema,
  expireSeconds: z.int().min(1).max(maxExpireSeconds).default(defaultExpireSeconds),
  returnUrl: returnUrlSchema.nullish().transform((url) => url ?? null),
});
export type CreateBindingInput = z.input<typeof createBindingSchema>;

/** Scheme, host and port, and nothing behind them. */
const originSchema = z
  .string()
  .trim()
  .max(300)
  .transform((text, issues) => {
    const url = parseReturnable(text);
    if (url && url.pathname === '/' && url.search === '' && url.hash === '') return url.origin;
    const message = 'wanted: scheme and host, such as https://crm.example.com';
    issues.addIssue({ code: 'custom', message, params: { code: 'originWanted' } });
    return z.NEVER;
  });

export const setReturnOriginsSchema = z.strictObject({
  origins: z
    .array(originSchema)
    .max(50)
    .transform((origins) => [...new Set(origins)]),
});
export type SetReturnOriginsInput = z.input<typeof setReturnOriginsSchema>;

export const listBindingsSchema = z.strictObject({
  externalUserId: externalUserIdSchema.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListBindingsInput = z.input<typeof listBindingsSchema>;
