import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { formatDateTime } from '@/lib/i18n/format';
import { quoteWeChat } from '@/lib/i18n/quote-wechat';
import type { MarkingFailureDto } from '@/lib/tags/types';
import { RetryButton } from './retry-button';
import { useRemedy } from './use-remedy';

/** Who was not tagged, by tag and reason, in the words of WeChat. */
export function FailedFollowers({
  accountId,
  failures,
  timeZone,
  mayWrite,
}: {
  accountId: string;
  failures: readonly MarkingFailureDto[];
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = useTranslations('tags.failures');
  const locale = useLocale();
  const remedy = useRemedy();
  return (
    <Card title={t('title')} text={t('text')} className="mt-6">
      <ul className="divide-y divide-line">
        {failures.map(({ tagId, tagName, followers, error }) => (
          <li key={`${tagId} ${error.kind} ${error.errcode}`} className="flex flex-wrap gap-x-4 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-72">
              <p className="wrap-anywhere">
                <span className="font-semibold">{tagName}</span>{' '}
                <span className="text-muted">{t('followers', { count: followers })}</span>
              </p>
              <p className="text-pretty">{remedy(error).remedy}</p>
              <p className="mt-1 font-mono text-sm wrap-anywhere text-muted">
                {`${quoteWeChat(error)} · ${formatDateTime(error.at, locale, timeZone)}`}
              </p>
            </div>
            {mayWrite ? (
              <RetryButton accountId={accountId} tag={{ id: tagId, name: tagName }} label={t('retry')} />
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
