import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, parseAsString, type SearchParams } from 'nuqs/server';
import { PageHeader } from '@/components/ui/page-header';
import { getCampaign } from '@/lib/campaigns/get-campaign';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import { getChannel } from '@/lib/channels/get-channel';
import { listChannelColumns } from '@/lib/channels/list-channel-columns';
import { getCode } from '@/lib/codes/get-code';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { listTagNames } from '@/lib/tags/list-tag-names';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { parseScene } from '@/lib/wechat';
import { QuotaAlert } from '../../_components/quota-alert';
import { pageAccount } from '../../page-account';
import { NewCodeForm } from './_components/new-code-form';

const loadQuery = createLoader({
  campaignId: parseAsString,
  channelId: parseAsString,
  tagId: parseAsString,
  slotOf: parseAsString,
  scene: parseAsString,
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('codes'))('new.title') };
}

export default async function NewCodePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageContext('marketer');
  const { ctx, account, now } = await pageAccount();
  const t = await getTranslations('codes');
  const { campaignId, channelId, tagId, slotOf, scene } = await loadQuery(searchParams);
  const [quota, columnNames, newest, tags, campaign, channel, archived] = await Promise.all([
    getQuotaCounts(ctx, account.id),
    listChannelColumns(ctx, account.id),
    listCampaigns(ctx, account.id, { limit: 2 }),
    listTagNames(ctx, account.id),
    campaignId ? orNotFound(getCampaign(ctx, account.id, campaignId)) : null,
    channelId ? orNotFound(getChannel(ctx, account.id, channelId)) : null,
    slotOf ? orNotFound(getCode(ctx, account.id, slotOf)) : null,
  ]);
  // With one campaign there is nothing to choose.
  const [only] = newest.items.length === 1 ? newest.items : [];

  return (
    <>
      <PageHeader title={t('new.title')} text={t('new.text')} back={{ href: '/codes', label: t('title') }} />
      <QuotaAlert ctx={ctx} accountId={account.id} />
      <NewCodeForm
        accountId={account.id}
        timeZone={account.timeZone}
        now={now}
        remaining={quota.remaining}
        isDeclared={account.externalDeclaredAt !== null}
        stopped={account.stopped}
        campaign={campaign ?? only ?? null}
        channel={channel}
        columnNames={columnNames}
        tags={tags}
        tag={tags.find(({ id }) => id === tagId)?.name ?? null}
        archivedScene={archived?.scene ?? null}
        adoptedScene={scene ? parseScene(scene) : null}
      />
    </>
  );
}
