'use client';

import './globals.css';
import { chooseLocale } from '@/lib/i18n/locales';
import english from '@/lib/i18n/messages/en/common.json';
import chinese from '@/lib/i18n/messages/zh-CN/common.json';

/** The root layout itself failed, so neither its texts nor its theme are at hand: the browser's language decides. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  const locale = chooseLocale(undefined, typeof navigator === 'undefined' ? null : navigator.language);
  const { errorPage, actions } = locale === 'en' ? english : chinese;
  return (
    <html lang={locale}>
      <body>
        <title>{errorPage.title}</title>
        <main className="mx-auto grid min-h-dvh max-w-md content-center gap-4 p-6">
          <h1 className="text-lg">{errorPage.title}</h1>
          <p className="text-muted">{errorPage.text}</p>
          <button
            type="button"
            onClick={retry}
            className="h-10 justify-self-start rounded-md bg-accent px-4 font-semibold text-on-accent"
          >
            {actions.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
