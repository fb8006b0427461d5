import { getLocale, getTranslations } from 'next-intl/server';
import { CountedFigure } from '@/components/analytics/counted-figure';
import { LiveFeed } from '@/components/analytics/live-feed';
import { LiveRefresh } from '@/components/analytics/live-refresh';
import { periodLabel, shortPeriodLabel } from '@/components/analytics/period-labels';
import { showFigure } from '@/components/analytics/show-figure';
import { BarRows } from '@/components/charts/bar-rows';
import { ChartFrame } from '@/components/charts/chart-frame';
import { LineChart } from '@/components/charts/line-chart';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { presetRange, rangeBefore } from '@/lib/analytics/format';
import { getCounting } from '@/lib/analytics/get-counting';
import { getSeries } from '@/lib/analytics/get-series';
import { listMovers } from '@/lib/analytics/list-movers';
import { readFeed } from '@/lib/analytics/read-feed';
import { summariseScans } from '@/lib/analytics/summarise-scans';
import { type FigureName, figureNames, type MoverDto } from '@/lib/analytics/types';
import type { Context } from '@/lib/context';
import { formatNumber } from '@/lib/i18n/format';

const todaysFigures: readonly FigureName[] = ['scans', 'people', 'newFollowers', 'unfollows'];
const monthsFigures: readonly FigureName[] = ['scans', 'people', 'newFollowers', 'netFollowers'];
const FEED_ITEMS = 8;

/** Today as it goes on, the last 30 days against the 30 before, and what moved the most. */
export async function ScansToday({ ctx, accountId }: { ctx: Context; accountId: string }) {
  const t = await getTranslations('analytics');
  const locale = await getLocale();
  const number = (value: number) => formatNumber(value, locale);
  const counting = await getCounting(ctx, accountId);
  const { today, countedSince, timeZone } = counting;
  const month = presetRange('last30', today);
  const [ofToday, ofMonth, before, { items }, feed, movers] = await Promise.all([
    summariseScans(ctx, accountId, { from: today, to: today }),
    summariseScans(ctx, accountId, month),
    summariseScans(ctx, accountId, rangeBefore(month)),
    getSeries(ctx, accountId, { ...month, by: 'day' }),
    readFeed(ctx, accountId, { limit: FEED_ITEMS }),
    listMovers(ctx, accountId),
  ]);
  const csv = new URLSearchParams({ report: 'series', by: 'day', accountId, ...month });
  const toRow = ({ key, name, before: was, after }: MoverDto) => ({
    key,
    name: name || t('parts.none.channel'),
    value: after - was,
    shown: after > was ? `+${number(after - was)}` : number(after - was),
    note: t('movers.change', { before: number(was), after: number(after) }),
    href: `/channels/${key}`,
  });

  return (
    <>
      <LiveRefresh accountId={accountId} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={t('today.title')} text={t('feed.text')}>
          <div className="mb-4 grid grid-cols-2 gap-4 sm:grid-cols-4">
            {todaysFigures.map((name) => (
              <CountedFigure
                key={name}
                name={name}
                counted={ofToday}
                countedSince={countedSince}
                timeZone={timeZone}
              />
            ))}
          </div>
          <LiveFeed accountId={accountId} initial={feed} timeZone={timeZone} today={today} />
        </Card>
        <ChartFrame
          title={t('today.thirty')}
          text={t('today.thirtyText')}
          table={{
            head: [t('periods.day'), ...figureNames.map((name) => t(`figures.${name}`))],
            rows: items.map((item) => [
              periodLabel(item.key, 'day', locale),
              ...figureNames.map((name) => showFigure(item, name, number)),
            ]),
          }}
          csvHref={`/api/analytics/csv?${csv}`}
        >
          <div className="mb-4 grid grid-cols-2 gap-4 sm:grid-cols-4">
            {monthsFigures.map((name) => (
              <CountedFigure
                key={name}
                name={name}
                counted={ofMonth}
                note={t('before', { value: showFigure(before, name, number) })}
                countedSince={countedSince}
                timeZone={timeZone}
              />
            ))}
          </div>
          <LineChart
            title={t('picture.title')}
            lines={[{ name: t('figures.scans'), values: items.map(({ scans }) => scans) }]}
            labels={items.map(({ key }) => periodLabel(key, 'day', locale))}
            openEnd
            shortLabels={items.map(({ key }) => shortPeriodLabel(key, 'day'))}
          />
          <p className="mt-3 text-sm">
            <Link href="/analytics" className="text-accent underline underline-offset-3">
              {t('today.all')}
            </Link>
          </p>
        </ChartFrame>
      </div>
      {movers.up.length + movers.down.length > 0 ? (
        <Card title={t('movers.title')} text={t('movers.text')}>
          <div className="grid gap-6 md:grid-cols-2">
            {(['up', 'down'] as const).map((way) => (
              <div key={way} className="min-w-0">
                <h3 className="mb-2 text-sm text-muted">{t(`movers.${way}`)}</h3>
                {movers[way].length === 0 ? (
                  <p className="text-muted">{t(`movers.none.${way}`)}</p>
                ) : (
                  <BarRows label={t(`movers.${way}`)} rows={movers[way].map(toRow)} />
                )}
              </div>
            ))}
          </div>
        </Card>
      ) : null}
    </>
  );
}
