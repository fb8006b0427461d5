import { getLocale, getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { HeatGrid } from '@/components/charts/heat-grid';
import { getHeatMap } from '@/lib/analytics/get-heat-map';
import { getWeekHours } from '@/lib/analytics/get-week-hours';
import { formatNumber } from '@/lib/i18n/format';
import { csvHref, type Report } from '../load-report';

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Which campaign works where, and at what time people pass. */
export async function PatternsView({ report }: { report: Report }) {
  const { ctx, accountId, filter, range } = report;
  const t = await getTranslations('analytics.patterns');
  const parts = await getTranslations('analytics.parts');
  const locale = await getLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [heat, week] = await Promise.all([
    getHeatMap(ctx, accountId, { ...range, ...filter }),
    getWeekHours(ctx, accountId, { ...range, ...filter }),
  ]);
  const columns = heat.columns.map((column) => ({ ...column, name: column.name || parts('none.campaign') }));
  const rows = heat.rows.map(({ key, name, scans }) => ({
    key,
    name: name || parts('none.channel'),
    values: scans,
    shown: scans.map(number),
  }));
  const days = weekdays.map((day, i) => {
    const values = week.scans[i] ?? [];
    return { key: day, name: t(`days.${day}`), values, shown: values.map(number) };
  });

  return (
    <div className="grid gap-4">
      <ChartFrame
        title={t('heat.title')}
        text={t('heat.text')}
        table={{
          head: [parts('channel'), ...columns.map(({ name }) => name)],
          rows: rows.map(({ name, shown }) => [name, ...shown]),
        }}
        csvHref={csvHref(report, 'heat')}
      >
        {rows.length === 0 ? (
          <p className="text-muted">{t('nothing')}</p>
        ) : (
          <HeatGrid
            caption={t('heat.title')}
            columns={columns}
            rows={rows}
            showsFigures
            cellLabel={(row, column) =>
              t('heat.cell', {
                channel: rows[row]?.name ?? '',
                campaign: columns[column]?.name ?? '',
                scans: rows[row]?.values[column] ?? 0,
              })
            }
          />
        )}
      </ChartFrame>
      <ChartFrame
        title={t('hours.title')}
        text={t('hours.text')}
        table={{
          head: [t('hours.weekday'), ...hours],
          rows: days.map(({ name, shown }) => [name, ...shown]),
        }}
        csvHref={csvHref(report, 'hours')}
      >
        <HeatGrid
          caption={t('hours.title')}
          columns={hours.map((hour) => ({ key: hour, name: `${hour}:00`, short: String(Number(hour)) }))}
          rows={days}
          cellLabel={(row, column) =>
            t('hours.cell', {
              day: days[row]?.name ?? '',
              hour: hours[column] ?? '',
              scans: days[row]?.values[column] ?? 0,
            })
          }
        />
      </ChartFrame>
    </div>
  );
}
