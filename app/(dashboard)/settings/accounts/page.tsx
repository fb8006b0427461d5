import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RowLink } from '@/components/ui/row-link';
import { StatusBadge } from '@/components/ui/status-badge';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listAccountDetails } from '@/lib/accounts/list-accounts';
import { idSchema } from '@/lib/field-issues';
import { formatDate } from '@/lib/i18n/format';
import { pageContext } from '@/lib/web/page-context';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accounts'))('title') };
}

export default async function AccountsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const ctx = await pageContext('admin');
  const t = await getTranslations('accounts');
  const locale = await getLocale();
  const { cursor } = await searchParams;
  const after = idSchema.safeParse(cursor).data;
  const page = await listAccountDetails(ctx, { cursor: after });
  const connect = (
    <Button asChild data-shortcut="create">
      <Link href="/settings/accounts/new">
        <Plus aria-hidden />
        {t('connect')}
      </Link>
    </Button>
  );

  if (page.items.length === 0 && !after) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState picture="channels" title={t('empty.title')} text={t('empty.text')} action={connect} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} action={connect} />
      <Table caption={t('title')}>
        <TableHead>
          <Th>{t('columns.name')}</Th>
          <Th>{t('columns.appId')}</Th>
          <Th>{t('columns.state')}</Th>
          <Th>{t('columns.tokenSource')}</Th>
          <Th>{t('columns.connectedAt')}</Th>
        </TableHead>
        <TableBody>
          {page.items.map((account) => (
            <Tr key={account.id}>
              <Td>
                <span className="flex flex-wrap items-center gap-2">
                  <RowLink href={`/settings/accounts/${account.id}`}>{account.name}</RowLink>
                  {account.isDemo ? <Badge tone="outline">{t('demo')}</Badge> : null}
                </span>
              </Td>
              <Td name={t('columns.appId')} className="font-mono text-sm">
                {account.appId}
              </Td>
              <Td name={t('columns.state')}>
                {account.stopped ? (
                  <StatusBadge status="stopped" />
                ) : account.connectedAt === null ? (
                  <Badge tone="amber">{t('state.untested')}</Badge>
                ) : account.externalDeclaredAt === null ? (
                  <Badge tone="amber">{t('state.undeclared')}</Badge>
                ) : (
                  <Badge tone="accent">{t('state.connected')}</Badge>
                )}
              </Td>
              <Td name={t('columns.tokenSource')}>{t(`token.${account.tokenSource}.short`)}</Td>
              <Td name={t('columns.connectedAt')}>
                {account.connectedAt ? formatDate(account.connectedAt, locale, account.timeZone) : '–'}
              </Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
      <Pagination
        newerHref={after ? '/settings/accounts' : null}
        olderHref={page.nextCursor ? `/settings/accounts?cursor=${page.nextCursor}` : null}
      />
    </>
  );
}
