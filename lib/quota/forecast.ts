import type { ForecastDto } from './types';

const dayMs = 86_400_000;

/** Windows of days whose mean use is carried on; the middle one is the forecast, the others its range. */
export const forecastDays = { short: 30, usual: 90, long: 365 } as const;

/** With less history than this, or fewer days of use, a mean says nothing. */
const least = { historyDays: 14, usedDays: 5 };

export type Pace = {
  /** When the first slot was taken by this app; null: none was. */
  firstAt: Date | null;
  /** Slots taken within the last so many days. */
  taken: Record<keyof typeof forecastDays, number>;
  /** On how many days of the last 365 any was taken. */
  usedDays: number;
};

/**
 * When the permanent slots run out if they go on being taken at the mean pace of the last 90 days; with a range from the
 * paces of 30 and 365 days. A window longer than the history is cut to the history.
 */
export function forecast(pace: Pace, remaining: number, now: Date): ForecastDto {
  if (remaining === 0) return { kind: 'usedUp' };
  const { firstAt, taken, usedDays } = pace;
  const historyDays = firstAt === null ? 0 : (now.getTime() - firstAt.getTime()) / dayMs;
  if (historyDays < least.historyDays || usedDays < least.usedDays) {
    return { kind: 'tooLittle', historyDays: Math.floor(historyDays), usedDays, needed: least };
  }
  const perDay = (window: keyof typeof forecastDays) =>
    taken[window] / Math.min(forecastDays[window], historyDays);
  const usual = perDay('usual');
  if (usual === 0) return { kind: 'unused', days: forecastDays.usual };
  // Beyond a hundred years a date is no help.
  const dateAt = (rate: number) => {
    const days = rate === 0 ? Number.POSITIVE_INFINITY : remaining / rate;
    return days > 36_500 ? null : new Date(now.getTime() + days * dayMs).toISOString();
  };
  const rates = [perDay('short'), usual, perDay('long')];
  return {
    kind: 'forecast',
    perDay: usual,
    basedOnDays: Math.floor(Math.min(forecastDays.usual, historyDays)),
    at: dateAt(usual),
    earliest: dateAt(Math.max(...rates)),
    latest: dateAt(Math.min(...rates)),
  };
}
