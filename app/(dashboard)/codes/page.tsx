import { Plus, RefreshCw, Tags, Upload } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listSparklines } from '@/lib/analytics/list-sparklines';
import { getCampaign } from '@/lib/campaigns/get-campaign';
import { getChannel } from '@/lib/channels/get-channel';
import { listCodes } from '@/lib/codes/list-codes';
import { getImport } from '@/lib/imports/get-import';
import { getTag } from '@/lib/tags/get-tag';
import { listTagNames } from '@/lib/tags/list-tag-names';
import { orNotFound } from '@/lib/web/page-context';
import { keysetLinks } from '../_components/keyset-links';
import { ListFrame } from '../_components/list-frame';
import { pageAccount } from '../page-account';
import { CodeFilters } from './_components/code-filters';
import { CodeList } from './_components/code-list';
import { codeListParsers } from './_components/list-parsers';
import { RenewDialog } from './_components/renew-dialog';

const loadQuery = createLoader(codeListParsers);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('codes'))('title') };
}

export default async function CodesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('codes');
  const params = await searchParams;
  const { q, campaignId, channelId, tagId, scenes, kind, status, sort, order, cursor, ...more } =
    loadQuery(params);
  const { origin, flagged } = more;
  // An address that was typed: what is out of bounds filters nothing.
  const days = more.expiresWithinDays;
  const expiresWithinDays = days !== null && days >= 1 && days <= 30 ? days : null;
  const importId = more.importId ? (await orNotFound(getImport(ctx, account.id, more.importId))).id : null;
  const filter = {
    q: q || undefined,
    campaignId: campaignId ?? undefined,
    channelId: channelId ?? undefined,
    tagId: tagId ?? undefined,
    scenes: scenes ?? undefined,
    kind: kind ?? undefined,
    status: status ?? undefined,
    expiresWithinDays: expiresWithinDays ?? undefined,
    origin: origin ?? undefined,
    flagged: flagged ?? undefined,
    importId: importId ?? undefined,
  };
  if (tagId) await orNotFound(getTag(ctx, account.id, tagId));
  const [page, tags, campaign, channel] = await Promise.all([
    listCodes(ctx, account.id, {
      ...filter,
      sort,
      order,
      cursor: cursor ?? undefined,
    }),
    listTagNames(ctx, account.id),
    campaignId ? orNotFound(getCampaign(ctx, account.id, campaignId)) : null,
    channelId ? orNotFound(getChannel(ctx, account.id, channelId)) : null,
  ]);
  const sparklines = await listSparklines(ctx, account.id, {
    of: 'code',
    ids: page.items.map(({ id }) => id),
  });
  const isFiltered = Boolean(cursor) || Object.values(filter).some((value) => value !== undefined);

  const tagNames = await getTranslations('tags');
  const createHref = newCodeHref({ campaignId, channelId, tagId });
  const toTags = (
    <Button asChild variant="secondary">
      <Link href="/codes/tags">
        <Tags aria-hidden />
        {tagNames('title')}
      </Link>
    </Button>
  );
  const create = mayWrite ? (
    <>
      {toTags}
      <Button asChild variant="secondary">
        <Link href="/codes/import">
          <Upload aria-hidden />
          {t('import.action')}
        </Link>
      </Button>
      <Button asChild>
        <Link href={createHref} data-shortcut="create">
          <Plus aria-hidden />
          {t('create')}
        </Link>
      </Button>
    </>
  ) : (
    toTags
  );

  if (page.items.length === 0 && !isFiltered) {
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
      <ListFrame
        controls={<CodeFilters accountId={account.id} campaign={campaign} channel={channel} tags={tags} />}
      >
        {mayWrite && expiresWithinDays !== null && page.items.length > 0 ? (
          <div className="mb-3">
            <RenewDialog
              accountId={account.id}
              renewed={{
                choice: { filter: { ...filter, expiresWithinDays } },
                title: t('renew.titleAll', { days: expiresWithinDays }),
              }}
              trigger={
                <Button variant="secondary">
                  <RefreshCw aria-hidden />
                  {t('renew.titleAll', { days: expiresWithinDays })}
                </Button>
              }
            />
          </div>
        ) : null}
        {page.items.length === 0 ? (
          <EmptyState picture="search" title={t('nothingFound.title')} text={t('nothingFound.text')} />
        ) : (
          <CodeList
            accountId={account.id}
            codes={page.items}
            now={now}
            timeZone={account.timeZone}
            mayWrite={mayWrite}
            tags={tags}
            sparklines={sparklines}
          />
        )}
        <Pagination {...keysetLinks('/codes', params, page.nextCursor)} />
      </ListFrame>
    </>
  );
}

/** A new code begins with what the list is filtered by. */
function newCodeHref(filter: Record<'campaignId' | 'channelId' | 'tagId', string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  return query.size > 0 ? `/codes/new?${query}` : '/codes/new';
}
