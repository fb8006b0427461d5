import { fromZonedInput } from '../i18n/format';

/**
 * Reads a moment as systems and spreadsheets write it: ISO 8601, a date with or without a time of the account's own clock
 * (`2026/3/1 9:30`), or seconds or milliseconds since 1970. A day alone means its end.
 *
 * @returns null when it is none
 */
export function parseExpiry(text: string, timeZone: string): Date | null {
  if (/^\d{10}$/.test(text)) return new Date(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return new Date(Number(text));
  if (/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) return valid(new Date(text));
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2}))?)?$/.exec(
      text,
    );
  if (!parts) return null;
  const [, year = '', month = '', day = '', hour = '23', minute = '59', second] = parts;
  const two = (digits: string) => digits.padStart(2, '0');
  const moment = fromZonedInput(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`, timeZone);
  if (!moment) return null;
  const seconds = parts[4] === undefined ? 59 : Number(second ?? 0);
  return seconds < 60 ? new Date(moment.getTime() + seconds * 1000) : null;
}

const valid = (moment: Date) => (Number.isNaN(moment.getTime()) ? null : moment);
