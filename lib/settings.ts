import { z } from 'zod';

/** Settings as the process reads them, before any default that depends on another one. */
type Environment = Record<string, string | undefined>;

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

function readUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

export function isLoopbackHost(hostname: string): boolean {
  return loopbackNames.has(hostname) || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

const port = (fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
      error: 'wanted: a port number from 1 to 65535',
    })
    .transform(Number);

const webAddress = (protocols: string[], wanted: string) =>
  z.string().refine(
    (text) => {
      const url = readUrl(text);
      return url !== null && protocols.includes(url.protocol);
    },
    { error: `wanted: ${wanted}` },
  );

/** An address that secrets travel to: https, or this machine itself. */
const wechatBase = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .refine(
      (text) => {
        const url = readUrl(text);
        if (url === null || url.search !== '' || url.hash !== '') return false;
        return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
      },
      { error: 'wanted: an https address (http only for this machine itself)' },
    )
    .transform((text) => text.replace(/\/+$/, ''));

const schema = z
  .object({
    PORT: port(3000),
    HOST: z
      .string()
      .min(1, 'wanted: an address to listen on, such as 127.0.0.1 or 0.0.0.0')
      .default('127.0.0.1'),
    PUBLIC_URL: webAddress(['http:', 'https:'], 'the http or https address that browsers use').optional(),
    DATABASE_URL: webAddress(
      ['postgres:', 'postgresql:'],
      'a PostgreSQL address, postgresql://user:password@host:5432/name',
    ).optional(),
    DATA_DIR: z.string().min(1, 'wanted: a folder').default('./data'),
    APP_SECRET: z.string().min(32, 'wanted: 32 characters or more').optional(),
    ADMIN_EMAIL: z.email('wanted: an e-mail address').optional(),
    ADMIN_PASSWORD: z
      .string()
      .min(12, 'wanted: 12 characters or more')
      .max(200, 'wanted: 200 characters at most')
      .optional(),
    ADMIN_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]{32,200}$/, 'wanted: 32 to 200 printable ASCII characters without spaces')
      .optional(),
    DEMO: z.enum(['auto', 'on', 'off'], { error: 'wanted: auto, on or off' }).default('auto'),
    TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
      ),
    OIDC_ISSUER: webAddress(['https:', 'http:'], 'the address of an OpenID Connect issuer').optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    SMTP_URL: webAddress(['smtp:', 'smtps:'], 'smtp://user:password@host:587').optional(),
    WECHAT_API_BASE: wechatBase('https://api.weixin.qq.com'),
    WECHAT_MP_BASE: wechatBase('https://mp.weixin.qq.com'),
    SIMULATOR_PORT: port(3100),
    API_RATE_LIMIT: z
      .string()
      .default('6000')
      .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= 1, {
        error: 'wanted: a whole number, 1 or more',
      })
      .transform(Number),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'wanted: trace, debug, info, warn, error, fatal or silent',
      })
      .default('info'),
  })
  .superRefine((settings, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (settings.DATABASE_URL && !settings.APP_SECRET) {
      refuse(
        'APP_SECRET',
        'wanted: 32 characters or more, the same on every machine, since DATABASE_URL is set',
      );
    }
    if (Boolean(settings.ADMIN_EMAIL) !== Boolean(settings.ADMIN_PASSWORD)) {
      refuse(
        settings.ADMIN_EMAIL ? 'ADMIN_PASSWORD' : 'ADMIN_EMAIL',
        'wanted: both ADMIN_EMAIL and ADMIN_PASSWORD, or neither',
      );
    }
    const oidc = [settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET];
    if (oidc.some(Boolean) && !oidc.every(Boolean)) {
      refuse(
        'OIDC_ISSUER',
        'wanted: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together, or none of them',
      );
    }
    const issuer = settings.OIDC_ISSUER === undefined ? null : readUrl(settings.OIDC_ISSUER);
    if (issuer?.protocol === 'http:' && !isLoopbackHost(issuer.hostname)) {
      refuse('OIDC_ISSUER', 'wanted: an https address (http only for this machine itself)');
    }
    if (settings.SIMULATOR_PORT === settings.PORT) refuse('SIMULATOR_PORT', 'wanted: another port than PORT');
    for (const proxy of settings.TRUSTED_PROXIES) {
      if (!/^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(proxy)) {
        refuse('TRUSTED_PROXIES', 'wanted: IP addresses or ranges such as 10.0.0.0/8, separated by commas');
        break;
      }
    }
  })
  .transform(({ PUBLIC_URL, ...settings }) => {
    const url = new URL(PUBLIC_URL ?? `http://localhost:${settings.PORT}`);
    const isLoopback = isLoopbackHost(url.hostname);
    return {
      ...settings,
      PUBLIC_URL: url.origin,
      isLoopback,
      /** What DEMO=auto comes to as far as settings can tell; a real account turns it off as well. */
      mayBeDemo: settings.DEMO === 'on' || (settings.DEMO === 'auto' && isLoopback && !settings.DATABASE_URL),
    };
  });

export type Settings = z.output<typeof schema>;

/** A setting that is refused; each line of the message names one and says what is wanted. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings of `contract.md`. An empty value counts as unset.
 *
 * @throws SettingsError  names each refused setting and what is wanted; values are not repeated, they may be secrets
 */
export function parseSettings(environment: Environment): Settings {
  const names = Object.keys(schema.in.shape);
  const given = names.map((name) => [name, environment[name]] as const);
  const result = schema.safeParse(
    Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== '')),
  );
  if (result.success) return result.data;
  throw new SettingsError(
    result.error.issues
      .map(({ path, message }) => `The setting ${String(path[0])} is refused; ${message}.`)
      .join('\n'),
  );
}
