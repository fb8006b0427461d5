import { getLocale, getTranslations } from 'next-intl/server';
import { CountedFigure } from '@/components/analytics/counted-figure';
import { LiveRefresh } from '@/components/analytics/live-refresh';
import { periodLabel, shortPeriodLabel } from '@/components/analytics/period-labels';
import { showFigure } from '@/components/analytics/show-figure';
import { ChartFrame } from '@/components/charts/chart-frame';
import { LineChart } from '@/components/charts/line-chart';
import { Link } from '@/components/ui/link';
import { addDays } from '@/lib/analytics/format';
import { getCounting } from '@/lib/analytics/get-counting';
import { getSeries } from '@/lib/analytics/get-series';
import { summariseScans } from '@/lib/analytics/summarise-scans';
import { type FigureName, figureNames } from '@/lib/analytics/types';
import type { Context } from '@/lib/context';
import { formatNumber } from '@/lib/i18n/format';

const DAYS = 30;
const shownFigures: readonly FigureName[] = [
  'scans',
  'people',
  'newFollowers',
  'refollows',
  'unfollows',
  'netFollowers',
];

type Of = { campaignId: string } | { channelId: string } | { codeId: string };

/** What one campaign, channel or code has brought in the last 30 days; it moves while people scan. */
export async function ScanPicture({
  ctx,
  accountId,
  of,
  note,
}: {
  ctx: Context;
  accountId: string;
  of: Of;
  note?: string;
}) {
  const t = await getTranslations('analytics');
  const locale = await getLocale();
  const counting = await getCounting(ctx, accountId);
  const range = { from: addDays(counting.today, 1 - DAYS), to: counting.today };
  const [total, { items }] = await Promise.all([
    summariseScans(ctx, accountId, { ...range, ...of }),
    getSeries(ctx, accountId, { ...range, ...of, by: 'day' }),
  ]);
  const number = (value: number) => formatNumber(value, locale);
  const csv = new URLSearchParams({ report: 'series', by: 'day', accountId, ...range, ...of });
  return (
    <>
      <LiveRefresh accountId={accountId} codeId={'codeId' in of ? of.codeId : undefined} />
      <ChartFrame
        title={t('picture.title')}
        text={note ?? t('picture.text')}
        table={{
          head: [t('periods.day'), ...figureNames.map((name) => t(`figures.${name}`))],
          rows: items.map((item) => [
            periodLabel(item.key, 'day', locale),
            ...figureNames.map((name) => showFigure(item, name, number)),
          ]),
        }}
        csvHref={`/api/analytics/csv?${csv}`}
      >
        <div className="mb-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 xl:grid-cols-6">
          {shownFigures.map((name) => (
            <CountedFigure
              key={name}
              name={name}
              counted={total}
              countedSince={counting.countedSince}
              timeZone={counting.timeZone}
            />
          ))}
        </div>
        {total.scans === 0 ? (
          <p className="text-muted">{t('picture.none')}</p>
        ) : (
          <LineChart
            title={t('picture.title')}
            lines={[{ name: t('figures.scans'), values: items.map(({ scans }) => scans) }]}
            labels={items.map(({ key }) => periodLabel(key, 'day', locale))}
            openEnd
            shortLabels={items.map(({ key }) => shortPeriodLabel(key, 'day'))}
          />
        )}
        <p className="mt-3 text-sm">
          <Link
            href={`/analytics?${new URLSearchParams(of)}`}
            className="text-accent underline underline-offset-3"
          >
            {t('picture.all')}
          </Link>
        </p>
      </ChartFrame>
    </>
  );
}
