'use client';

import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/class-names';
import { Skeleton } from '@/components/ui/skeleton';
import type { DesignGrade } from '@/lib/print/design-types';

const tones = {
  A: 'bg-accent-soft text-accent',
  B: 'bg-accent-soft text-accent',
  C: 'bg-amber-soft text-amber',
  D: 'bg-red-soft text-red',
};

/** How the design fared when it was rendered badly, before anybody prints it. */
export function GradePanel({
  grade,
  isFetching,
  isError,
}: {
  grade: DesignGrade | null;
  isFetching: boolean;
  isError: boolean;
}) {
  const t = useTranslations('designs.grade');
  const advice = useTranslations('designs.advice');
  if (isError) return <p className="text-sm text-muted">{t('failed')}</p>;
  if (!grade) return <Skeleton className="h-16 w-full" />;
  const tried = grade.trials.reduce((sum, trial) => sum + trial.tried, 0);
  const read = grade.trials.reduce((sum, trial) => sum + trial.read, 0);
  return (
    <div aria-busy={isFetching} className={cn('transition-opacity', isFetching && 'opacity-60')}>
      <div className="flex items-center gap-3">
        <span
          className={cn(
            'grid size-11 shrink-0 place-items-center rounded-md text-lg font-semibold',
            tones[grade.grade],
          )}
        >
          {grade.grade}
        </span>
        <div role="status" className="min-w-0">
          <p className="font-semibold">{t(`meaning.${grade.grade}`)}</p>
          <p className="text-sm text-muted">{t('tried', { tried, read })}</p>
        </div>
      </div>
      {grade.remedies.length > 0 ? (
        <p className="mt-2 text-sm text-pretty">
          {grade.remedies.map((remedy) => advice(`remedies.${remedy}`)).join(' ')}
        </p>
      ) : null}
      <details className="mt-2 text-sm">
        <summary className="text-muted hover:text-ink">{t('details')}</summary>
        <ul className="mt-2 grid gap-1 sm:grid-cols-2">
          {grade.trials.map((trial) => {
            const isRead = trial.read === trial.tried;
            const Icon = isRead ? Check : X;
            return (
              <li key={trial.trial} className="flex gap-1.5">
                <Icon
                  aria-hidden
                  className={cn('mt-0.5 size-4 shrink-0', isRead ? 'text-accent' : 'text-red')}
                />
                <span>
                  {t(`trials.${trial.trial}`)}{' '}
                  <span className="text-muted tabular-nums">
                    {t('ofTrial', { read: trial.read, tried: trial.tried })}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      </details>
    </div>
  );
}
