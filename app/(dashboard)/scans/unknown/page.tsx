import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import type { SetAsideInput } from '@/lib/scans/schemas';
import { listUnknownScenes } from '@/lib/scans/unknown-scenes';
import { pageAccount } from '../../page-account';
import { ScansTabs } from '../_components/scans-tabs';
import { SetAsideButton, TakeBackButton } from '../_components/set-aside-button';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scans'))('unknownTitle') };
}

type Area = { prefix: string | null; fromId: number | null; toId: number | null };

const toInput = ({ prefix, fromId, toId }: Area): SetAsideInput =>
  prefix === null ? { fromId: fromId ?? 1, toId: toId ?? 1 } : { prefix };

export default async function UnknownScenesPage() {
  const { ctx, account, mayWrite } = await pageAccount();
  const [{ groups, setAside, isCut }, t, locale] = await Promise.all([
    listUnknownScenes(ctx, account.id),
    getTranslations('scans'),
    getLocale(),
  ]);
  const nameOf = ({ prefix, fromId, toId }: Area) =>
    prefix === null ? t('range', { from: fromId ?? 0, to: toId ?? 0 }) : t('prefix', { prefix });
  const columns = [t('group'), t('examples'), t('times'), t('last')] as const;
  return (
    <>
      <PageHeader title={t('unknownTitle')} text={t('unknownText')} />
      <ScansTabs />
      {groups.length === 0 ? (
        <EmptyState picture="search" title={t('noneUnknown.title')} text={t('noneUnknown.text')} />
      ) : (
        <Table caption={t('unknownTitle')}>
          <TableHead>
            <Th>{columns[0]}</Th>
            <Th>{columns[1]}</Th>
            <Th align="end">{columns[2]}</Th>
            <Th>{columns[3]}</Th>
            <Th>
              <span className="sr-only">{t('setAside')}</span>
            </Th>
          </TableHead>
          <TableBody>
            {groups.map((group) => (
              <Tr key={group.key}>
                <Td name={columns[0]} className="wrap-anywhere">
                  {group.scenes === 1 ? (
                    <span className="font-mono">{group.examples[0]?.scene || t('emptyScene')}</span>
                  ) : (
                    <>
                      {nameOf(group)}{' '}
                      <span className="text-muted">({t('scenes', { count: group.scenes })})</span>
                    </>
                  )}
                </Td>
                <Td name={columns[1]}>
                  <ul className="grid gap-1">
                    {group.examples.map(({ scene, events }) => (
                      <li key={scene} className="flex flex-wrap items-center gap-x-3">
                        <span className="font-mono wrap-anywhere">{scene || t('emptyScene')}</span>
                        <span className="text-muted">× {formatNumber(events, locale)}</span>
                        {mayWrite && scene !== '' ? (
                          <Link
                            href={`/codes/new?${new URLSearchParams({ scene })}`}
                            className="text-accent underline-offset-3 hover:underline"
                          >
                            {t('adopt')}
                          </Link>
                        ) : null}
                      </li>
                    ))}
                  </ul>
                </Td>
                <Td name={columns[2]} align="end">
                  {formatNumber(group.events, locale)}
                </Td>
                <Td name={columns[3]} className="whitespace-nowrap">
                  <time dateTime={group.lastAt}>
                    {formatDateTime(group.lastAt, locale, account.timeZone)}
                  </time>
                </Td>
                <Td>
                  {mayWrite && group.prefix !== '' ? (
                    <SetAsideButton accountId={account.id} area={toInput(group)} />
                  ) : null}
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      {isCut ? <p className="mt-3 text-sm text-muted">{t('cut')}</p> : null}
      {setAside.length > 0 ? (
        <Card title={t('asideTitle')} text={t('asideText')} className="mt-8">
          <ul className="divide-y divide-line">
            {setAside.map((area) => (
              <li key={area.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
                <div className="min-w-0">
                  <p className="wrap-anywhere">
                    {nameOf(area)} <span className="text-muted">× {formatNumber(area.events, locale)}</span>
                  </p>
                  <p className="text-sm text-muted">
                    {t('by', {
                      name: area.createdByName,
                      at: formatDateTime(area.createdAt, locale, account.timeZone),
                    })}
                  </p>
                </div>
                {mayWrite ? (
                  <TakeBackButton accountId={account.id} setAsideId={area.id} area={toInput(area)} />
                ) : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}
