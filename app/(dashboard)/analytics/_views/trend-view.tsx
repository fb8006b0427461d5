import { getLocale, getTranslations } from 'next-intl/server';
import { CountedFigure } from '@/components/analytics/counted-figure';
import { periodLabel, shortPeriodLabel } from '@/components/analytics/period-labels';
import { showFigure } from '@/components/analytics/show-figure';
import { BarRows } from '@/components/charts/bar-rows';
import { ChartFrame } from '@/components/charts/chart-frame';
import { LineChart } from '@/components/charts/line-chart';
import { rangeBefore } from '@/lib/analytics/format';
import { getBreakdown } from '@/lib/analytics/get-breakdown';
import { getSeries } from '@/lib/analytics/get-series';
import { summariseScans } from '@/lib/analytics/summarise-scans';
import { type BreakdownItemDto, dimensions, figureNames, periods } from '@/lib/analytics/types';
import { formatNumber } from '@/lib/i18n/format';
import { ChoiceLinks } from '../_components/choice-links';
import { analyticsHref } from '../_components/query-parsers';
import { csvHref, type Report } from '../load-report';

const SHOWN_PARTS = 20;

/** The figures of the range, one of them over time, and by what they divide. */
export async function TrendView({ report }: { report: Report }) {
  const { ctx, accountId, filter, range, period, query, counting } = report;
  const t = await getTranslations('analytics');
  const locale = await getLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [total, before, series, breakdown] = await Promise.all([
    summariseScans(ctx, accountId, { ...range, ...filter }),
    summariseScans(ctx, accountId, { ...rangeBefore(range), ...filter }),
    getSeries(ctx, accountId, { ...range, ...filter, by: period }),
    getBreakdown(ctx, accountId, { ...range, ...filter, by: query.part, limit: SHOWN_PARTS }),
  ]);
  const figure = query.figure;
  const figureHead = figureNames.map((name) => t(`figures.${name}`));
  const figureCells = (item: (typeof series.items)[number]) =>
    figureNames.map((name) => showFigure(item, name, number));
  const nameOf = (item: BreakdownItemDto) => item.name || t(`parts.none.${query.part}`);

  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4 xl:grid-cols-7">
        {figureNames.map((name) => (
          <CountedFigure
            key={name}
            name={name}
            counted={total}
            note={t('before', { value: showFigure(before, name, number) })}
            countedSince={counting.countedSince}
            timeZone={counting.timeZone}
          />
        ))}
      </div>
      <ChartFrame
        title={t('trend.title', { figure: t(`figures.${figure}`) })}
        table={{
          head: [t(`periods.${period}`), ...figureHead],
          rows: series.items.map((item) => [periodLabel(item.key, period, locale), ...figureCells(item)]),
        }}
        csvHref={csvHref(report, 'series', { by: period })}
      >
        <div className="mb-4 flex flex-wrap justify-between gap-x-6 gap-y-2">
          <ChoiceLinks
            label={t('trend.figure')}
            choices={figureNames.map((name) => ({
              key: name,
              name: t(`figures.${name}`),
              href: analyticsHref(query, { figure: name }),
              chosen: name === figure,
            }))}
          />
          <ChoiceLinks
            label={t('trend.period')}
            choices={periods.map((name) => ({
              key: name,
              name: t(`periods.${name}`),
              href: analyticsHref(query, { by: name }),
              chosen: name === period,
            }))}
          />
        </div>
        <LineChart
          title={t('trend.title', { figure: t(`figures.${figure}`) })}
          lines={[{ name: t(`figures.${figure}`), values: series.items.map((item) => item[figure]) }]}
          labels={series.items.map(({ key }) => periodLabel(key, period, locale))}
          openEnd={range.to >= counting.today}
          shortLabels={series.items.map(({ key }) => shortPeriodLabel(key, period))}
        />
      </ChartFrame>
      <ChartFrame
        title={t('parts.title')}
        text={t('parts.text')}
        table={{
          head: [t(`parts.${query.part}`), ...figureHead],
          rows: breakdown.items.map((item) => [nameOf(item), ...figureCells(item)]),
        }}
        csvHref={csvHref(report, 'breakdown', { by: query.part })}
      >
        <div className="mb-4">
          <ChoiceLinks
            label={t('parts.label')}
            choices={dimensions.map((name) => ({
              key: name,
              name: t(`parts.${name}`),
              href: analyticsHref(query, { part: name }),
              chosen: name === query.part,
            }))}
          />
        </div>
        {breakdown.items.length === 0 ? (
          <p className="text-muted">{t('nothing')}</p>
        ) : (
          <BarRows
            label={t('parts.title')}
            rows={breakdown.items.map((item) => ({
              key: item.key,
              name: nameOf(item),
              value: item.scans,
              shown: number(item.scans),
              note: t('parts.note', {
                people: showFigure(item, 'people', number),
                follows: number(item.newFollowers + item.refollows),
              }),
              href: drillDown(report, item.key),
            }))}
          />
        )}
        {breakdown.hasMore ? (
          <p className="mt-3 text-sm text-muted">{t('parts.more', { count: SHOWN_PARTS })}</p>
        ) : null}
      </ChartFrame>
    </div>
  );
}

const next = {
  campaign: 'channel',
  channel: 'code',
  code: 'code',
  tag: 'code',
  city: 'channel',
  region: 'city',
} as const;
const filterName = {
  campaign: 'campaignId',
  channel: 'channelId',
  code: 'codeId',
  tag: 'tagId',
  city: 'city',
  region: 'region',
} as const;

/** What is clicked becomes a filter, and the next finer part is shown; undefined: there is nothing finer. */
function drillDown({ query }: Report, key: string): string | undefined {
  if (key === '') return undefined;
  return analyticsHref(query, { [filterName[query.part]]: key, part: next[query.part] });
}
