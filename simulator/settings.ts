import { z } from 'zod';
import { BadRequest } from './errors';

const count = z.number().int().min(0);

/** The body of POST /_sim/accounts: what one official account is, and how the undocumented corners behave for it. */
export const accountInput = z.strictObject({
  appId: z.string().min(1).max(64),
  secret: z.string().min(1).max(128),
  name: z.string().max(100).default(''),
  originalId: z.string().max(64).optional(),
  permanentCap: count.default(100_000),
  /** Whether integers and strings share the permanent cap; the documentation gives one total and says no more. */
  sharedPool: z.boolean().default(true),
  /** What asking for an existing permanent scene again gives. The url is the same; a ticket holds its time of making. */
  recreate: z.enum(['freshTicket', 'sameTicket', 'spends']).default('freshTicket'),
  dailyCreateLimit: count.default(100_000),
  /** Calls of qrcode/create in one minute; above it 45011. */
  minuteCreateLimit: count.optional(),
  dailyLimits: z.record(z.string(), count).default({}),
  verified: z.boolean().default(true),
  /** Addresses that may ask for a token; an empty list lets nobody in, none at all lets everybody in. */
  ipWhitelist: z.array(z.string()).nullable().default(null),
  tokenSeconds: z.number().int().min(301).max(7200).default(7200),
  defaultExpireSeconds: z.number().int().min(1).default(60),
  overlongExpiry: z.enum(['clamp', 'reject']).default('clamp'),
  expiredPicture: z.enum(['notFound', 'picture']).default('notFound'),
  /** Tickets as of 2013: ordinary base64 that ends in `==`. */
  legacyTickets: z.boolean().default(false),
  pushUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  pushToken: z.string().default(''),
  encodingAesKey: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits')
    .nullable()
    .default(null),
  mode: z.enum(['plain', 'compat', 'safe']).default('plain'),
  pushTimeoutMs: z.number().int().min(1).default(5_000),
  pushRetryMs: count.default(500),
});

export type AccountSettings = z.infer<typeof accountInput> & { originalId: string };

/**
 * The settings of an account after a POST: fields left out keep what they were, so that repeating a registration changes
 * nothing.
 */
export function mergeSettings(input: unknown, existing: AccountSettings | undefined): AccountSettings {
  const given = parse(z.looseObject({ appId: z.string() }), input);
  const merged = parse(accountInput, { ...existing, ...given });
  if (merged.mode !== 'plain' && !merged.encodingAesKey) {
    throw new BadRequest(400, `mode ${merged.mode} needs an encodingAesKey.`);
  }
  return { ...merged, originalId: merged.originalId ?? originalIdOf(merged.appId) };
}

/** Real accounts have a name of the form gh_ + 12 hex digits; ours follows from the app id. */
function originalIdOf(appId: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(appId)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return `gh_${hash.toString(16).padStart(16, '0').slice(0, 12)}`;
}

/** Parses with a schema, or says in one sentence which field is wrong. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const first = result.error.issues[0];
  const field = first?.path.join('.') || 'the body';
  throw new BadRequest(400, `${field}: ${first?.message ?? 'is wrong'}`);
}
