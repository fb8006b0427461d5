'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useSyncExternalStore } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

const never = () => () => {};

/** Whether the page's script runs yet. A click before that would send the form the browser's own way, and lose the step. */
function useAwake(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** One step of the set-up: what it is about, its content, and the way on and back. */
export function StepFrame({
  title,
  text,
  onContinue,
  continueLabel,
  continueVariant = 'primary',
  onBack,
  pending = false,
  children,
}: {
  title: ReactNode;
  text: ReactNode;
  onContinue: () => void;
  continueLabel?: string;
  continueVariant?: 'primary' | 'secondary';
  onBack?: () => void;
  pending?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations('common.actions');
  const awake = useAwake();
  return (
    <Card title={title} text={text}>
      <form
        noValidate
        className="grid max-w-2xl gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          onContinue();
        }}
      >
        {children}
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <Button
            type="submit"
            variant={continueVariant}
            pending={pending}
            disabled={!awake}
            className="disabled:opacity-100"
          >
            {continueLabel ?? t('continue')}
          </Button>
          {onBack ? (
            <Button variant="quiet" onClick={onBack}>
              {t('back')}
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  );
}
