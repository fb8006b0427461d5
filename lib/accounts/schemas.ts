import { z } from 'zod';
import { connectionRounds, pushModes, type SceneRange, tokenSources } from './types';

export const maxPermanentCap = 1_000_000;
export const maxSceneId = 100_000;
const maxSceneStrBytes = 64;

const own = (code: string, params: Record<string, string | number> = {}) => ({ params: { code, ...params } });
const loopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !/\p{Cc}/u.test(text), own('controlCharacters'));

/** Real ones are wx and 16 hex digits; test accounts and stand-ins have others. */
const appIdSchema = z
  .string()
  .trim()
  .refine((text) => /^[A-Za-z0-9_-]{6,64}$/.test(text), own('appId'));

const appSecretSchema = z
  .string()
  .trim()
  .refine((text) => /^[\x21-\x7e]{1,128}$/.test(text), own('appSecret'));

/** Secrets travel to it: https, or this machine itself. */
const remoteTokenUrlSchema = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || url.username || url.password) return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
  }, own('httpsUrl'));

const headerNameSchema = z
  .string()
  .trim()
  .refine((text) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(text), own('headerName'));

const headerValueSchema = z
  .string()
  .trim()
  .refine((text) => /^[\x20-\x7e]{1,4000}$/.test(text), own('headerValue'));

const pushTokenSchema = z
  .string()
  .trim()
  .refine((text) => /^[A-Za-z0-9]{3,32}$/.test(text), own('token'));

/** 43 letters and digits always hold 32 bytes. WeChat's keys do not survive being encoded again, so that is no check. */
const encodingAesKeySchema = z
  .string()
  .trim()
  .refine((text) => /^[A-Za-z0-9]{43}$/.test(text), own('encodingAesKey'));

export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

const timeZoneSchema = z.string().trim().refine(isTimeZone, own('timeZone'));

const sceneIdSchema = z
  .number()
  .refine(
    (id) => Number.isInteger(id) && id >= 1 && id <= maxSceneId,
    own('sceneIdRange', { min: 1, max: maxSceneId }),
  );

const sceneRangeSchema = z
  .tuple([sceneIdSchema, sceneIdSchema])
  .refine(([from, to]) => from <= to, own('rangeOrder'));

const ownRangesSchema = z
  .array(sceneRangeSchema)
  .max(1000)
  .superRefine((ranges, context) => {
    const clash = findOverlap(ranges);
    if (clash === null) return;
    const [from, to] = clash;
    context.addIssue({ code: 'custom', message: 'ranges overlap', ...own('rangeOverlap', { from, to }) });
  });

/** The first range that begins within one before it, in order. */
export function findOverlap(ranges: readonly SceneRange[]): SceneRange | null {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  return sorted.find(([from], index) => index > 0 && from <= (sorted[index - 1]?.[1] ?? 0)) ?? null;
}

export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

const ownPrefixSchema = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    if (/[\p{Cc}\p{Cs}]/u.test(text)) {
      context.addIssue({ code: 'custom', message: 'control character', ...own('controlCharacters') });
    }
    const bytes = utf8Bytes(text);
    if (bytes > maxSceneStrBytes) {
      context.addIssue({ code: 'custom', message: 'too long', ...own('sceneStrTooLong', { bytes }) });
    }
  });

const ownPrefixesSchema = z.array(ownPrefixSchema).max(100);

const permanentCapSchema = z.number().refine(
  (cap) => Number.isInteger(cap) && cap >= 0 && cap <= maxPermanentCap,
  own('outOfRange', {
    min: 0,
    max: maxPermanentCap,
  }),
);

const shape = {
  name: nameSchema,
  appId: appIdSchema,
  tokenSource: z.enum(tokenSources),
  pushMode: z.enum(pushModes),
  timeZone: timeZoneSchema,
  permanentCap: permanentCapSchema,
  ownRanges: ownRangesSchema,
  ownPrefixes: ownPrefixesSchema,
};

/** Null clears; left out keeps. What is write-only is never answered. */
const secretShape = {
  appSecret: appSecretSchema.nullable().optional(),
  remoteTokenUrl: remoteTokenUrlSchema.nullable().optional(),
  remoteTokenHeader: headerNameSchema.nullable().optional(),
  remoteTokenValue: headerValueSchema.nullable().optional(),
  pushToken: pushTokenSchema.nullable().optional(),
  encodingAesKey: encodingAesKeySchema.nullable().optional(),
};

export const createAccountSchema = z
  .strictObject({
    ...shape,
    tokenSource: shape.tokenSource.default('stable'),
    pushMode: shape.pushMode.default('safe'),
    timeZone: shape.timeZone.default('Asia/Shanghai'),
    permanentCap: shape.permanentCap.default(maxSceneId),
    ownRanges: shape.ownRanges.default([[1, maxSceneId]]),
    ownPrefixes: shape.ownPrefixes.default([]),
    ...secretShape,
  })
  .superRefine((account, context) => {
    const field = missingCredential(account);
    if (field)
      context.addIssue({ code: 'custom', path: [field], message: 'is required', ...own('required') });
  });

/** A stable or plain token takes the app secret; a token server takes its address, and no secret is kept. */
export function missingCredential(account: {
  tokenSource: string;
  appSecret?: string | null;
  remoteTokenUrl?: string | null;
}): 'appSecret' | 'remoteTokenUrl' | null {
  if (account.tokenSource === 'remote') return account.remoteTokenUrl ? null : 'remoteTokenUrl';
  return account.appSecret ? null : 'appSecret';
}

export const updateAccountSchema = z.strictObject({ ...z.object(shape).partial().shape, ...secretShape });

/** A scene that another system has used: a fact at WeChat, so it may be odd. NUL no database keeps. */
export const foreignSceneStrSchema = z.string().superRefine((text, context) => {
  const bytes = utf8Bytes(text);
  if (bytes < 1) context.addIssue({ code: 'custom', message: 'is empty', ...own('sceneStrEmpty') });
  if (bytes > maxSceneStrBytes) {
    context.addIssue({ code: 'custom', message: 'too long', ...own('sceneStrTooLong', { bytes }) });
  }
  if (/[\0\p{Cs}]/u.test(text)) {
    context.addIssue({ code: 'custom', message: 'control character', ...own('controlCharacters') });
  }
});

export const declareExternalSchema = z
  .strictObject({
    none: z.literal(true).optional(),
    ranges: z.array(sceneRangeSchema).max(5000).default([]),
    strs: z.array(foreignSceneStrSchema).max(20_000).default([]),
  })
  .superRefine(({ none, ranges, strs }, context) => {
    const refuse = (field: string, code: string) =>
      context.addIssue({ code: 'custom', path: [field], message: code, ...own(code) });
    const some = ranges.length + strs.length > 0;
    if (none && some) refuse('none', 'noneAndSome');
    if (!none && !some) refuse('ranges', 'required');
  });

export const listExternalImportsSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type ListExternalImportsInput = z.input<typeof listExternalImportsSchema>;

export const connectionRoundSchema = z.enum(connectionRounds);

export type CreateAccountInput = z.input<typeof createAccountSchema>;
export type UpdateAccountInput = z.input<typeof updateAccountSchema>;
export type DeclareExternalInput = z.input<typeof declareExternalSchema>;
