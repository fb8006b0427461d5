import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { SearchParams } from 'nuqs/server';
import { PageHeader } from '@/components/ui/page-header';
import { listFilterChoices } from '@/lib/analytics/get-counting';
import { getCampaign } from '@/lib/campaigns/get-campaign';
import { getChannel } from '@/lib/channels/get-channel';
import { getCode } from '@/lib/codes/get-code';
import { getTag } from '@/lib/tags/get-tag';
import { orNotFound } from '@/lib/web/page-context';
import { ListFrame } from '../_components/list-frame';
import { pageAccount } from '../page-account';
import { AnalyticsFilters } from './_components/analytics-filters';
import { ChoiceLinks } from './_components/choice-links';
import { analyticsHref, loadAnalyticsQuery, views } from './_components/query-parsers';
import { RangePicker } from './_components/range-picker';
import { CompareView } from './_views/compare-view';
import { FollowersView } from './_views/followers-view';
import { PatternsView } from './_views/patterns-view';
import { TrendView } from './_views/trend-view';
import { UnscannedView } from './_views/unscanned-view';
import { WeChatView } from './_views/wechat-view';
import { loadReport } from './load-report';

const viewOf = {
  trend: TrendView,
  patterns: PatternsView,
  compare: CompareView,
  followers: FollowersView,
  unscanned: UnscannedView,
  wechat: WeChatView,
} as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('analytics'))('title') };
}

export default async function AnalyticsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account } = await pageAccount();
  const t = await getTranslations('analytics');
  const query = loadAnalyticsQuery(await searchParams);
  const { campaignId, channelId, codeId, tagId } = query;
  if (tagId) await orNotFound(getTag(ctx, account.id, tagId));
  const [campaign, channel, code, choices, report] = await Promise.all([
    campaignId ? orNotFound(getCampaign(ctx, account.id, campaignId)) : null,
    channelId ? orNotFound(getChannel(ctx, account.id, channelId)) : null,
    codeId ? orNotFound(getCode(ctx, account.id, codeId)) : null,
    listFilterChoices(ctx, account.id),
    loadReport(ctx, account.id, query),
  ]);
  const View = viewOf[query.view];
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="mb-4 border-b border-line pb-3">
        <ChoiceLinks
          label={t('views.label')}
          choices={views.map((view) => ({
            key: view,
            name: t(`views.${view}`),
            href: analyticsHref(query, { view }),
            chosen: view === query.view,
          }))}
        />
      </div>
      <ListFrame
        controls={
          <>
            <RangePicker range={report.range} today={report.counting.today} />
            <AnalyticsFilters
              accountId={account.id}
              campaign={campaign}
              channel={channel}
              code={code && { id: code.id, name: code.label }}
              choices={choices}
            />
          </>
        }
      >
        <View report={report} />
      </ListFrame>
    </>
  );
}
