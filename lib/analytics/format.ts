import type { DateRange, Period } from './types';

/** Arithmetic of local dates ("2026-11-23"), without any time zone: a day is a day, however long its clocks make it. */

const DAY_MS = 86_400_000;
const toMs = (date: string) => Date.parse(`${date}T00:00:00Z`);
const toDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export function addDays(date: string, days: number): string {
  return toDate(toMs(date) + days * DAY_MS);
}

/** Days of the range, both ends included. */
export function daysIn({ from, to }: DateRange): number {
  return Math.round((toMs(to) - toMs(from)) / DAY_MS) + 1;
}

/** The Monday on or before. */
export function mondayOf(date: string): string {
  return addDays(date, -((new Date(toMs(date)).getUTCDay() + 6) % 7));
}

export function monthStartOf(date: string): string {
  return `${date.slice(0, 7)}-01`;
}

export function monthEndOf(date: string): string {
  const [year = 1970, month = 1] = date.split('-').map(Number);
  return toDate(Date.UTC(year, month, 0));
}

export const earlierOf = (a: string, b: string): string => (a <= b ? a : b);
export const laterOf = (a: string, b: string): string => (a >= b ? a : b);

/** As long as the range, and just before it. */
export function rangeBefore(range: DateRange): DateRange {
  const to = addDays(range.from, -1);
  return { from: addDays(to, 1 - daysIn(range)), to };
}

/** "2026-11-23T14", "2026-11-23", its Monday, "2026-11" */
export function periodKey(date: string, by: Exclude<Period, 'hour'>): string {
  if (by === 'day') return date;
  return by === 'week' ? mondayOf(date) : date.slice(0, 7);
}

/** The days of a range that a period holds. */
export function daysOfPeriod(key: string, by: Period, range: DateRange): DateRange {
  const first = by === 'month' ? `${key}-01` : key.slice(0, 10);
  const last = by === 'month' ? monthEndOf(first) : by === 'week' ? addDays(first, 6) : first;
  return { from: laterOf(first, range.from), to: earlierOf(last, range.to) };
}

/** The keys of all periods that a range touches, in order. */
export function periodKeys({ from, to }: DateRange, by: Exclude<Period, 'hour'>): string[] {
  const keys: string[] = [];
  for (let date = from; date <= to; ) {
    const key = periodKey(date, by);
    keys.push(key);
    date = addDays(daysOfPeriod(key, by, { from: '0000-01-01', to: '9999-12-31' }).to, 1);
  }
  return keys;
}

export const rangePresets = [
  'today',
  'yesterday',
  'last7',
  'last30',
  'last90',
  'thisMonth',
  'lastMonth',
  'thisYear',
] as const;
export type RangePreset = (typeof rangePresets)[number];

export function presetRange(preset: RangePreset, today: string): DateRange {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'last7':
      return { from: addDays(today, -6), to: today };
    case 'last30':
      return { from: addDays(today, -29), to: today };
    case 'last90':
      return { from: addDays(today, -89), to: today };
    case 'thisMonth':
      return { from: monthStartOf(today), to: today };
    case 'lastMonth': {
      const to = addDays(monthStartOf(today), -1);
      return { from: monthStartOf(to), to };
    }
    case 'thisYear':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}

/** Few enough points for a chart, and enough of them. */
export function fittingPeriod(range: DateRange): Period {
  const days = daysIn(range);
  if (days <= 2) return 'hour';
  if (days <= 92) return 'day';
  return days <= 550 ? 'week' : 'month';
}
