import { useTranslations } from 'next-intl';
import { Gauge } from '@/components/ui/gauge';
import { type BatchCounts, shareDone, wantedOf } from './batch-figures';

/** How far a batch is: issued, refused, and what is still to come. */
export function BatchBar({ batch, size = 'small' }: { batch: BatchCounts; size?: 'small' | 'large' }) {
  const t = useTranslations('batches');
  const { issued, failed, reserved, returned, state } = batch;
  return (
    <div
      role="progressbar"
      aria-label={t('progress')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * shareDone(batch))}
      aria-valuetext={t('issuedOf', { issued, total: wantedOf(batch) })}
    >
      <Gauge
        legend={false}
        size={size}
        segments={[
          { key: 'issued', label: t('figures.issued'), value: issued, pattern: 'solid' },
          { key: 'failed', label: t('figures.failed'), value: failed, pattern: 'grid' },
          { key: 'reserved', label: t('figures.reserved'), value: reserved, pattern: 'empty' },
          ...(state === 'cancelled'
            ? [
                {
                  key: 'returned',
                  label: t('figures.returned'),
                  value: returned,
                  pattern: 'stripes',
                } as const,
              ]
            : []),
        ]}
      />
    </div>
  );
}
