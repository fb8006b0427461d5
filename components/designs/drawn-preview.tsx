'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { CalibrateButton, useScreenScale } from '@/components/symbol/screen-scale';
import { type ShownSize, SizeSwitch } from '@/components/symbol/size-switch';
import { cn } from '@/components/ui/class-names';
import { Skeleton } from '@/components/ui/skeleton';
import { formatNumber } from '@/lib/i18n/format';
import { MmRuler } from './mm-ruler';

/**
 * A drawing that the server made, large or at true size on this very screen, with a ruler under it.
 *
 * @param stale  another one is being drawn
 * @param meanwhile  stands there until the first drawing has come
 */
export function DrawnPreview({
  drawing,
  alt,
  stale,
  failure,
  meanwhile,
}: {
  drawing: { address: string; widthMm: number; heightMm: number } | null;
  alt: string;
  stale: boolean;
  failure: string | null;
  meanwhile?: ReactNode;
}) {
  const t = useTranslations('print.preview');
  const designs = useTranslations('designs.preview');
  const locale = useLocale();
  const [size, setSize] = useState<ShownSize>('large');
  const { pxPerMm, isCalibrated, calibrate } = useScreenScale();
  const show = (mm: number) => formatNumber(mm, locale, 1);

  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <SizeSwitch value={size} onChange={setSize} />
        {drawing ? (
          <p className="text-sm text-muted tabular-nums">
            {designs('size', { width: show(drawing.widthMm), height: show(drawing.heightMm) })}
          </p>
        ) : null}
      </div>
      <div
        className="mt-3 grid max-h-[70dvh] place-items-center overflow-auto rounded-md border border-line bg-sunken p-4"
        aria-busy={stale}
      >
        {drawing ? (
          <div
            className="max-w-none"
            style={
              size === 'trueSize'
                ? { width: drawing.widthMm * pxPerMm }
                : { width: `min(100%, 22rem, ${(50 * drawing.widthMm) / drawing.heightMm}dvh)` }
            }
          >
            {/* biome-ignore lint/performance/noImgElement: a drawing made a moment ago, of a size that the server told */}
            <img
              src={drawing.address}
              alt={alt}
              className={cn('block w-full transition-opacity', stale && 'opacity-60')}
              style={{ aspectRatio: `${drawing.widthMm} / ${drawing.heightMm}` }}
            />
            <div className="mt-1.5">
              <MmRuler widthMm={drawing.widthMm} />
            </div>
          </div>
        ) : (
          <div className="w-full max-w-88">{meanwhile ?? <Skeleton className="aspect-square w-full" />}</div>
        )}
      </div>
      {failure === null ? null : (
        <p role="status" className="mt-2 text-sm text-pretty text-red">
          {failure || designs('failed')}
        </p>
      )}
      {size === 'trueSize' && drawing ? (
        <div className="mt-2 text-sm text-pretty text-muted">
          {isCalibrated ? t('calibrated') : t('trueSizeNote', { mm: show(drawing.widthMm) })}{' '}
          <CalibrateButton pxPerMm={pxPerMm} onCalibrate={calibrate} />
        </div>
      ) : null}
    </div>
  );
}
