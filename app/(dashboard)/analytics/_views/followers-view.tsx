import { getLocale, getTranslations } from 'next-intl/server';
import { showFigure } from '@/components/analytics/show-figure';
import { BarRows } from '@/components/charts/bar-rows';
import { ChartFrame } from '@/components/charts/chart-frame';
import { FunnelChart } from '@/components/charts/funnel-chart';
import { getFunnel } from '@/lib/analytics/get-funnel';
import { getTouches } from '@/lib/analytics/get-touches';
import { listCampaignCosts } from '@/lib/analytics/list-campaign-costs';
import { formatDate, formatDateTime, formatNumber, formatPercent } from '@/lib/i18n/format';
import { analyticsHref } from '../_components/query-parsers';
import { csvHref, type Report } from '../load-report';

/** From the scan to the follower who stays, what one has cost, and who brought those who follow now. */
export async function FollowersView({ report }: { report: Report }) {
  const { ctx, accountId, filter, range, query, counting } = report;
  const t = await getTranslations('analytics.followers');
  const all = await getTranslations('analytics');
  const locale = await getLocale();
  const number = (value: number) => formatNumber(value, locale);
  const [funnel, costs, touches] = await Promise.all([
    getFunnel(ctx, accountId, { ...range, ...filter }),
    listCampaignCosts(ctx, accountId),
    getTouches(ctx, accountId),
  ]);
  const share = (part: number, whole: number) => (whole === 0 ? '–' : formatPercent(part / whole, locale));
  const steps = [
    {
      key: 'people',
      name: all('figures.people'),
      value: funnel.people,
      shown: showFigure(funnel, 'people', number),
      note: t('ofScans', { scans: funnel.scans }),
    },
    {
      key: 'follows',
      name: t('follows'),
      value: funnel.follows,
      shown: number(funnel.follows),
      note: t('ofPeople', { share: share(funnel.follows, funnel.people) }),
    },
    ...funnel.kept.map(({ days, follows, kept, until }) => ({
      key: `kept ${days}`,
      name: t('kept', { days }),
      value: kept,
      shown: until === null ? '–' : number(kept),
      note:
        until === null
          ? t('notYet')
          : t('ofFollows', {
              share: share(kept, follows),
              follows,
              until: formatDate(`${until}T00:00:00Z`, locale, 'UTC'),
            }),
    })),
  ];
  const money = (value: number) => formatNumber(value, locale, 2);

  return (
    <div className="grid gap-4">
      <ChartFrame
        title={t('funnel.title')}
        text={t('funnel.text')}
        table={{
          head: [t('funnel.step'), t('funnel.number'), t('funnel.share')],
          rows: steps.map(({ name, shown, note }) => [name, shown, note]),
        }}
        csvHref={csvHref(report, 'funnel')}
      >
        <FunnelChart label={t('funnel.title')} steps={steps} />
      </ChartFrame>
      <ChartFrame
        title={t('cost.title')}
        text={t('cost.text')}
        table={{
          head: [all('parts.campaign'), t('cost.cost'), t('follows'), t('cost.each')],
          rows: costs.map((each) => [
            each.name,
            money(each.cost),
            number(each.newFollowers + each.refollows),
            each.costPerFollower === null ? '–' : money(each.costPerFollower),
          ]),
        }}
        csvHref={csvHref(report, 'costs')}
      >
        {costs.length === 0 ? (
          <p className="text-muted">{t('cost.none')}</p>
        ) : (
          <BarRows
            label={t('cost.title')}
            rows={costs.map((each) => ({
              key: each.id,
              name: each.name,
              value: each.costPerFollower ?? 0,
              shown: each.costPerFollower === null ? t('cost.nobody') : money(each.costPerFollower),
              note: t('cost.note', {
                cost: money(each.cost),
                follows: number(each.newFollowers + each.refollows),
              }),
              href: analyticsHref(query, { campaignId: each.id, view: 'trend', part: 'channel' }),
            }))}
          />
        )}
      </ChartFrame>
      <ChartFrame
        title={t('touch.title')}
        text={
          touches.countedAt
            ? t('touch.textAt', { when: formatDateTime(touches.countedAt, locale, counting.timeZone) })
            : t('touch.text')
        }
        table={{
          head: [all('parts.campaign'), t('touch.first'), t('touch.last')],
          rows: touches.items.map(({ name, first, last }) => [
            name || all('parts.none.campaign'),
            number(first),
            number(last),
          ]),
        }}
        csvHref={csvHref(report, 'touches')}
      >
        {touches.items.length === 0 ? (
          <p className="text-muted">{t('touch.none')}</p>
        ) : (
          <div className="grid gap-6 md:grid-cols-2">
            {(['first', 'last'] as const).map((which) => (
              <div key={which} className="min-w-0">
                <h3 className="mb-2 text-sm text-muted">{t(`touch.${which}`)}</h3>
                <BarRows
                  label={t(`touch.${which}`)}
                  rows={[...touches.items]
                    .sort((a, b) => b[which] - a[which])
                    .slice(0, 10)
                    .map((item) => ({
                      key: item.key,
                      name: item.name || all('parts.none.campaign'),
                      value: item[which],
                      shown: number(item[which]),
                    }))}
                />
              </div>
            ))}
          </div>
        )}
      </ChartFrame>
    </div>
  );
}
