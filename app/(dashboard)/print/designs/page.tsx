import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { createLoader, type SearchParams } from 'nuqs/server';
import { DesignThumbnail } from '@/components/designs/design-thumbnail';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RowLink } from '@/components/ui/row-link';
import { listDesigns } from '@/lib/designs/list-designs';
import type { PrintDesignDto } from '@/lib/designs/types';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { keysetLinks } from '../../_components/keyset-links';
import { ListFrame } from '../../_components/list-frame';
import { listParsers } from '../../_components/list-parsers';
import { SearchAndArchived } from '../../_components/search-and-archived';
import { pageAccount } from '../../page-account';
import { DesignMenu } from './_components/design-menu';

const loadQuery = createLoader(listParsers);

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('designs'))('title') };
}

export default async function DesignsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, mayWrite } = await pageAccount();
  const t = await getTranslations('designs');
  const params = await searchParams;
  const { q, archived, cursor } = loadQuery(params);
  const page = await listDesigns(ctx, account.id, {
    q: q || undefined,
    archived: archived ?? undefined,
    cursor: cursor ?? undefined,
  });
  const create = mayWrite ? (
    <Button asChild>
      <Link href="/print/designs/new" data-shortcut="create">
        <Plus aria-hidden />
        {t('create')}
      </Link>
    </Button>
  ) : undefined;

  if (page.items.length === 0 && !q && !archived && !cursor) {
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
        controls={<SearchAndArchived searchLabel={t('searchLabel')} filterLabel={t('filterLabel')} />}
      >
        {page.items.length === 0 ? (
          <EmptyState picture="search" title={t('nothingFound.title')} text={t('nothingFound.text')} />
        ) : (
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {page.items.map((design) => (
              <DesignCard key={design.id} design={design} timeZone={account.timeZone} mayWrite={mayWrite} />
            ))}
          </ul>
        )}
        <Pagination {...keysetLinks('/print/designs', params, page.nextCursor)} />
      </ListFrame>
    </>
  );
}

async function DesignCard({
  design,
  timeZone,
  mayWrite,
}: {
  design: PrintDesignDto;
  timeZone: string;
  mayWrite: boolean;
}) {
  const t = await getTranslations('designs');
  const locale = await getLocale();
  const { settings, archivedAt } = design;
  const facts = [
    t('facts.mm', { mm: formatNumber(settings.sizeMm, locale, 1) }),
    t('facts.dpi', { dpi: settings.dotsPerInch }),
    t('facts.ec', { ec: settings.errorCorrection }),
    ...(settings.logo ? [t('facts.logo')] : []),
    ...(settings.caption ? [t('facts.caption')] : []),
  ];
  return (
    <li
      data-row
      className="flex min-w-0 gap-4 rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong"
    >
      <Link
        href={`/print/designs/${design.id}`}
        prefetch={false}
        tabIndex={-1}
        aria-hidden
        className="grid h-32 w-28 shrink-0 place-items-center rounded-md border border-line bg-sunken p-2"
      >
        <DesignThumbnail design={design} />
      </Link>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-start justify-between gap-2">
          <RowLink href={`/print/designs/${design.id}`} className="line-clamp-2 pt-1">
            {design.name}
          </RowLink>
          {mayWrite ? <DesignMenu design={design} /> : null}
        </div>
        <p className="text-sm text-pretty text-muted">{facts.join(' · ')}</p>
        <div className="mt-2 flex flex-wrap gap-1.5">
          {design.isDefault ? <Badge tone="accent">{t('isDefault')}</Badge> : null}
          {archivedAt ? <Badge>{t('isArchived')}</Badge> : null}
        </div>
        <p className="mt-auto pt-2 text-sm text-muted">
          {t('changed', { when: formatDateTime(design.updatedAt, locale, timeZone) })}
        </p>
      </div>
    </li>
  );
}
