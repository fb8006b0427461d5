'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';
import type { WebhookDto } from '@/lib/webhooks/types';
import {
  deleteWebhookAction,
  pingWebhookAction,
  rotateWebhookSecretAction,
  updateWebhookAction,
} from '../actions';
import { SecretNotice } from './secret-notice';
import { WebhookDialog } from './webhook-dialog';

/** How long the queue may take until the outcome of a test stands in the log. */
const outcomeMs = 1500;

export function WebhookActions({ webhook }: { webhook: WebhookDto }) {
  const t = useTranslations('webhooks');
  const common = useTranslations('common.actions');
  const { sentenceOf } = useErrorSentences();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [secret, setSecret] = useState<string | null>(null);
  const ids = { accountId: webhook.accountId, webhookId: webhook.id };

  async function settle<T>(call: Promise<Result<T>>, onDone: (value: T) => void): Promise<void> {
    const result = await call;
    if (result.ok) onDone(result.value);
    else notifyError(sentenceOf(result.error));
  }

  return (
    <>
      <Button
        pending={pending}
        disabled={!webhook.enabled}
        onClick={() =>
          startTransition(() =>
            settle(pingWebhookAction(ids), () => {
              notify(t('tested'));
              setTimeout(() => router.refresh(), outcomeMs);
            }),
          )
        }
      >
        {t('test')}
      </Button>
      <WebhookDialog
        accountId={webhook.accountId}
        webhook={webhook}
        trigger={<Button variant="secondary">{t('edit')}</Button>}
      />
      <Button
        variant="secondary"
        pending={pending}
        onClick={() =>
          startTransition(() =>
            settle(updateWebhookAction({ ...ids, change: { enabled: !webhook.enabled } }), ({ enabled }) =>
              notify(enabled ? t('switchedOn') : t('switchedOff')),
            ),
          )
        }
      >
        {webhook.enabled ? t('switchOff') : t('switchOn')}
      </Button>
      <ConfirmDialog
        trigger={<Button variant="secondary">{t('rotate')}</Button>}
        title={t('rotateTitle')}
        text={t('rotateText')}
        confirmLabel={t('rotate')}
        onConfirm={() => settle(rotateWebhookSecretAction(ids), (made) => setSecret(made.secret))}
      />
      <ConfirmDialog
        trigger={<Button variant="secondary">{t('remove')}</Button>}
        title={t('removeTitle')}
        text={t('removeText')}
        confirmLabel={t('remove')}
        onConfirm={() =>
          settle(deleteWebhookAction(ids), () => {
            notify(t('removed'));
            router.push('/settings/webhooks');
          })
        }
      />
      <Dialog
        open={secret !== null}
        onOpenChange={(open) => {
          if (!open) setSecret(null);
        }}
        title={t('rotatedTitle')}
        footer={
          <DialogClose asChild>
            <Button>{common('done')}</Button>
          </DialogClose>
        }
      >
        {secret ? <SecretNotice secret={secret} /> : null}
      </Dialog>
    </>
  );
}
