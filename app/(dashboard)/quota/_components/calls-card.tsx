import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Figure } from '@/components/ui/figure';
import { Gauge } from '@/components/ui/gauge';
import { formatNumber, formatTime } from '@/lib/i18n/format';
import type { CallUsageDto } from '@/lib/quota/types';

/** Today's calls, which is another limit than the permanent codes: it begins anew each day. */
export function CallsCard({ usage, timeZone }: { usage: CallUsageDto; timeZone: string }) {
  const t = useTranslations('quota.calls');
  const locale = useLocale();
  const { callsToday, callLimit, atWeChat } = usage;
  // Both counts are late in their own way (WeChat's was read some minutes ago), so the larger one is nearer the truth.
  const used = Math.max(callsToday, atWeChat?.used ?? 0);
  const others = used - callsToday;
  return (
    <Card title={t('title')} text={t('text')}>
      <Figure
        size="medium"
        label={t('today')}
        value={formatNumber(callsToday, locale)}
        unit={t('ofLimit', { limit: formatNumber(callLimit, locale) })}
        className="mb-3"
      />
      <Gauge
        segments={[
          { key: 'ours', label: t('ours'), value: callsToday, pattern: 'solid' },
          { key: 'others', label: t('others'), value: others, pattern: 'stripes' },
          { key: 'left', label: t('left'), value: Math.max(0, callLimit - used), pattern: 'empty' },
        ]}
      />
      <p className="mt-3 text-sm text-pretty text-muted">
        {atWeChat
          ? t('atWeChat', {
              used: formatNumber(atWeChat.used, locale),
              at: formatTime(atWeChat.at, locale, timeZone),
            })
          : t('unknown')}
      </p>
    </Card>
  );
}
