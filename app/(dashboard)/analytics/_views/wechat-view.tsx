import { getLocale, getTranslations } from 'next-intl/server';
import { ChartFrame } from '@/components/charts/chart-frame';
import { LineChart } from '@/components/charts/line-chart';
import { compareWithWeChat } from '@/lib/analytics/compare-with-wechat';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { csvHref, type Report } from '../load-report';

/** Our follows by code against WeChat's own daily totals, with the difference. */
export async function WeChatView({ report }: { report: Report }) {
  const { ctx, accountId, range } = report;
  const t = await getTranslations('analytics.wechat');
  const locale = await getLocale();
  const days = await compareWithWeChat(ctx, accountId, range);
  const number = (value: number) => formatNumber(value, locale);
  const labels = days.map(({ day }) => formatDate(`${day}T00:00:00Z`, locale, 'UTC'));
  const known = days.filter(({ difference }) => difference !== null);
  const difference = known.reduce((sum, day) => sum + (day.difference ?? 0), 0);
  const signed = (value: number) => (value > 0 ? `+${number(value)}` : number(value));
  return (
    <ChartFrame
      title={t('title')}
      text={t('text')}
      table={{
        head: [t('day'), t('ours'), t('theirs'), t('difference')],
        rows: days.map((day, i) => [
          labels[i] ?? '',
          number(day.follows),
          day.wechatNewUsers === null ? '–' : number(day.wechatNewUsers),
          day.difference === null ? '–' : signed(day.difference),
        ]),
      }}
      csvHref={csvHref(report, 'wechat')}
    >
      {known.length === 0 ? (
        <p className="text-muted">{t('none')}</p>
      ) : (
        <>
          <p className="mb-4">{t('sum', { difference: signed(difference), days: known.length })}</p>
          <LineChart
            title={t('title')}
            lines={[
              { name: t('ours'), values: known.map(({ follows }) => follows) },
              { name: t('theirs'), values: known.map(({ wechatNewUsers }) => wechatNewUsers ?? 0) },
            ]}
            labels={known.map(({ day }) => formatDate(`${day}T00:00:00Z`, locale, 'UTC'))}
            shortLabels={known.map(({ day }) => `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`)}
          />
        </>
      )}
    </ChartFrame>
  );
}
