import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { cn } from '@/components/ui/class-names';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listChannelColumns } from '@/lib/channels/list-channel-columns';
import { listChannels } from '@/lib/channels/list-channels';
import { formatNumber } from '@/lib/i18n/format';
import { keysetLinks } from '../_components/keyset-links';
import { ListFrame } from '../_components/list-frame';
import { listParsers } from '../_components/list-parsers';
import { SearchAndArchived } from '../_components/search-and-archived';
import { pageAccount } from '../page-account';
import { ArchiveChannelButton } from './_components/archive-channel-button';
import { CreateChannelButton } from './_components/create-channel-button';

const loadQuery = createLoader(listParsers);

/** Own columns beyond these stand on the channel's page, or the table would not fit a screen. */
const SHOWN_COLUMNS = 3;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('title') };
}

export default async function ChannelsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, mayWrite } = await pageAccount();
  const t = await getTranslations('channels');
  const locale = await getLocale();
  const params = await searchParams;
  const { q, archived, cursor } = loadQuery(params);
  const [page, columnNames] = await Promise.all([
    listChannels(ctx, account.id, {
      q: q || undefined,
      archived: archived ?? undefined,
      cursor: cursor ?? undefined,
    }),
    listChannelColumns(ctx, account.id),
  ]);
  const isFiltered = Boolean(q || archived || cursor);
  const create = mayWrite ? (
    <CreateChannelButton accountId={account.id} columnNames={columnNames} />
  ) : undefined;
  const shown = columnNames.slice(0, SHOWN_COLUMNS);
  const hidden = columnNames.length - shown.length;

  if (page.items.length === 0 && !isFiltered) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState picture="channels" title={t('empty.title')} text={t('empty.text')} action={create} />
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
              <Th>{t('columns.number')}</Th>
              <Th>{t('columns.name')}</Th>
              <Th>{t('columns.city')}</Th>
              <Th>{t('columns.region')}</Th>
              {shown.map((name) => (
                <Th key={name} className="max-w-40 truncate">
                  {name}
                </Th>
              ))}
              <Th align="end">{t('columns.codes')}</Th>
              {mayWrite ? <Th /> : null}
            </TableHead>
            <TableBody>
              {page.items.map((channel) => (
                <Tr key={channel.id}>
                  <Td name={t('columns.number')} className="md:whitespace-nowrap">
                    {channel.number}
                  </Td>
                  <Td card="title">
                    <RowLink href={`/channels/${channel.id}`}>{channel.name}</RowLink>
                  </Td>
                  <Td name={t('columns.city')} className={channel.city ? undefined : 'max-md:hidden'}>
                    {channel.city || '–'}
                  </Td>
                  <Td name={t('columns.region')} className={channel.region ? undefined : 'max-md:hidden'}>
                    {channel.region || '–'}
                  </Td>
                  {shown.map((name) => (
                    <Td
                      key={name}
                      name={name}
                      className={cn('wrap-anywhere md:max-w-40', !channel.columns[name] && 'max-md:hidden')}
                    >
                      {channel.columns[name] || '–'}
                    </Td>
                  ))}
                  <Td name={t('columns.codes')} align="end">
                    {formatNumber(channel.codeCount, locale)}
                  </Td>
                  {mayWrite ? (
                    <Td card="menu" align="end">
                      <ArchiveChannelButton channel={channel} iconOnly />
                    </Td>
                  ) : null}
                </Tr>
              ))}
            </TableBody>
          </Table>
        )}
        <Pagination
          {...keysetLinks('/channels', params, page.nextCursor)}
          summary={hidden > 0 ? t('more', { count: hidden }) : undefined}
        />
      </ListFrame>
    </>
  );
}
