import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RowLink } from '@/components/ui/row-link';
import { StatusBadge } from '@/components/ui/status-badge';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listCampaigns } from '@/lib/campaigns/list-campaigns';
import { campaignStatus } from '@/lib/campaigns/types';
import { formatDate, formatNumber, localDate } from '@/lib/i18n/format';
import { keysetLinks } from '../_components/keyset-links';
import { ListFrame } from '../_components/list-frame';
import { listParsers } from '../_components/list-parsers';
import { SearchAndArchived } from '../_components/search-and-archived';
import { pageAccount } from '../page-account';
import { ArchiveCampaignButton } from './_components/archive-campaign-button';
import { CampaignDates } from './_components/campaign-dates';
import { CreateCampaignButton } from './_components/create-campaign-button';

const loadQuery = createLoader(listParsers);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('campaigns'))('title') };
}

export default async function CampaignsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('campaigns');
  const locale = await getLocale();
  const params = await searchParams;
  const { q, archived, cursor } = loadQuery(params);
  const page = await listCampaigns(ctx, account.id, {
    q: q || undefined,
    archived: archived ?? undefined,
    cursor: cursor ?? undefined,
  });
  const isFiltered = Boolean(q || archived || cursor);
  const create = mayWrite ? <CreateCampaignButton accountId={account.id} shortcut /> : undefined;
  const today = localDate(now, account.timeZone);

  if (page.items.length === 0 && !isFiltered) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState picture="campaigns" title={t('empty.title')} text={t('empty.text')} action={create} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} action={create} />
      <ListFrame
        controls={<SearchAndArchived searchLabel={t('searchLabel')} filterLabel={t('filterLabel')} />}
      >
        {page.items.length === 0 ? (
          <EmptyState picture="search" title={t('nothingFound.title')} text={t('nothingFound.text')} />
        ) : (
          <Table caption={t('caption')}>
            <TableHead>
              <Th>{t('columns.name')}</Th>
              <Th>{t('columns.status')}</Th>
              <Th>{t('columns.dates')}</Th>
              <Th align="end">{t('columns.codes')}</Th>
              <Th>{t('columns.owner')}</Th>
              <Th>{t('columns.created')}</Th>
              {mayWrite ? <Th /> : null}
            </TableHead>
            <TableBody>
              {page.items.map((campaign) => (
                <Tr key={campaign.id}>
                  <Td card="title">
                    <RowLink href={`/campaigns/${campaign.id}`}>{campaign.name}</RowLink>
                  </Td>
                  <Td name={t('columns.status')}>
                    <StatusBadge status={campaignStatus(campaign, today)} />
                  </Td>
                  <Td name={t('columns.dates')}>
                    <CampaignDates startsOn={campaign.startsOn} endsOn={campaign.endsOn} />
                  </Td>
                  <Td name={t('columns.codes')} align="end">
                    {formatNumber(campaign.codeCount, locale)}
                  </Td>
                  <Td name={t('columns.owner')} className={campaign.owner ? undefined : 'max-md:hidden'}>
                    {campaign.owner?.name ?? '–'}
                  </Td>
                  <Td name={t('columns.created')} className="md:whitespace-nowrap">
                    {formatDate(campaign.createdAt, locale, account.timeZone)}
                  </Td>
                  {mayWrite ? (
                    <Td card="menu" align="end">
                      <ArchiveCampaignButton campaign={campaign} iconOnly />
                    </Td>
                  ) : null}
                </Tr>
              ))}
            </TableBody>
          </Table>
        )}
        <Pagination {...keysetLinks('/campaigns', params, page.nextCursor)} />
      </ListFrame>
    </>
  );
}
