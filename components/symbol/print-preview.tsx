'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { cn } from '@/components/ui/class-names';
import { type ErrorCorrection, encodeSymbol, symbolPath } from '@/lib/qr';

/** The symbol with the error correction and quiet zone that will be printed, as wide as its box. */
export function PrintPreview({
  url,
  label,
  errorCorrection,
  quietZoneModules,
  className,
}: {
  url: string;
  label: string;
  errorCorrection: ErrorCorrection;
  quietZoneModules: number;
  className?: string;
}) {
  const t = useTranslations('common');
  const matrix = useMemo(() => encodeSymbol(url, errorCorrection), [url, errorCorrection]);
  const path = useMemo(() => symbolPath(matrix), [matrix]);
  const side = matrix.size + 2 * quietZoneModules;
  return (
    <svg
      role="img"
      aria-label={t('symbolOf', { label })}
      viewBox={`-${quietZoneModules} -${quietZoneModules} ${side} ${side}`}
      shapeRendering="crispEdges"
      className={cn('block aspect-square w-full bg-white text-black', className)}
    >
      <path fill="currentColor" d={path} />
    </svg>
  );
}
