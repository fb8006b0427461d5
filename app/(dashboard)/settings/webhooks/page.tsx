import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { RowLink } from '@/components/ui/row-link';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { formatDate } from '@/lib/i18n/format';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { listWebhooks } from '@/lib/webhooks/list-webhooks';
import { eventKey } from './_components/event-key';
import { WebhookDialog } from './_components/webhook-dialog';
import { WebhookState } from './_components/webhook-state';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('webhooks'))('title') };
}

export default async function WebhooksPage() {
  const ctx = await pageContext('admin');
  const [account, t, people, locale] = await Promise.all([
    currentAccount(),
    getTranslations('webhooks'),
    getTranslations('people'),
    getLocale(),
  ]);
  if (!account) {
    return (
      <>
        <PageHeader title={t('title')} text={t('text')} />
        <EmptyState picture="codes" title={t('empty.title')} text={t('noAccount')} />
      </>
    );
  }
  const webhooks = await listWebhooks(ctx, account.id);
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          <WebhookDialog
            accountId={account.id}
            trigger={
              <Button data-shortcut="create">
                <Plus aria-hidden />
                {t('create')}
              </Button>
            }
          />
        }
      />
      {webhooks.length === 0 ? (
        <EmptyState picture="codes" title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <Table caption={t('title')}>
          <TableHead>
            <Th>{t('column.url')}</Th>
            <Th>{t('column.events')}</Th>
            <Th>{t('column.state')}</Th>
            <Th>{t('column.created')}</Th>
          </TableHead>
          <TableBody>
            {webhooks.map((webhook) => (
              <Tr key={webhook.id}>
                <Td>
                  <RowLink href={`/settings/webhooks/${webhook.id}`}>
                    <span className="font-mono text-sm wrap-anywhere">{webhook.url}</span>
                  </RowLink>
                </Td>
                <Td name={t('column.events')} className="text-sm text-muted">
                  {webhook.events
                    .map((event) => t(`eventName.${eventKey(event)}`))
                    .join(people('listSeparator'))}
                </Td>
                <Td name={t('column.state')}>
                  <WebhookState webhook={webhook} />
                </Td>
                <Td name={t('column.created')} className="text-muted">
                  {formatDate(webhook.createdAt, locale, account.timeZone)}
                </Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
