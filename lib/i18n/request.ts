import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { loadMessages } from './load-messages';
import { chooseLocale, defaultTimeZone, localeCookie } from './locales';

export default getRequestConfig(async () => {
  const locale = chooseLocale(
    (await cookies()).get(localeCookie)?.value,
    (await headers()).get('accept-language'),
  );
  return { locale, messages: await loadMessages(locale), timeZone: defaultTimeZone };
});
