'use client';

import { Mail, MessagesSquare, Send } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { notify, notifyError } from '@/components/ui/toast';
import { formatDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { SenderDto, SenderTestDto } from '@/lib/notifications/types';
import { removeSenderAction, testSenderAction } from '../actions';
import { EditSenderButton } from './sender-dialog';

/** One way out: what it sends, where to, what came of the last message, and a button to try it. */
export function SenderCard({
  sender,
  timeZone,
  isMailConfigured,
}: {
  sender: SenderDto;
  timeZone: string;
  isMailConfigured: boolean;
}) {
  const t = useTranslations('notifications');
  const deliveries = useTranslations('deliveries');
  const locale = useLocale();
  const { sentenceOf } = useErrorSentences();
  const [tested, setTested] = useState<SenderTestDto | null>(null);
  const [pending, startTransition] = useTransition();
  const Icon = sender.kind === 'email' ? Mail : MessagesSquare;
  const { lastError, lastSentAt } = sender;

  const test = () =>
    startTransition(async () => {
      const result = await testSenderAction({ senderId: sender.id });
      if (result.ok) setTested(result.value);
      else notifyError(sentenceOf(result.error));
    });
  const remove = async () => {
    const result = await removeSenderAction({ senderId: sender.id });
    if (result.ok) notify(t('senders.removed'));
    else notifyError(sentenceOf(result.error));
  };
  const failureOf = (failure: {
    error: SenderFailure['error'];
    answer: string | null;
    status: number | null;
  }) => (
    <>
      <p>{deliveries(`errors.${failure.error}`, { status: String(failure.status ?? 'absent') })}</p>
      {failure.answer ? (
        <p className="font-mono text-sm wrap-anywhere">
          {deliveries('answered', { answer: failure.answer })}
        </p>
      ) : null}
    </>
  );

  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          <Icon aria-hidden className="size-4 text-muted" />
          <span className="wrap-anywhere">{sender.name}</span>
          {sender.enabled ? null : <Badge>{t('senders.off')}</Badge>}
        </span>
      }
      text={[
        t(`senders.kinds.${sender.kind}`),
        sender.host ?? t('senders.recipientCount', { count: sender.recipients.length }),
        sender.locale === 'en' ? t('senders.fields.en') : t('senders.fields.zh'),
      ].join(' · ')}
      action={
        <div className="flex flex-wrap gap-2">
          <Button variant="secondary" size="sm" pending={pending} onClick={test}>
            <Send aria-hidden />
            {t('senders.test')}
          </Button>
          <EditSenderButton sender={sender} isMailConfigured={isMailConfigured} />
          <ConfirmDialog
            trigger={
              <Button variant="quiet" size="sm">
                {t('senders.remove')}
              </Button>
            }
            title={t('senders.removeTitle', { name: sender.name })}
            text={t('senders.removeText')}
            confirmLabel={t('senders.remove')}
            onConfirm={remove}
          />
        </div>
      }
    >
      {sender.kinds.length === 0 ? (
        <p className="text-muted">{t('senders.sends', { count: 0 })}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5" aria-label={t('senders.fields.events')}>
          {sender.kinds.map((kind) => (
            <li key={kind}>
              <Badge>{t(`kinds.${kind}.name`)}</Badge>
            </li>
          ))}
        </ul>
      )}
      <div aria-live="polite">
        {tested ? (
          <Notice tone={tested.ok ? 'info' : 'error'} className="mt-4">
            {tested.ok ? (
              <p className="wrap-anywhere">
                {tested.answer ? t('senders.testOkAnswer', { answer: tested.answer }) : t('senders.testOk')}
              </p>
            ) : (
              failureOf(tested)
            )}
          </Notice>
        ) : lastError ? (
          <Notice
            tone="error"
            className="mt-4"
            title={t('senders.lastError', { at: formatDateTime(lastError.at, locale, timeZone) })}
          >
            {failureOf({ ...lastError, status: null })}
          </Notice>
        ) : null}
      </div>
      <p className="mt-3 text-sm text-muted">
        {lastSentAt
          ? t('senders.lastSent', { at: formatDateTime(lastSentAt, locale, timeZone) })
          : t('senders.neverSent')}
      </p>
    </Card>
  );
}

type SenderFailure = Extract<SenderTestDto, { ok: false }>;
