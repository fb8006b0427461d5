'use client';

import { useLocale } from 'next-intl';

/** A span of time in the largest unit that says it: 40 seconds, 3 minutes, 2 hours. */
export function useSeconds(): (seconds: number) => string {
  const locale = useLocale();
  return (seconds) => {
    const [value, unit] =
      seconds < 90
        ? [seconds, 'second']
        : seconds < 5_400
          ? [seconds / 60, 'minute']
          : [seconds / 3_600, 'hour'];
    const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
    return format.format(Math.max(1, Math.round(value)));
  };
}
