import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DeliveryOutcome } from '@/components/deliveries/delivery-outcome';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { formatDateTime } from '@/lib/i18n/format';
import { listRelays } from '@/lib/relays/list-relays';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { RelayAnswers } from './_components/relay-badges';
import { RelayDialog } from './_components/relay-dialog';
import { RelaySwitch } from './_components/relay-switch';
import { takesInWords } from './_components/takes-in-words';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('relays'))('title') };
}

export default async function RelaysPage() {
  const ctx = await pageContext('admin');
  const [account, t, people, locale] = await Promise.all([
    currentAccount(),
    getTranslations('relays'),
    getTranslations('people'),
    getLocale(),
  ]);
  if (!account) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState picture="log" title={t('empty.title')} text={t('noAccount')} />
      </>
    );
  }
  const relays = await listRelays(ctx, account.id);
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          <RelayDialog
            accountId={account.id}
            appId={account.appId}
            answering={relays.find(({ answers }) => answers) ?? null}
            trigger={
              <Button data-shortcut="create">
                <Plus aria-hidden />
                {t('create')}
              </Button>
            }
          />
        }
      />
      {relays.length === 0 ? (
        <EmptyState picture="log" title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <Table caption={t('title')}>
          <TableHead>
            <Th>{t('column.system')}</Th>
            <Th>{t('column.takes')}</Th>
            <Th>{t('column.answers')}</Th>
            <Th>{t('column.last')}</Th>
            <Th align="end">{t('column.enabled')}</Th>
          </TableHead>
          <TableBody>
            {relays.map(({ last, ...relay }) => (
              <Tr key={relay.id}>
                <Td card="title" className="max-md:col-span-2 max-md:col-start-1">
                  <RowLink href={`/settings/relays/${relay.id}`}>{relay.name}</RowLink>
                  <p className="font-mono text-sm wrap-anywhere text-muted">{relay.url}</p>
                </Td>
                <Td name={t('column.takes')} className="text-sm text-muted md:max-w-80">
                  {takesInWords(t, relay, people('listSeparator'))}
                </Td>
                <Td name={t('column.answers')} className="text-sm whitespace-nowrap">
                  <RelayAnswers relay={relay} />
                </Td>
                <Td name={t('column.last')} className="text-sm">
                  {last ? (
                    <>
                      <DeliveryOutcome delivery={last} />
                      <p className="mt-1 text-muted">
                        {formatDateTime(last.createdAt, locale, account.timeZone)}
                      </p>
                    </>
                  ) : (
                    <span className="text-muted">{t('never')}</span>
                  )}
                </Td>
                <Td card="select" align="end">
                  <span className="inline-flex align-middle">
                    <RelaySwitch relay={relay} />
                  </span>
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
