import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DeliveryOutcome } from '@/components/deliveries/delivery-outcome';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { getAccount } from '@/lib/accounts/get-account';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { getWebhook } from '@/lib/webhooks/get-webhook';
import { listWebhookDeliveries } from '@/lib/webhooks/list-webhook-deliveries';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';
import { eventKey } from '../_components/event-key';
import { RepeatButton } from '../_components/repeat-button';
import { WebhookActions } from '../_components/webhook-actions';
import { WebhookState } from '../_components/webhook-state';

type Props = { params: Promise<{ webhookId: string }>; searchParams: Promise<{ cursor?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('webhooks'))('title') };
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const ctx = await pageContext('admin');
  const [{ webhookId }, { cursor }] = await Promise.all([params, searchParams]);
  const accountId = await orNotFound(locateWebhook(ctx, webhookId));
  const [webhook, account, log, t, people, locale] = await Promise.all([
    getWebhook(ctx, accountId, webhookId),
    getAccount(ctx, accountId),
    listWebhookDeliveries(ctx, accountId, webhookId, { cursor }),
    getTranslations('webhooks'),
    getTranslations('people'),
    getLocale(),
  ]);
  const at = (moment: string) => formatDateTime(moment, locale, account.timeZone);
  const here = `/settings/webhooks/${webhookId}`;
  return (
    <>
      <PageHeader
        title={<span className="font-mono text-base">{webhook.url}</span>}
        text={webhook.events.map((event) => t(`eventName.${eventKey(event)}`)).join(people('listSeparator'))}
        back={{ href: '/settings/webhooks', label: t('title') }}
        badge={<WebhookState webhook={webhook} />}
        action={<WebhookActions webhook={webhook} />}
      />
      <div className="grid gap-6">
        {webhook.disabledReason === 'failing' ? (
          <Notice tone="error" title={t('offTitle')}>
            {t('offText')}
          </Notice>
        ) : webhook.enabled && webhook.failingSince ? (
          <Notice tone="warning" title={t('failingTitle')}>
            {t('failingText', { count: webhook.failures, since: at(webhook.failingSince) })}
          </Notice>
        ) : null}
        <Card title={t('log')} text={t('logText')}>
          {log.items.length === 0 ? (
            <p className="text-muted">{t('logEmpty')}</p>
          ) : (
            <>
              <Table caption={t('log')}>
                <TableHead>
                  <Th>{t('what')}</Th>
                  <Th>{t('result')}</Th>
                  <Th align="end">{t('attempts')}</Th>
                  <Th>{t('when')}</Th>
                  <Th>
                    <span className="sr-only">{t('repeat')}</span>
                  </Th>
                </TableHead>
                <TableBody>
                  {log.items.map((delivery) => (
                    <Tr key={delivery.id}>
                      <Td>
                        <p className="font-semibold">{t(`eventName.${eventKey(delivery.eventType)}`)}</p>
                        <p className="font-mono text-sm text-muted">{delivery.eventType}</p>
                      </Td>
                      <Td name={t('result')}>
                        <DeliveryOutcome delivery={delivery} />
                      </Td>
                      <Td name={t('attempts')} align="end">
                        {formatNumber(delivery.attempts, locale)}
                      </Td>
                      <Td name={t('when')} className="text-sm text-muted">
                        <p>{at(delivery.createdAt)}</p>
                        {delivery.nextAttemptAt && delivery.attempts > 0 ? (
                          <p>{t('nextAt', { at: at(delivery.nextAttemptAt) })}</p>
                        ) : null}
                      </Td>
                      <Td align="end">
                        {delivery.state === 'waiting' ? null : (
                          <RepeatButton
                            accountId={accountId}
                            webhookId={webhookId}
                            deliveryId={delivery.id}
                          />
                        )}
                      </Td>
                    </Tr>
                  ))}
                </TableBody>
              </Table>
              <Pagination
                newerHref={cursor ? here : null}
                olderHref={log.nextCursor ? `${here}?cursor=${encodeURIComponent(log.nextCursor)}` : null}
              />
            </>
          )}
        </Card>
      </div>
    </>
  );
}
