import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listAudit, listAuditKinds } from '@/lib/audit/list-audit';
import type { AuditPageDto } from '@/lib/audit/types';
import { isAppError } from '@/lib/errors';
import { formatDateTime } from '@/lib/i18n/format';
import { defaultTimeZone } from '@/lib/i18n/locales';
import { listPeople } from '@/lib/people/people';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { AuditFilters } from './_components/audit-filters';
import { describeAction, describeActor, describeKind } from './_components/audit-sentence';

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const PATH = '/settings/audit';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await pageContext('admin');
  const params = await searchParams;
  const [kind, person, before, after] = [params.kind, params.person, params.before, params.after].map(
    (value) => (typeof value === 'string' ? value : undefined),
  );
  const [page, kinds, people, account, t, locale] = await Promise.all([
    // A cursor out of an old or mended link leads to the top rather than to an error.
    listAudit(ctx, { targetKind: kind, actorId: person, before, after }).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'VALIDATION_FAILED') {
        return listAudit(ctx, { targetKind: kind?.slice(0, 64), actorId: person?.slice(0, 64) });
      }
      throw error;
    }),
    listAuditKinds(ctx),
    listPeople(ctx),
    currentAccount(),
    getTranslations('audit'),
    getLocale(),
  ]);
  const timeZone = account?.timeZone ?? defaultTimeZone;
  const columns = [t('when'), t('who'), t('what'), t('target'), t('details')] as const;
  const isFiltered = kind !== undefined || person !== undefined;

  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="mb-4">
        <AuditFilters
          kinds={kinds.map((value) => ({ value, label: describeKind(t, value) }))}
          people={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      {page.items.length === 0 ? (
        <EmptyState
          picture={isFiltered ? 'search' : 'log'}
          title={isFiltered ? t('noMatch.title') : t('empty.title')}
          text={isFiltered ? t('noMatch.text') : t('empty.text')}
        />
      ) : (
        <Table caption={t('title')}>
          <TableHead>
            {columns.map((column) => (
              <Th key={column}>{column}</Th>
            ))}
          </TableHead>
          <TableBody>
            {page.items.map((entry) => (
              <Tr key={entry.id}>
                <Td name={columns[0]} className="whitespace-nowrap">
                  <time dateTime={entry.at}>{formatDateTime(entry.at, locale, timeZone)}</time>
                </Td>
                <Td name={columns[1]}>{describeActor(t, entry)}</Td>
                <Td name={columns[2]}>{describeAction(t, entry.action)}</Td>
                <Td name={columns[3]} className="wrap-anywhere">
                  {entry.targetLabel || describeKind(t, entry.targetKind)}
                </Td>
                <Td>
                  <Details of={entry.details} label={t('showDetails')} />
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination {...toHrefs(page, { kind, person })} />
    </>
  );
}

function Details({ of, label }: { of: Record<string, unknown>; label: string }) {
  if (Object.keys(of).length === 0) return null;
  return (
    <details className="min-w-0 max-md:w-full">
      <summary className="w-fit text-sm text-muted underline-offset-3 hover:text-ink hover:underline">
        {label}
      </summary>
      <pre className="mt-1 max-w-full overflow-x-auto rounded-md bg-sunken p-2 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
        {JSON.stringify(of, null, 1)}
      </pre>
    </details>
  );
}

function toHrefs({ newerCursor, olderCursor }: AuditPageDto, filter: Record<string, string | undefined>) {
  const hrefOf = (cursor: Record<string, string>) => {
    const query = new URLSearchParams(cursor);
    for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
    return `${PATH}?${query}`;
  };
  return {
    newerHref: newerCursor ? hrefOf({ after: newerCursor }) : null,
    olderHref: olderCursor ? hrefOf({ before: olderCursor }) : null,
  };
}
