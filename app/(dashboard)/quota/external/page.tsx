import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, parseAsString, type SearchParams } from 'nuqs/server';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { formatRanges } from '@/lib/accounts/format';
import { listExternalImports } from '@/lib/accounts/list-external-imports';
import { mayManage } from '@/lib/people/types';
import { pageAccount } from '../../page-account';
import { DeclareExternalForm } from '../_components/declare-external-form';
import { QuotaNav } from '../_components/quota-nav';
import { FileForm } from './_components/file-form';
import { ImportList } from './_components/import-list';
import { OwnScenesForm } from './_components/own-scenes-form';

const loadQuery = createLoader({ cursor: parseAsString });
const allIntegers = 100_000;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quotaRules.external'))('title') };
}

export default async function ExternalPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now } = await pageAccount();
  const t = await getTranslations('quotaRules.external');
  const quota = await getTranslations('quota.external');
  const { cursor } = await loadQuery(searchParams);
  const imports = await listExternalImports(ctx, account.id, { limit: 20, cursor: cursor ?? undefined });
  const manages = mayManage(ctx.actor);
  const own = account.ownRanges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <QuotaNav />
      <div className="grid gap-6">
        {manages ? (
          <>
            <Card id="external" title={t('enter.title')} text={t('enter.text')}>
              <DeclareExternalForm accountId={account.id} isDeclared={account.externalDeclaredAt !== null} />
            </Card>
            <Card title={t('file.title')} text={t('file.text')}>
              <FileForm accountId={account.id} />
            </Card>
          </>
        ) : (
          <p className="text-muted">{t('adminOnly')}</p>
        )}
        <Card title={t('imports.title')} text={t('imports.text')}>
          {imports.items.length === 0 ? (
            <p className="text-muted">{t('imports.empty')}</p>
          ) : (
            <ImportList
              accountId={account.id}
              imports={imports.items}
              timeZone={account.timeZone}
              now={now}
              mayUndo={manages}
            />
          )}
          {imports.nextCursor ? (
            <Button asChild variant="secondary" size="sm" className="mt-4">
              <Link href={`/quota/external?cursor=${encodeURIComponent(imports.nextCursor)}`}>
                {t('imports.older')}
              </Link>
            </Button>
          ) : null}
        </Card>
        <Card title={t('own.title')} text={t('own.text')}>
          <p className="mb-4 font-semibold">{t('own.blocked', { count: allIntegers - own })}</p>
          {manages ? (
            <OwnScenesForm
              accountId={account.id}
              ownRanges={account.ownRanges}
              ownPrefixes={account.ownPrefixes}
            />
          ) : (
            <p className="text-pretty text-muted">
              {account.ownRanges.length > 0
                ? quota('own', { ranges: formatRanges(account.ownRanges) })
                : quota('ownNone')}{' '}
              {account.ownPrefixes.length > 0
                ? quota('prefixes', { prefixes: account.ownPrefixes.join(', ') })
                : null}
            </p>
          )}
        </Card>
      </div>
    </>
  );
}
