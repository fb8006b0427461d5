import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listBatches } from '@/lib/batches/list-batches';
import { formatShortDateTime } from '@/lib/i18n/format';
import { keysetLinks } from '../_components/keyset-links';
import { ListFrame } from '../_components/list-frame';
import { pageAccount } from '../page-account';
import { BatchBadge } from './_components/batch-badge';
import { BatchBar } from './_components/batch-bar';
import { batchName, isMoving, wantedOf } from './_components/batch-figures';
import { BatchFilters } from './_components/batch-filters';
import { KeepFresh } from './_components/keep-fresh';
import { batchListParsers } from './_components/list-parsers';

const loadQuery = createLoader(batchListParsers);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('batches'))('title') };
}

export default async function BatchesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('batches');
  const codes = await getTranslations('codes');
  const locale = await getLocale();
  const params = await searchParams;
  const { state, cursor } = loadQuery(params);
  const page = await listBatches(ctx, account.id, { state: state ?? undefined, cursor: cursor ?? undefined });
  const create = mayWrite ? (
    <Button asChild>
      <Link href="/batches/new" data-shortcut="create">
        <Plus aria-hidden />
        {t('create')}
      </Link>
    </Button>
  ) : undefined;

  if (page.items.length === 0 && !state && !cursor) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState picture="codes" title={t('empty.title')} text={t('empty.text')} action={create} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} action={create} />
      <ListFrame controls={<BatchFilters />}>
        {page.items.length === 0 ? (
          <EmptyState picture="search" title={t('nothingFound.title')} text={t('nothingFound.text')} />
        ) : (
          <Table caption={t('caption')}>
            <TableHead>
              <Th className="w-[26%]">{t('columns.name')}</Th>
              <Th>{t('columns.state')}</Th>
              <Th className="w-[22%]">{t('columns.progress')}</Th>
              <Th>{t('columns.campaign')}</Th>
              <Th>{t('columns.created')}</Th>
            </TableHead>
            <TableBody>
              {page.items.map((batch) => (
                <Tr key={batch.id}>
                  <Td card="title" className="max-md:col-span-3 max-md:col-start-1">
                    <RowLink href={`/batches/${batch.id}`}>{batchName(t, batch)}</RowLink>
                    <span className="block text-sm text-muted">{codes(`kind.${batch.kind}`)}</span>
                  </Td>
                  <Td name={t('columns.state')}>
                    <BatchBadge batch={batch} />
                  </Td>
                  <Td className="max-md:block">
                    <BatchBar batch={batch} />
                    <span className="mt-1 block text-sm text-muted">
                      {batch.total === 0
                        ? t(batch.reused > 0 ? 'allReused' : 'allKnown')
                        : t('issuedOf', { issued: batch.issued, total: wantedOf(batch) })}
                      {batch.failed > 0 ? ` · ${t('failedCount', { count: batch.failed })}` : null}
                      {batch.reused > 0 ? ` · ${t('reusedCount', { count: batch.reused })}` : null}
                    </span>
                  </Td>
                  <Td name={t('columns.campaign')} className="wrap-anywhere">
                    {batch.campaign ? (
                      <Link
                        href={`/campaigns/${batch.campaign.id}`}
                        className="hover:text-accent hover:underline md:line-clamp-2"
                      >
                        {batch.campaign.name}
                      </Link>
                    ) : (
                      <span className="text-muted">{t('noCampaign')}</span>
                    )}
                  </Td>
                  <Td name={t('columns.created')}>
                    <span className="block md:whitespace-nowrap">
                      {formatShortDateTime(batch.createdAt, locale, account.timeZone, now)}
                    </span>
                    <span className="block text-sm wrap-anywhere text-muted">{batch.createdBy}</span>
                  </Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
        )}
        <KeepFresh isMoving={page.items.some(isMoving)} />
        <Pagination {...keysetLinks('/batches', params, page.nextCursor)} />
      </ListFrame>
    </>
  );
}
