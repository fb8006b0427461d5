import { useLocale, useTranslations } from 'next-intl';
import { formatDate } from '@/lib/i18n/format';

/** Local dates without a time: shown as they were entered, in no zone. */
export function CampaignDates({ startsOn, endsOn }: { startsOn: string | null; endsOn: string | null }) {
  const t = useTranslations('campaigns.dates');
  const locale = useLocale();
  const show = (date: string) => formatDate(`${date}T00:00:00Z`, locale, 'UTC');
  if (startsOn && endsOn) return t('range', { start: show(startsOn), end: show(endsOn) });
  if (startsOn) return t('from', { start: show(startsOn) });
  if (endsOn) return t('until', { end: show(endsOn) });
  return <span className="text-muted">{t('open')}</span>;
}
