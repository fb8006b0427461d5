'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { notify, notifyError } from '@/components/ui/toast';
import type { CodeDto } from '@/lib/codes/types';
import { describeWeChatError } from '@/lib/i18n/describe-wechat-error';
import { formatDateTime, formatShortDateTime } from '@/lib/i18n/format';
import { quoteWeChat } from '@/lib/i18n/quote-wechat';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { toFailure } from '../../_components/to-failure';
import { discardCodeAction, retryCodeAction } from '../../actions';

/** Why there is no symbol yet, what WeChat said, and what can be done about it. */
export function IssueNotice({
  code,
  now,
  timeZone,
  mayWrite,
}: {
  code: CodeDto;
  now: string;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('codes.detail');
  const wechat = useTranslations('wechat');
  const locale = useLocale();
  const router = useRouter();
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const { error } = code;
  const isFailed = code.status === 'failed';

  if (!error && !isFailed) return <Notice>{t('waiting')}</Notice>;

  const described =
    error && error.kind !== 'unexpected' ? describeWeChatError(wechat, toFailure(error)) : null;
  const input = { accountId: code.accountId, codeId: code.id };

  const retry = () =>
    startTransition(async () => {
      const result = await retryCodeAction(input);
      if (!result.ok) notifyError(sentenceOf(result.error));
      else if (result.value.status !== 'failed') notify(t('retried'));
    });

  const discard = async () => {
    const result = await discardCodeAction(input);
    if (!result.ok) {
      notifyError(sentenceOf(result.error));
      return false;
    }
    notify(t('discarded', { label: code.label }));
    router.push('/codes');
    router.refresh();
  };

  return (
    <Notice
      tone={isFailed ? 'error' : 'warning'}
      title={isFailed ? t('failedTitle') : t('reservedTitle')}
      action={
        mayWrite ? (
          <div className="flex flex-wrap gap-2">
            <Button variant="secondary" size="sm" pending={pending} onClick={retry}>
              {t('retry')}
            </Button>
            {code.canDiscard ? (
              <ConfirmDialog
                trigger={
                  <Button variant="secondary" size="sm">
                    {t('discard')}
                  </Button>
                }
                title={t('discardTitle', { label: code.label })}
                text={code.kind === 'permanent' ? t('discardText') : t('discardTextTemporary')}
                confirmLabel={t('discard')}
                onConfirm={discard}
              />
            ) : null}
          </div>
        ) : null
      }
    >
      <p>{described ? `${described.what} ${described.remedy}` : t('unexpected')}</p>
      {code.nextAttemptAt ? (
        <p>{t('retryingAt', { when: formatShortDateTime(code.nextAttemptAt, locale, timeZone, now) })}</p>
      ) : null}
      {error ? (
        <dl className="mt-2 flex flex-wrap gap-x-4 text-sm text-muted">
          <dt className="sr-only">{t('saidTitle')}</dt>
          <dd className="font-mono wrap-anywhere">
            {`${quoteWeChat(error)} · ${formatDateTime(error.at, locale, timeZone)}`}
          </dd>
        </dl>
      ) : null}
    </Notice>
  );
}
