'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';

export function RepeatButton({ repeat }: { repeat: () => Promise<Result<unknown>> }) {
  const t = useTranslations('deliveries');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      variant="secondary"
      size="sm"
      pending={pending}
      onClick={() =>
        startTransition(async () => {
          const result = await repeat();
          if (result.ok) notify(t('repeated'));
          else notifyError(sentenceOf(result.error));
        })
      }
    >
      {t('repeat')}
    </Button>
  );
}
