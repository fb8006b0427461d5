import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, parseAsString, type SearchParams } from 'nuqs/server';
import { PageHeader } from '@/components/ui/page-header';
import { getCampaign } from '@/lib/campaigns/get-campaign';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import { listChannelColumns } from '@/lib/channels/list-channel-columns';
import { listChannelPlaces } from '@/lib/channels/list-channel-places';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { listTagNames } from '@/lib/tags/list-tag-names';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { QuotaAlert } from '../../_components/quota-alert';
import { pageAccount } from '../../page-account';
import { NewBatchForm } from './_components/new-batch-form';

const loadQuery = createLoader({ campaignId: parseAsString });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('batches'))('new.title') };
}

export default async function NewBatchPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageContext('marketer');
  const { ctx, account, now } = await pageAccount();
  const t = await getTranslations('batches');
  const { campaignId } = await loadQuery(searchParams);
  const [quota, columnNames, places, newest, tags, campaign] = await Promise.all([
    getQuotaCounts(ctx, account.id),
    listChannelColumns(ctx, account.id),
    listChannelPlaces(ctx, account.id),
    listCampaigns(ctx, account.id, { limit: 2 }),
    listTagNames(ctx, account.id),
    campaignId ? orNotFound(getCampaign(ctx, account.id, campaignId)) : null,
  ]);
  // With one campaign there is nothing to choose.
  const [only] = newest.items.length === 1 ? newest.items : [];

  return (
    <>
      <PageHeader
        title={t('new.title')}
        text={t('new.text')}
        back={{ href: '/batches', label: t('title') }}
      />
      <QuotaAlert ctx={ctx} accountId={account.id} />
      <NewBatchForm
        accountId={account.id}
        timeZone={account.timeZone}
        now={now}
        remaining={quota.remaining}
        isDeclared={account.externalDeclaredAt !== null}
        stopped={account.stopped}
        campaign={campaign ?? only ?? null}
        columnNames={columnNames}
        tags={tags}
        places={places}
      />
    </>
  );
}
