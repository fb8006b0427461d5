import type { Period } from '@/lib/analytics/types';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locales';

/** The key of a period as a person reads it, whole and short: "23 Nov 2026", "23/11". */
export function periodLabel(key: string, by: Period, locale: Locale): string {
  if (by === 'month') {
    const month = new Date(`${key}-01T00:00:00Z`);
    const options = { timeZone: 'UTC', year: 'numeric', month: 'long' } as const;
    return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', options).format(month);
  }
  const day = formatDate(`${key.slice(0, 10)}T00:00:00Z`, locale, 'UTC');
  return by === 'hour' ? `${day} ${key.slice(11)}:00` : day;
}

export function shortPeriodLabel(key: string, by: Period): string {
  if (by === 'month') return key;
  const day = `${Number(key.slice(5, 7))}/${Number(key.slice(8, 10))}`;
  return by === 'hour' ? `${day} ${key.slice(11)}:00` : day;
}
