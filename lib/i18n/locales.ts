export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = 'zh-CN';
export const localeCookie = 'locale';

/** Used where no official account, and so no time zone of its own, is in play. */
export const defaultTimeZone = 'Asia/Shanghai';

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/**
 * Chooses the language of a request: what the person chose before, else English for a browser that asks for it first,
 * else Chinese.
 */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  return acceptLanguage?.trim().toLowerCase().startsWith('en') ? 'en' : defaultLocale;
}
