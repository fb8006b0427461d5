import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { createLoader, parseAsString, type SearchParams } from 'nuqs/server';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { listApprovals } from '@/lib/approvals/list-approvals';
import { formatNumber, formatShortDateTime } from '@/lib/i18n/format';
import { getQuotaRules } from '@/lib/quota/quota-rules';
import { keysetLinks } from '../../_components/keyset-links';
import { ApprovalBadge } from '../../approvals/_components/approval-badge';
import { pageAccount } from '../../page-account';
import { QuotaNav } from '../_components/quota-nav';

const loadQuery = createLoader({ cursor: parseAsString });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quotaRules.approvals'))('title') };
}

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, account, now } = await pageAccount();
  const t = await getTranslations('quotaRules.approvals');
  const locale = await getLocale();
  const params = await searchParams;
  const { cursor } = loadQuery(params);
  const [page, { approvalThreshold }] = await Promise.all([
    listApprovals(ctx, account.id, { limit: 50, cursor: cursor ?? undefined }),
    getQuotaRules(ctx, account.id),
  ]);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <QuotaNav />
      {page.items.length === 0 ? (
        <EmptyState
          picture="codes"
          title={t('empty.title')}
          text={
            approvalThreshold === null
              ? t('empty.textNever')
              : t('empty.text', { threshold: formatNumber(approvalThreshold, locale) })
          }
        />
      ) : (
        <>
          <Table caption={t('caption')}>
            <TableHead>
              <Th className="w-1/2">{t('columns.what')}</Th>
              <Th>{t('columns.state')}</Th>
              <Th>{t('columns.who')}</Th>
            </TableHead>
            <TableBody>
              {page.items.map(({ id, slots, campaign, state, requestedBy, createdAt }) => (
                <Tr key={id}>
                  <Td card="title" className="max-md:col-span-3 max-md:col-start-1">
                    <RowLink href={`/approvals/${id}`}>
                      {t('name', { slots, campaign: campaign.name })}
                    </RowLink>
                  </Td>
                  <Td name={t('columns.state')}>
                    <ApprovalBadge state={state} />
                  </Td>
                  <Td name={t('columns.who')}>
                    <span className="block wrap-anywhere">{requestedBy.name}</span>
                    <span className="block text-sm text-muted">
                      {formatShortDateTime(createdAt, locale, account.timeZone, now)}
                    </span>
                  </Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination {...keysetLinks('/quota/approvals', params, page.nextCursor)} />
        </>
      )}
    </>
  );
}
