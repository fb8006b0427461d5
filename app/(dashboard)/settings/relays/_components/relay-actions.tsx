'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ComponentProps, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { RelayDto } from '@/lib/relays/types';
import type { Result } from '@/lib/result';
import { deleteRelayAction, switchRelayAction, testRelayAction } from '../actions';
import { RelayDialog } from './relay-dialog';

/** How long the queue may take until the outcome of a test stands in the log. */
const outcomeMs = 1500;

export function RelayActions({
  relay,
  ...dialog
}: { relay: RelayDto } & Pick<ComponentProps<typeof RelayDialog>, 'appId' | 'answering'>) {
  const t = useTranslations('relays');
  const { sentenceOf } = useErrorSentences();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const { accountId, enabled } = relay;
  const ids = { accountId, relayId: relay.id };

  async function settle<T>(call: Promise<Result<T>>, onDone: (value: T) => void): Promise<void> {
    const result = await call;
    if (result.ok) onDone(result.value);
    else notifyError(sentenceOf(result.error));
  }

  return (
    <>
      <Button
        pending={pending}
        disabled={!enabled}
        onClick={() =>
          startTransition(() =>
            settle(testRelayAction(ids), () => {
              notify(t('tested'));
              setTimeout(() => router.refresh(), outcomeMs);
            }),
          )
        }
      >
        {t('test')}
      </Button>
      <RelayDialog
        {...dialog}
        accountId={accountId}
        relay={relay}
        trigger={<Button variant="secondary">{t('edit')}</Button>}
      />
      <Button
        variant="secondary"
        pending={pending}
        onClick={() =>
          startTransition(() =>
            settle(switchRelayAction({ ...ids, enabled: !enabled }), (switched) =>
              notify(switched.enabled ? t('switchedOn') : t('switchedOff')),
            ),
          )
        }
      >
        {enabled ? t('switchOff') : t('switchOn')}
      </Button>
      <ConfirmDialog
        trigger={<Button variant="secondary">{t('remove')}</Button>}
        title={t('removeTitle', { name: relay.name })}
        text={relay.answers ? `${t('removeText')} ${t('removeAnswering')}` : t('removeText')}
        confirmLabel={t('remove')}
        onConfirm={() =>
          settle(deleteRelayAction(ids), () => {
            notify(t('removed'));
            router.push('/settings/relays');
          })
        }
      />
    </>
  );
}
