import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Pagination } from '@/components/ui/pagination';
import { getBatchProgress } from '@/lib/batches/get-batch';
import { listBatchRows } from '@/lib/batches/list-batch-rows';
import { formatPercent } from '@/lib/i18n/format';
import { mayManage } from '@/lib/people/types';
import { orNotFound } from '@/lib/web/page-context';
import { keysetLinks } from '../../_components/keyset-links';
import { ListFrame } from '../../_components/list-frame';
import { pageAccount } from '../../page-account';
import { batchName, isMoving, shareDone } from '../_components/batch-figures';
import { BatchRowFilters } from '../_components/batch-filters';
import { batchRowParsers } from '../_components/list-parsers';
import { BatchView } from './_components/batch-view';
import { RowTable } from './_components/row-table';

type Props = { params: Promise<{ batchId: string }>; searchParams: Promise<SearchParams> };

const loadQuery = createLoader(batchRowParsers);

const loadBatch = cache(async (batchId: string) => {
  const { ctx, account } = await pageAccount();
  return orNotFound(getBatchProgress(ctx, account.id, batchId));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const batch = await loadBatch((await params).batchId);
  const t = await getTranslations('batches');
  const name = batchName(t, batch);
  if (!isMoving(batch)) return { title: name };
  return { title: t('movingTitle', { share: formatPercent(shareDone(batch), await getLocale()), name }) };
}

export default async function BatchPage({ params, searchParams }: Props) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const batch = await loadBatch((await params).batchId);
  const t = await getTranslations('batches');
  const search = await searchParams;
  const { status, cursor } = loadQuery(search);
  const rows = await listBatchRows(ctx, account.id, batch.id, {
    status: status ?? undefined,
    cursor: cursor ?? undefined,
  });
  const hasRows = batch.total > batch.returned;

  return (
    <>
      <BatchView
        batch={batch}
        stopped={account.stopped}
        now={now}
        timeZone={account.timeZone}
        mayWrite={mayWrite}
        mayManage={mayManage(ctx.actor)}
      />
      {hasRows ? (
        <section className="mt-8">
          <h2 className="mb-2 text-base">{t('rows.title')}</h2>
          <ListFrame controls={<BatchRowFilters />}>
            {rows.items.length === 0 ? (
              <EmptyState
                picture="search"
                headingLevel={3}
                title={t('rows.nothingFound.title')}
                text={t('rows.nothingFound.text')}
              />
            ) : (
              <RowTable
                rows={rows.items}
                isFromFile={batch.source === 'csv' || batch.source === 'rows'}
                now={now}
                timeZone={account.timeZone}
              />
            )}
            <Pagination {...keysetLinks(`/batches/${batch.id}`, search, rows.nextCursor)} />
          </ListFrame>
        </section>
      ) : null}
    </>
  );
}
