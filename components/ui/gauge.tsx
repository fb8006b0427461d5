import { useLocale } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';
import { cn } from './class-names';

export type GaugePattern = 'solid' | 'stripes' | 'dots' | 'grid' | 'empty';

export type GaugeSegment = { key: string; label: string; value: number; pattern: GaugePattern };

const fills: Record<GaugePattern, string> = {
  solid: 'bg-accent',
  stripes: 'gauge-stripes',
  dots: 'gauge-dots',
  grid: 'gauge-grid',
  empty: 'bg-surface',
};

/**
 * A whole in its parts. Each part has a pattern of its own and a line in the legend, so that it reads without colour; a
 * part that is not nothing is at least two pixels wide.
 */
export function Gauge({
  segments,
  legend = true,
  size = 'large',
}: {
  segments: readonly GaugeSegment[];
  /** Off where the same figures stand beside it. */
  legend?: boolean;
  size?: 'large' | 'small';
}) {
  const locale = useLocale();
  return (
    <div className="min-w-0">
      <div
        aria-hidden
        className={cn(
          'flex overflow-hidden rounded-sm border border-line-strong',
          size === 'large' ? 'h-6' : 'h-2.5',
        )}
      >
        {segments
          .filter((segment) => segment.value > 0)
          .map((segment) => (
            <span
              key={segment.key}
              className={cn(fills[segment.pattern], 'min-w-0.5 border-r border-paper last:border-r-0')}
              style={{ flex: `${segment.value} 1 0` }}
            />
          ))}
      </div>
      {legend ? (
        <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
          {segments.map((segment) => (
            <div key={segment.key}>
              <dt className="flex items-center gap-2 text-sm text-muted">
                <span
                  aria-hidden
                  className={cn(fills[segment.pattern], 'size-3.5 rounded-sm border border-line-strong')}
                />
                {segment.label}
              </dt>
              <dd className="ml-5.5 font-semibold">{formatNumber(segment.value, locale)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
