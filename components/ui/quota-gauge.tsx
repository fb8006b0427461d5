import { useTranslations } from 'next-intl';
import { Gauge } from './gauge';

export type QuotaCounts = {
  cap: number;
  issued: number;
  reserved: number;
  external: number;
  unlisted: number;
  remaining: number;
};

/** The permanent slots of an official account by state. */
export function QuotaGauge({ counts, legend = true }: { counts: QuotaCounts; legend?: boolean }) {
  const t = useTranslations('common.quota');
  const { issued, reserved, external, unlisted, remaining } = counts;
  return (
    <Gauge
      legend={legend}
      size={legend ? 'large' : 'small'}
      segments={[
        { key: 'issued', label: t('issued'), value: issued, pattern: 'solid' },
        { key: 'reserved', label: t('reserved'), value: reserved, pattern: 'dots' },
        { key: 'external', label: t('external'), value: external, pattern: 'stripes' },
        ...(unlisted > 0
          ? [{ key: 'unlisted', label: t('unlisted'), value: unlisted, pattern: 'grid' } as const]
          : []),
        { key: 'remaining', label: t('remaining'), value: remaining, pattern: 'empty' },
      ]}
    />
  );
}
