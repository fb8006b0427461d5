import { getLocale, getTranslations } from 'next-intl/server';
import { periodLabel, shortPeriodLabel } from '@/components/analytics/period-labels';
import { showFigure } from '@/components/analytics/show-figure';
import { ChartFrame } from '@/components/charts/chart-frame';
import { LineChart } from '@/components/charts/line-chart';
import { compareScans } from '@/lib/analytics/compare-scans';
import { getBreakdown } from '@/lib/analytics/get-breakdown';
import { maxCompared } from '@/lib/analytics/schemas';
import { comparables, figureNames } from '@/lib/analytics/types';
import { formatNumber } from '@/lib/i18n/format';
import { orNotFound } from '@/lib/web/page-context';
import { ChoiceLinks } from '../_components/choice-links';
import { ComparedPicker } from '../_components/compared-picker';
import { analyticsHref } from '../_components/query-parsers';
import { csvHref, type Report } from '../load-report';

const OFFERED = 30;

/** Up to six side by side; to begin with, the three with the most scans. */
export async function CompareView({ report }: { report: Report }) {
  const { ctx, accountId, filter, range, period, query, counting } = report;
  const t = await getTranslations('analytics');
  const locale = await getLocale();
  const number = (value: number) => formatNumber(value, locale);
  const { compare, figure } = query;
  const offered = await getBreakdown(ctx, accountId, { ...range, ...filter, by: compare, limit: OFFERED });
  const choices = offered.items.filter(({ key }) => key !== '');
  const ids =
    query.ids.length > 0 ? query.ids.slice(0, maxCompared) : choices.slice(0, 3).map(({ key }) => key);
  const compared =
    ids.length === 0
      ? []
      : await orNotFound(compareScans(ctx, accountId, { ...range, ...filter, by: period, compare, ids }));
  const labels = compared[0]?.items.map(({ key }) => periodLabel(key, period, locale)) ?? [];
  const title = t('compare.title', { figure: t(`figures.${figure}`) });

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <ChoiceLinks
          label={t('compare.what')}
          choices={comparables.map((name) => ({
            key: name,
            name: t(`parts.${name}`),
            href: analyticsHref(query, { compare: name, ids: [] }),
            chosen: name === compare,
          }))}
        />
        <ComparedPicker
          chosen={compared.map(({ key, name }) => ({ key, name }))}
          choices={choices.map(({ key, name, scans }) => ({ key, name, scans: number(scans) }))}
          most={maxCompared}
        />
      </div>
      {compared.length === 0 ? (
        <p className="text-muted">{t('nothing')}</p>
      ) : (
        <>
          <ChartFrame
            title={title}
            table={{
              head: [t(`periods.${period}`), ...compared.map(({ name }) => name)],
              rows: labels.map((label, i) => [
                label,
                ...compared.map(({ items }) => {
                  const item = items[i];
                  return item ? showFigure(item, figure, number) : '';
                }),
              ]),
            }}
            csvHref={csvHref(report, 'compare', { by: period, compare, ids: ids.join(','), figure })}
          >
            <div className="mb-4">
              <ChoiceLinks
                label={t('trend.figure')}
                choices={figureNames.map((name) => ({
                  key: name,
                  name: t(`figures.${name}`),
                  href: analyticsHref(query, { figure: name }),
                  chosen: name === figure,
                }))}
              />
            </div>
            <LineChart
              title={title}
              lines={compared.map(({ name, items }) => ({ name, values: items.map((item) => item[figure]) }))}
              labels={labels}
              openEnd={range.to >= counting.today}
              shortLabels={compared[0]?.items.map(({ key }) => shortPeriodLabel(key, period))}
            />
          </ChartFrame>
          <section
            aria-label={t('compare.totals')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            tabIndex={0}
            className="relative overflow-x-auto rounded-lg border border-line bg-surface p-4"
          >
            <table className="w-full text-sm">
              <caption className="sr-only">{t('compare.totals')}</caption>
              <thead>
                <tr>
                  <th scope="col" className="px-2 py-1.5 text-left text-muted">
                    {t(`parts.${compare}`)}
                  </th>
                  {figureNames.map((name) => (
                    <th
                      key={name}
                      scope="col"
                      className="px-2 py-1.5 text-right whitespace-nowrap text-muted"
                    >
                      {t(`figures.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {compared.map(({ key, name, total }) => (
                  <tr key={key}>
                    <th scope="row" className="border-t border-line px-2 py-1.5 text-left font-normal">
                      {name}
                    </th>
                    {figureNames.map((each) => (
                      <td key={each} className="border-t border-line px-2 py-1.5 text-right">
                        {showFigure(total, each, number)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </div>
  );
}
