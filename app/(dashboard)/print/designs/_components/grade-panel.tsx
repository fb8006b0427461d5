'use client';

import { useLocale, useTranslations } from 'next-intl';
import { cn } from '@/components/ui/class-names';
import { Skeleton } from '@/components/ui/skeleton';
import { formatNumber } from '@/lib/i18n/format';
import type { DesignGrade, Grade, GradeMeasure } from '@/lib/print/design-types';

const tones: Readonly<Record<Grade, string>> = {
  A: 'bg-accent-soft text-accent',
  B: 'bg-accent-soft text-accent',
  C: 'bg-amber-soft text-amber',
  D: 'bg-red-soft text-red',
};

const digits: Readonly<Record<GradeMeasure, number>> = { moduleSize: 3, contrast: 1, spareCorrection: 0 };

type Step = { name: string; text: string; grade: Grade };

/** How the design fared when it was rendered badly, before anybody prints it: the grade, what is weak, and every step. */
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
  const locale = useLocale();
  if (isError) return <p className="text-sm text-muted">{t('failed')}</p>;
  if (!grade) return <Skeleton className="h-16 w-full" />;
  const steps: Step[] = [
    ...grade.measures.map(({ measure, value, wanted, grade: given }) => {
      const places = digits[measure];
      // Rounded down, or 0.3959 mm would read as enough.
      const shown = Math.floor(value * 10 ** places) / 10 ** places;
      return {
        name: t(`measures.${measure}`, { value: formatNumber(shown, locale, places) }),
        text: t(`measureTexts.${measure}`, { wanted: formatNumber(wanted, locale, places) }),
        grade: given,
      };
    }),
    ...grade.trials.map(({ trial, grade: given }) => ({
      name: t(`trials.${trial}`),
      text: t(`trialTexts.${trial}`),
      grade: given,
    })),
  ];
  const weak = steps
    .filter((step) => step.grade !== 'A')
    .sort((one, other) => other.grade.localeCompare(one.grade));
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
          <p className="text-sm text-muted">
            {weak.length === 0 ? t('allGood', { count: steps.length }) : t('steps', { count: steps.length })}
          </p>
        </div>
      </div>
      {weak.length > 0 ? (
        <div className="mt-3">
          <h3 className="mb-2 text-sm text-muted">{t('weak')}</h3>
          <Steps steps={weak} />
        </div>
      ) : null}
      {grade.remedies.length > 0 ? (
        <p className="mt-3 text-sm text-pretty">
          {grade.remedies.map((remedy) => advice(`remedies.${remedy}`)).join(' ')}
        </p>
      ) : null}
      <details className="mt-3 text-sm">
        <summary className="text-muted hover:text-ink">{t('details', { count: steps.length })}</summary>
        <div className="mt-2">
          <Steps steps={steps} />
          <p className="mt-2 text-muted text-pretty">{t('scale')}</p>
        </div>
      </details>
    </div>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  const t = useTranslations('designs.grade');
  return (
    <ul className="grid gap-2 text-sm">
      {steps.map(({ name, text, grade }) => (
        <li key={name} className="flex gap-2">
          <span
            aria-hidden
            className={cn(
              'grid size-5 shrink-0 place-items-center rounded-sm text-sm leading-none font-semibold',
              tones[grade],
            )}
          >
            {grade}
          </span>
          <span className="text-pretty">
            <span className="sr-only">{t('stepGrade', { step: name, grade })}</span>
            <span aria-hidden>{name}</span> <span className="text-muted">{text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
