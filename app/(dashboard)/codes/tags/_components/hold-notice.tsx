import { useLocale, useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { formatShortDateTime } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/load-messages';
import { quoteWeChat } from '@/lib/i18n/quote-wechat';
import type { TaggingHoldDto } from '@/lib/tags/types';
import { RetryButton } from './retry-button';
import { useRemedy } from './use-remedy';

/** Why nobody is tagged at present, and when or how it goes on. */
export function HoldNotice({
  accountId,
  hold,
  now,
  timeZone,
  mayWrite,
}: {
  accountId: string;
  hold: TaggingHoldDto;
  now: string;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('tags.hold');
  const wechat = useTranslations('wechat');
  const locale = useLocale();
  const remedy = useRemedy();
  const { errcode, errmsg, rid, at, until } = hold;
  const meaning = `errcodes.${errcode}` as `errcodes.${keyof Messages['wechat']['errcodes']}`;
  return (
    <Notice
      tone="warning"
      className="mb-6"
      title={t('title', {
        errcode: String(errcode),
        meaning: wechat.has(meaning) ? wechat(meaning) : 'absent',
      })}
      action={mayWrite ? <RetryButton accountId={accountId} label={t('retry')} /> : undefined}
    >
      <p>{remedy({ kind: 'api', errcode, errmsg, rid, at }).remedy}</p>
      <p>
        {until
          ? t('until', { when: formatShortDateTime(until, locale, timeZone, now) })
          : mayWrite
            ? t('person')
            : null}
      </p>
      <p>{t('text')}</p>
      <p className="mt-1 font-mono text-sm wrap-anywhere text-muted">
        {quoteWeChat({ errcode, errmsg, rid })}
      </p>
    </Notice>
  );
}
