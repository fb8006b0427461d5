import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DeliveryLog } from '@/components/deliveries/delivery-log';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { getAccount } from '@/lib/accounts/get-account';
import { formatDateTime } from '@/lib/i18n/format';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { getWebhook } from '@/lib/webhooks/get-webhook';
import { listWebhookDeliveries } from '@/lib/webhooks/list-webhook-deliveries';
import { locateWebhook } from '@/lib/webhooks/locate-webhook';
import { eventKey } from '../_components/event-key';
import { WebhookActions } from '../_components/webhook-actions';
import { WebhookState } from '../_components/webhook-state';
import { repeatWebhookDeliveryAction } from '../actions';

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
        <DeliveryLog
          log={log}
          text={t('logText')}
          empty={t('logEmpty')}
          what={t('what')}
          nameOf={(eventType) => t(`eventName.${eventKey(eventType)}`)}
          repeatOf={(deliveryId) =>
            repeatWebhookDeliveryAction.bind(null, { accountId, webhookId, deliveryId })
          }
          address={`/settings/webhooks/${webhookId}`}
          cursor={cursor}
          timeZone={account.timeZone}
        />
      </div>
    </>
  );
}
