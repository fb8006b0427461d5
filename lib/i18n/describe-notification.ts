import type { _Translator as TranslatorOf } from 'next-intl';
import type { Told } from '@/lib/notifications/types';
import { formatShortDateTime } from './format';
import type { Messages } from './load-messages';
import type { Locale } from './locales';

export type NotificationWords = { title: string; text: string; action: string };

/**
 * A notification in the person's language: what happened, what it means, and what its link is called.
 *
 * @param t  translator of the namespace `notifications`
 * @param wechat  translator of the namespace `wechat`, for what an errcode means
 * @param timeZone  of the account
 */
export function describeNotification(
  t: TranslatorOf<Messages, 'notifications'>,
  wechat: TranslatorOf<Messages, 'wechat'>,
  told: Told,
  { locale, timeZone, now }: { locale: Locale; timeZone: string; now: Date | string },
): NotificationWords {
  const key = `kinds.${told.kind}` as const;
  const values = valuesOf(told, wechat, (at) => formatShortDateTime(at, locale, timeZone, now));
  return {
    title: t(`${key}.title`, values),
    text: t(`${key}.text`, values),
    action: t(`${key}.action`),
  };
}

function valuesOf(
  told: Told,
  wechat: TranslatorOf<Messages, 'wechat'>,
  format: (at: string) => string,
): Record<string, string | number> {
  switch (told.kind) {
    case 'account.stopped': {
      const { code, until } = told.data;
      const meaning = `errcodes.${code}` as `errcodes.${keyof Messages['wechat']['errcodes']}`;
      return {
        // As text: a code is not a quantity, and would be shown with thousands separated.
        code: String(code),
        meaning: wechat.has(meaning) ? wechat(meaning) : 'absent',
        until: until === null ? 'absent' : format(until),
      };
    }
    case 'codes.expiring':
      return {
        count: told.data.count,
        campaign: told.data.campaign || 'absent',
        firstAt: format(told.data.firstAt),
      };
    case 'approval.decided':
      return { ...told.data, reason: told.data.reason || 'absent' };
    default:
      return told.data;
  }
}
