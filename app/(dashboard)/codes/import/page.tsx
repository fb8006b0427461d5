import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, parseAsString, type SearchParams } from 'nuqs/server';
import { PageHeader } from '@/components/ui/page-header';
import { getImport } from '@/lib/imports/get-import';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { KeepFresh } from '../../batches/_components/keep-fresh';
import { pageAccount } from '../../page-account';
import { ImportForm } from './_components/import-form';
import { ImportResult } from './_components/import-result';

const loadQuery = createLoader({ importId: parseAsString });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('codes'))('import.title') };
}

export default async function ImportCodesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageContext('marketer');
  const { ctx, account } = await pageAccount();
  const t = await getTranslations('codes');
  const { importId } = await loadQuery(searchParams);
  const made = importId ? await orNotFound(getImport(ctx, account.id, importId)) : null;
  return (
    <>
      <PageHeader
        title={t('import.title')}
        text={t('import.text')}
        back={{ href: '/codes', label: t('title') }}
      />
      {made ? (
        <>
          <ImportResult made={made} />
          <KeepFresh isMoving={made.waiting > 0} />
        </>
      ) : (
        <ImportForm accountId={account.id} />
      )}
    </>
  );
}
