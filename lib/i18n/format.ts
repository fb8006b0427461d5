import type { Locale } from './locales';

/**
 * Figures and times as a person reads them. Safe in the browser; every time is shown in the zone that is given, which
 * is the official account's, never the machine's.
 */

const formatters = new Map<string, unknown>();

/** Intl's constructors cost far more than their use, and a table formats thousands of cells. */
function cached<T>(key: string, make: () => T): T {
  const found = formatters.get(key) as T | undefined;
  if (found !== undefined) return found;
  const made = make();
  formatters.set(key, made);
  return made;
}

// Day before month and a 24-hour clock, as on screen in both languages.
const intlLocale = (locale: Locale) => (locale === 'en' ? 'en-GB' : 'zh-CN');

/** 36588 → "36,588" */
export function formatNumber(value: number, locale: Locale, maximumFractionDigits = 0): string {
  return cached(`n ${locale} ${maximumFractionDigits}`, () => {
    return new Intl.NumberFormat(intlLocale(locale), { maximumFractionDigits });
  }).format(value);
}

/** A share of one: 0.634 → "63.4%"; what is not nothing and not all never reads as such: "<0.1%", ">99.9%" */
export function formatPercent(share: number, locale: Locale): string {
  const write = (shown: number) =>
    cached(`p ${locale}`, () => {
      return new Intl.NumberFormat(intlLocale(locale), { style: 'percent', maximumFractionDigits: 1 });
    }).format(shown);
  if (share > 0 && share < 0.0005) return `<${write(0.001)}`;
  if (share < 1 && share >= 0.9995) return `>${write(0.999)}`;
  return write(share);
}

export type When = Date | string | number;

const toDate = (when: When) => (when instanceof Date ? when : new Date(when));

function dateFormatter(locale: Locale, timeZone: string, name: string, options: Intl.DateTimeFormatOptions) {
  return cached(`d ${locale} ${timeZone} ${name}`, () => {
    return new Intl.DateTimeFormat(intlLocale(locale), { timeZone, hourCycle: 'h23', ...options });
  });
}

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

/** "23 Dec 2026", "2026年12月23日" */
export function formatDate(when: When, locale: Locale, timeZone: string): string {
  return dateFormatter(locale, timeZone, 'date', { ...day, year: 'numeric' }).format(toDate(when));
}

/** "23 Dec 2026, 14:02", "2026年12月23日 14:02" */
export function formatDateTime(when: When, locale: Locale, timeZone: string): string {
  return dateFormatter(locale, timeZone, 'datetime', { ...day, ...time, year: 'numeric' }).format(
    toDate(when),
  );
}

/** As {@link formatDateTime}, with the year left out when it is that of `now`: "23 Dec, 14:02", "12月23日 14:02" */
export function formatShortDateTime(when: When, locale: Locale, timeZone: string, now: When): string {
  if (localDate(when, timeZone).slice(0, 4) !== localDate(now, timeZone).slice(0, 4)) {
    return formatDateTime(when, locale, timeZone);
  }
  return dateFormatter(locale, timeZone, 'short', { ...day, ...time }).format(toDate(when));
}

/** "14:02" */
export function formatTime(when: When, locale: Locale, timeZone: string): string {
  return dateFormatter(locale, timeZone, 'time', time).format(toDate(when));
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "in 29 days", "29天后"; months only from 60 days on, since a code's 30 days are counted in days. */
export function formatRelative(when: When, now: When, locale: Locale): string {
  const seconds = Math.round((toDate(when).getTime() - toDate(now).getTime()) / 1000);
  const relative = cached(
    `r ${locale}`,
    () => new Intl.RelativeTimeFormat(intlLocale(locale), { numeric: 'auto' }),
  );
  const size = Math.abs(seconds);
  for (const [unit, length] of steps) {
    if (size >= (unit === 'month' ? 2 * length : length)) {
      return relative.format(Math.trunc(seconds / length), unit);
    }
  }
  return relative.format(0, 'second');
}

/** The calendar day of a moment in a zone: "2026-12-23" */
export function localDate(when: When, timeZone: string): string {
  return toZonedInput(when, timeZone).slice(0, 10);
}

/** The value that `<input type="datetime-local">` wants for a moment in a zone: "2026-12-23T14:02" */
export function toZonedInput(when: When, timeZone: string): string {
  const parts = cached(`z ${timeZone}`, () => {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  }).formatToParts(toDate(when));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The moment that a wall clock in a zone means; the reverse of {@link toZonedInput}.
 *
 * @param input  "2026-12-23T14:02" or "2026-12-23" (its first minute)
 * @returns null when the input is no date. An hour that clocks skip moves on by the size of the skip; of an hour that comes twice, the first.
 */
export function fromZonedInput(input: string, timeZone: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/.exec(input);
  if (!match) return null;
  const wall = Date.parse(`${input.length === 10 ? `${input}T00:00` : input}:00Z`);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== input.slice(0, 10)) return null;

  const offsetAt = (instant: number) => Date.parse(`${toZonedInput(instant, timeZone)}:00Z`) - instant;
  const before = offsetAt(wall - 86_400_000);
  const after = offsetAt(wall + 86_400_000);
  const candidates = [wall - before, wall - after].filter((instant) => instant + offsetAt(instant) === wall);
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - before);
}
