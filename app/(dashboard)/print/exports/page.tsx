import { Printer } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, parseAsString, type SearchParams } from 'nuqs/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listExports } from '@/lib/exports/list-exports';
import { getExportRetention } from '@/lib/exports/set-retention';
import { mayManage } from '@/lib/people/types';
import { keysetLinks } from '../../_components/keyset-links';
import { pageAccount } from '../../page-account';
import { ExportList } from './_components/export-list';
import { RetentionForm } from './_components/retention-form';

const loadQuery = createLoader({ cursor: parseAsString });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('exports'))('title') };
}

export default async function ExportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now, mayWrite } = await pageAccount();
  const t = await getTranslations('exports');
  const params = await searchParams;
  const { cursor } = loadQuery(params);
  const page = await listExports(ctx, account.id, { cursor: cursor ?? undefined });
  const days = await getExportRetention(ctx, account.id);
  const toStudio = (
    <Button asChild>
      <Link href="/print">
        <Printer aria-hidden />
        {t('empty.action')}
      </Link>
    </Button>
  );

  return (
    <>
      <PageHeader title={t('title')} text={t('text')} action={page.items.length > 0 ? toStudio : undefined} />
      {page.items.length === 0 && !cursor ? (
        <EmptyState picture="codes" title={t('empty.title')} text={t('empty.text')} action={toStudio} />
      ) : (
        <>
          <ExportList exports={page.items} now={now} timeZone={account.timeZone} mayWrite={mayWrite} />
          <Pagination {...keysetLinks('/print/exports', params, page.nextCursor)} />
        </>
      )}
      <div className="mt-6">
        {mayManage(ctx.actor) ? (
          <RetentionForm accountId={account.id} days={days} />
        ) : (
          <p className="text-sm text-muted">{t('retention.text', { days })}</p>
        )}
      </div>
    </>
  );
}
