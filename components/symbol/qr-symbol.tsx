'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cn } from '@/components/ui/class-names';
import { type ErrorCorrection, encodeSymbol, QUIET_ZONE_MODULES, symbolPath } from '@/lib/qr';

/**
 * A symbol drawn from its url, dark on white with its quiet zone in every theme, since readers expect that.
 *
 * @param url  null while WeChat has not issued it: an empty frame of the same size
 * @param decorative  the label stands beside it already
 */
export function QrSymbol({
  url,
  label,
  errorCorrection = 'M',
  decorative = false,
  className,
}: {
  url: string | null;
  label: string;
  errorCorrection?: ErrorCorrection;
  decorative?: boolean;
  /** Give it a width; it is square. */
  className?: string;
}) {
  const t = useTranslations('common');
  const symbol = useMemo(() => {
    if (!url) return null;
    const matrix = encodeSymbol(url, errorCorrection);
    return { side: matrix.size + 2 * QUIET_ZONE_MODULES, path: symbolPath(matrix) };
  }, [url, errorCorrection]);

  const name = symbol ? t('symbolOf', { label }) : t('symbolUnavailable');
  const hidden = decorative || undefined;

  if (!symbol) {
    return (
      <svg
        role="img"
        aria-label={name}
        aria-hidden={hidden}
        viewBox="0 0 29 29"
        className={cn('block aspect-square w-full rounded-sm bg-sunken text-line-strong', className)}
      >
        <path
          fill="none"
          stroke="currentColor"
          strokeDasharray="1.5 1.5"
          strokeWidth="0.5"
          d="M4.5 4.5h6v6h-6zM18.5 4.5h6v6h-6zM4.5 18.5h6v6h-6z"
        />
      </svg>
    );
  }
  const { side, path } = symbol;
  return (
    <svg
      role="img"
      aria-label={name}
      aria-hidden={hidden}
      viewBox={`-${QUIET_ZONE_MODULES} -${QUIET_ZONE_MODULES} ${side} ${side}`}
      shapeRendering="crispEdges"
      className={cn('block aspect-square w-full rounded-sm bg-white text-black', className)}
    >
      <path fill="currentColor" d={path} />
    </svg>
  );
}
