import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Figure } from '@/components/ui/figure';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import type { ForecastDto } from '@/lib/quota/types';

/** The day on which the slots run out, and what that assumes. */
export function ForecastCard({ forecast, timeZone }: { forecast: ForecastDto; timeZone: string }) {
  const t = useTranslations('quota.forecast');
  const locale = useLocale();
  const date = (at: string | null) => (at === null ? t('never') : formatDate(at, locale, timeZone));
  if (forecast.kind === 'forecast') {
    const { perDay, basedOnDays, at, earliest, latest } = forecast;
    return (
      <Card title={t('title')}>
        <Figure
          label={t('runsOut')}
          value={date(at)}
          note={
            earliest === latest ? undefined : t('range', { earliest: date(earliest), latest: date(latest) })
          }
        />
        <p className="mt-3 text-sm text-pretty text-muted">
          {t('assumption', {
            days: basedOnDays,
            perDay: formatNumber(perDay, locale, perDay < 10 ? 1 : 0),
          })}
        </p>
      </Card>
    );
  }
  return (
    <Card title={t('title')}>
      <p className="font-semibold">{t(`${forecast.kind}.title`)}</p>
      <p className="text-sm text-pretty text-muted">
        {forecast.kind === 'tooLittle'
          ? t('tooLittle.text', {
              days: forecast.historyDays,
              used: forecast.usedDays,
              neededDays: forecast.needed.historyDays,
              neededUsed: forecast.needed.usedDays,
            })
          : forecast.kind === 'unused'
            ? t('unused.text', { days: forecast.days })
            : t('usedUp.text')}
      </p>
    </Card>
  );
}
