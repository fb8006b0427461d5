import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Badge } from '@/components/ui/badge';
import { buttonClasses } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { isAppError } from '@/lib/errors';
import { formatDateTime } from '@/lib/i18n/format';
import { mayManage } from '@/lib/people/types';
import { listScans } from '@/lib/scans/list-scans';
import { pageAccount } from '../page-account';
import { ScansTabs } from './_components/scans-tabs';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scans'))('title') };
}

export default async function ScansPage({ searchParams }: Props) {
  const { ctx, account } = await pageAccount();
  const { cursor, known } = await searchParams;
  const filter: { known?: 'false' } = known === 'false' ? { known: 'false' } : {};
  const query: Record<string, string> = { ...filter };
  const [page, t, locale] = await Promise.all([
    // A cursor out of an old or mended link leads to the top rather than to an error.
    listScans(ctx, account.id, { ...filter, ...(typeof cursor === 'string' ? { cursor } : {}) }).catch(
      (error: unknown) => {
        if (isAppError(error) && error.code === 'VALIDATION_FAILED')
          return listScans(ctx, account.id, filter);
        throw error;
      },
    ),
    getTranslations('scans'),
    getLocale(),
  ]);
  const columns = [t('when'), t('event'), t('code'), t('scene'), t('person')] as const;
  const hrefOf = (next: string) => `/scans?${new URLSearchParams({ ...query, cursor: next })}`;
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <ScansTabs />
      {page.items.length === 0 ? (
        <EmptyState
          picture="log"
          title={known === 'false' ? t('noneUnknown.title') : t('empty.title')}
          text={known === 'false' ? t('noneUnknown.text') : t('empty.text')}
          action={
            known !== 'false' && mayManage(ctx.actor) ? (
              <Link href="/settings/push" className={buttonClasses({ variant: 'secondary' })}>
                {t('empty.action')}
              </Link>
            ) : undefined
          }
        />
      ) : (
        <Table caption={t('title')}>
          <TableHead>
            {columns.map((column) => (
              <Th key={column}>{column}</Th>
            ))}
          </TableHead>
          <TableBody>
            {page.items.map(({ id, at, event, codeId, codeLabel, scene, openid, known: isKnown }) => (
              <Tr key={id}>
                <Td name={columns[0]} className="whitespace-nowrap">
                  <time dateTime={at}>{formatDateTime(at, locale, account.timeZone)}</time>
                </Td>
                <Td name={columns[1]}>{t(`events.${event}`)}</Td>
                <Td name={columns[2]}>
                  {codeId ? (
                    <Link href={`/codes/${codeId}`} className="underline-offset-3 hover:underline">
                      {codeLabel}
                    </Link>
                  ) : isKnown ? (
                    '—'
                  ) : (
                    <Badge tone="outline">{t('unknown')}</Badge>
                  )}
                </Td>
                <Td name={columns[3]} className="font-mono wrap-anywhere">
                  {scene === null ? '—' : scene || t('emptyScene')}
                </Td>
                <Td name={columns[4]} className="font-mono">
                  {openid ?? <span className="font-sans text-muted">{t('gone')}</span>}
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination
        newerHref={typeof cursor === 'string' ? `/scans?${new URLSearchParams(query)}` : null}
        olderHref={page.nextCursor ? hrefOf(page.nextCursor) : null}
      />
    </>
  );
}
