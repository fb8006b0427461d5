'use client';

import { CircleHelp } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Figure } from '@/components/ui/figure';
import { Popover } from '@/components/ui/popover';
import type { CountedDto, FigureName } from '@/lib/analytics/types';
import { formatDate, formatNumber, formatPercent } from '@/lib/i18n/format';
import { showFigure } from './show-figure';

/** A figure with what it counts, one click away, and since when. */
export function CountedFigure({
  name,
  counted,
  note,
  countedSince,
  timeZone,
  size = 'medium',
}: {
  name: FigureName;
  counted: CountedDto;
  note?: ReactNode;
  countedSince: string | null;
  timeZone: string;
  size?: 'large' | 'medium';
}) {
  const t = useTranslations('analytics');
  const locale = useLocale();
  const label = t(`figures.${name}`);
  return (
    <Figure
      size={size}
      label={
        <span className="inline-flex items-center gap-0.5">
          {label}
          <Popover
            label={t('whatIsCounted', { figure: label })}
            trigger={
              <button
                type="button"
                aria-label={t('whatIsCounted', { figure: label })}
                className="grid size-7 place-items-center rounded-full text-muted hover:bg-hover hover:text-ink"
              >
                <CircleHelp aria-hidden className="size-3.5" />
              </button>
            }
          >
            <p className="font-semibold">{label}</p>
            <p className="mt-1 text-sm text-pretty">{t(`definitions.${name}`)}</p>
            {name === 'people' && counted.peopleIs !== 'exact' ? (
              <p className="mt-2 text-sm text-pretty">
                {counted.peopleIs === 'about'
                  ? t('peopleAbout', { error: formatPercent(Math.max(counted.peopleError, 0.001), locale) })
                  : t('peopleAtMost')}
              </p>
            ) : null}
            <p className="mt-2 text-sm text-muted">
              {countedSince
                ? t('countedSince', { date: formatDate(countedSince, locale, timeZone) })
                : t('notCountedYet')}
            </p>
          </Popover>
        </span>
      }
      value={showFigure(counted, name, (value) => formatNumber(value, locale))}
      note={note}
    />
  );
}
