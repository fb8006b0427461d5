'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { notify, notifyError } from '@/components/ui/toast';
import type { StoppedDto } from '@/lib/accounts/types';
import { formatDateTime } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/load-messages';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';

/** Why an account stands still, and the way out. @param resume  left out for who may not */
export function StoppedBanner({
  stopped,
  timeZone,
  resume,
}: {
  stopped: StoppedDto;
  timeZone: string;
  resume?: () => Promise<Result<unknown>>;
}) {
  const t = useTranslations('accounts.stopped');
  const wechat = useTranslations('wechat');
  const locale = useLocale();
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const meaning = `errcodes.${stopped.code}` as `errcodes.${keyof Messages['wechat']['errcodes']}`;

  const run = () =>
    startTransition(async () => {
      const result = await resume?.();
      if (result?.ok) notify(t('resumed'));
      else if (result) notifyError(sentenceOf(result.error));
    });

  return (
    <Notice
      tone="error"
      className="mb-6"
      title={t('title', {
        code: String(stopped.code),
        meaning: wechat.has(meaning) ? wechat(meaning) : 'absent',
      })}
      action={
        resume ? (
          <Button variant="secondary" size="sm" pending={pending} onClick={run}>
            {t('resume')}
          </Button>
        ) : undefined
      }
    >
      <p>{stopped.code === 45029 ? t('permanentOnly') : t('everything')}</p>
      <p>{wechat(`remedies.${stopped.remedy}`, { ip: stopped.blockedIp ?? 'absent', rid: 'absent' })}</p>
      <p className="text-sm text-muted">
        {t('since', { at: formatDateTime(stopped.at, locale, timeZone) })}{' '}
        {stopped.until
          ? t('until', { until: formatDateTime(stopped.until, locale, timeZone) })
          : resume
            ? t('untilResumed')
            : t('untilAdmin')}
      </p>
      {stopped.message ? (
        <p className="font-mono text-sm wrap-anywhere text-muted">{stopped.message}</p>
      ) : null}
    </Notice>
  );
}
