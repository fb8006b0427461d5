import 'server-only';
import { createTranslator } from 'next-intl';
import { describeNotification } from '../i18n/describe-notification';
import { loadMessages } from '../i18n/load-messages';
import { defaultTimeZone, type Locale } from '../i18n/locales';
import type { MessagePayload } from './message-payload';

/** A message as every channel can carry it: plain words and one link. */
export type Message = {
  title: string;
  /** One paragraph. */
  text: string;
  /** The official account's name; null where it is of none. */
  account: string | null;
  link: { text: string; url: string };
  footer: string;
  locale: Locale;
};

/** @param publicUrl  what links begin with: PUBLIC_URL */
export async function composeMessage(
  payload: MessagePayload,
  account: { name: string; timeZone: string } | null,
  locale: Locale,
  { now, publicUrl }: { now: Date; publicUrl: string },
): Promise<Message> {
  const { t, wechat } = await translators(locale);
  const timeZone = account?.timeZone ?? defaultTimeZone;
  const { title, text, action } = describeNotification(t, wechat, payload, { locale, timeZone, now });
  return {
    title,
    text,
    account: account?.name ?? null,
    link: { text: action, url: `${publicUrl}/notifications/${payload.notificationId}` },
    footer: t('mail.footer'),
    locale,
  };
}

export async function composeTest(locale: Locale, publicUrl: string): Promise<Message> {
  const { t } = await translators(locale);
  return {
    title: t('test.title'),
    text: t('test.text'),
    account: null,
    link: { text: t('test.action'), url: `${publicUrl}/settings/notifications` },
    footer: t('mail.footer'),
    locale,
  };
}

async function translators(locale: Locale) {
  const messages = await loadMessages(locale);
  return {
    t: createTranslator({ locale, messages, namespace: 'notifications' }),
    wechat: createTranslator({ locale, messages, namespace: 'wechat' }),
  };
}
