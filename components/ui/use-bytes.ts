import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';

const steps = ['bytes', 'kb', 'mb', 'gb'] as const;

/** Writes a number of bytes as people read it: 940 KB, 1.2 GB; a thousand to the next step, as browsers count. */
export function useBytes(): (bytes: number) => string {
  const t = useTranslations('exports.units');
  const locale = useLocale();
  return (bytes) => {
    const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
    const n = bytes / 1000 ** step;
    return t(steps[step] ?? 'bytes', { n: formatNumber(n, locale, n < 10 && step > 0 ? 1 : 0) });
  };
}
