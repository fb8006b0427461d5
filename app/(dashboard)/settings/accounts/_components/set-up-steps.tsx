'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/class-names';
import { type SetUpStep, setUpSteps } from './use-set-up-draft';

/** Where one is, what has been done, and the way back to it. On a phone only the present step is named. */
export function SetUpSteps({
  current,
  furthest,
  onSelect,
}: {
  current: SetUpStep;
  furthest: SetUpStep;
  onSelect: (step: SetUpStep) => void;
}) {
  const t = useTranslations('accounts.setUp');
  const at = setUpSteps.indexOf(current);
  const open = setUpSteps.indexOf(furthest);
  return (
    <nav aria-label={t('steps')}>
      <p className="mb-2 text-sm text-muted lg:hidden">
        {t('position', { step: at + 1, total: setUpSteps.length })}
      </p>
      <ol className="flex gap-1 lg:grid lg:gap-0.5">
        {setUpSteps.map((step, index) => (
          <li key={step} className="max-lg:flex-1">
            <button
              type="button"
              disabled={index > open}
              aria-current={index === at ? 'step' : undefined}
              onClick={() => onSelect(step)}
              className="group flex w-full items-center gap-3 rounded-md text-left text-muted transition-colors enabled:hover:text-ink disabled:cursor-not-allowed aria-[current=step]:font-semibold aria-[current=step]:text-ink lg:px-2 lg:py-1.5 lg:enabled:hover:bg-hover"
            >
              <span
                className={cn(
                  'grid h-6 place-items-center rounded-full text-sm ring-1 ring-line-strong ring-inset group-aria-[current=step]:bg-accent group-aria-[current=step]:text-on-accent group-aria-[current=step]:ring-accent max-lg:w-full lg:size-6 lg:shrink-0',
                  index < at && 'bg-accent-soft text-accent ring-accent',
                )}
              >
                {index < at ? <Check aria-hidden className="size-3.5" /> : index + 1}
              </span>
              <span className="max-lg:sr-only">{t(`names.${step}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
