import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { selectLocaleAction } from '@/app/select-locale-action';
import { locales } from '@/lib/i18n/locales';

/** The pages before sign-in: one card, and the language below it. Works without scripts. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const [t, shell, current] = await Promise.all([
    getTranslations('common'),
    getTranslations('shell'),
    getLocale(),
  ]);
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center gap-6 p-4">
      <main className="w-full max-w-sm">
        <p className="mb-4 text-center font-semibold">{t('productName')}</p>
        {children}
      </main>
      <footer>
        <ul aria-label={shell('user.language')} className="flex gap-4 text-sm">
          {locales.map((locale) => (
            <li key={locale}>
              <form action={selectLocaleAction.bind(null, locale)}>
                <button
                  type="submit"
                  lang={locale}
                  aria-pressed={locale === current}
                  className="h-9 px-1 text-muted underline-offset-3 hover:text-ink hover:underline aria-pressed:font-semibold aria-pressed:text-ink"
                >
                  {shell(`languages.${locale}`)}
                </button>
              </form>
            </li>
          ))}
        </ul>
      </footer>
    </div>
  );
}
