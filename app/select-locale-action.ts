'use server';

import { cookies } from 'next/headers';
import { isLocale, localeCookie } from '@/lib/i18n/locales';

const ONE_YEAR_SECONDS = 31_536_000;

/** Remembers the language of this browser. Open to anybody, since the sign-in page has two languages too. */
export async function selectLocaleAction(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  (await cookies()).set(localeCookie, locale, {
    path: '/',
    maxAge: ONE_YEAR_SECONDS,
    sameSite: 'lax',
    httpOnly: true,
  });
}
