'use client';

import { Check, CheckCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { markAllReadAction, markReadAction } from '../actions';

export function MarkReadButton({ notificationId }: { notificationId: string }) {
  const t = useTranslations('notifications.page');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      variant="quiet"
      size="sm"
      pending={pending}
      onClick={() =>
        startTransition(async () => {
          const result = await markReadAction({ notificationId });
          if (!result.ok) notifyError(sentenceOf(result.error));
        })
      }
    >
      <Check aria-hidden />
      {t('mark')}
    </Button>
  );
}

export function MarkAllReadButton() {
  const t = useTranslations('notifications.page');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      variant="secondary"
      pending={pending}
      onClick={() =>
        startTransition(async () => {
          const result = await markAllReadAction({});
          if (result.ok) notify(t('markedAll'));
          else notifyError(sentenceOf(result.error));
        })
      }
    >
      <CheckCheck aria-hidden />
      {t('markAll')}
    </Button>
  );
}
