'use client';

import { TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';
import { adviseDesign } from '@/lib/print/advise-design';
import type { PrintDesignSettings } from '@/lib/print/design-types';

/** What the adviser knows before anything is drawn. */
export function AdviceList({ settings }: { settings: PrintDesignSettings }) {
  const t = useTranslations('designs.advice');
  const locale = useLocale();
  const advice = adviseDesign(settings);
  const show = (value: number, digits = 1) => formatNumber(value, locale, digits);
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-3 gap-x-4 gap-y-2 text-sm">
        <Fact name={t('module')} value={t('mm', { mm: show(advice.moduleMm, 2) })} />
        <Fact
          name={t('distance')}
          value={
            advice.readingDistanceM < 1
              ? t('cm', { cm: show(advice.readingDistanceM * 100, 0) })
              : t('m', { m: show(advice.readingDistanceM) })
          }
        />
        <Fact name={t('smallest')} value={t('mm', { mm: show(advice.smallestSensibleMm) })} />
      </dl>
      {advice.warnings.length > 0 ? (
        <ul className="grid gap-2">
          {advice.warnings.map(({ warning, remedies }) => (
            <li key={warning} className="flex gap-2 text-sm text-pretty">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-amber" />
              <span>
                {t(`warnings.${warning}`)}{' '}
                <span className="text-muted">
                  {remedies.map((remedy) => t(`remedies.${remedy}`)).join(' ')}
                </span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{name}</dt>
      <dd className="font-semibold tabular-nums">{value}</dd>
    </div>
  );
}
