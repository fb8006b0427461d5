'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import type { BatchProgressDto } from '@/lib/batches/types';
import { describeWeChatError } from '@/lib/i18n/describe-wechat-error';
import { formatTime } from '@/lib/i18n/format';
import { quoteWeChat } from '@/lib/i18n/quote-wechat';
import { toFailure } from '../../../codes/_components/to-failure';

/** What WeChat answered instead of a ticket, alike answers together, and what to do about each. */
export function BatchErrors({
  errors,
  timeZone,
}: {
  errors: BatchProgressDto['lastErrors'];
  timeZone: string;
}) {
  const t = useTranslations('batches.errors');
  const detail = useTranslations('codes.detail');
  const wechat = useTranslations('wechat');
  const locale = useLocale();
  if (errors.length === 0) return null;
  return (
    <Card title={t('title')} text={t('text')}>
      <ul className="divide-y divide-line">
        {errors.map((error) => {
          const told = error.kind === 'unexpected' ? null : describeWeChatError(wechat, toFailure(error));
          return (
            <li key={`${error.kind} ${error.errcode}`} className="py-3 first:pt-0 last:pb-0">
              <p className="font-semibold text-pretty">{told ? told.what : detail('unexpected')}</p>
              {told ? <p className="text-pretty">{told.remedy}</p> : null}
              <p className="mt-1 text-sm text-muted">
                {t('rows', { count: error.rows })} · {formatTime(error.at, locale, timeZone)}
              </p>
              <p className="font-mono text-sm wrap-anywhere text-muted">{quoteWeChat(error)}</p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
