'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { repeatRelayDeliveryAction } from '../actions';

export function RepeatButton(ids: { accountId: string; relayId: string; deliveryId: string }) {
  const t = useTranslations('relays');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  return (
    <Button
      variant="secondary"
      size="sm"
      pending={pending}
      onClick={() =>
        startTransition(async () => {
          const result = await repeatRelayDeliveryAction(ids);
          if (result.ok) notify(t('repeated'));
          else notifyError(sentenceOf(result.error));
        })
      }
    >
      {t('repeat')}
    </Button>
  );
}
