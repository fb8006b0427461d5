import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DeliveryLog } from '@/components/deliveries/delivery-log';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { getAccount } from '@/lib/accounts/get-account';
import { formatDate } from '@/lib/i18n/format';
import { getRelay } from '@/lib/relays/get-relay';
import { listRelayDeliveries } from '@/lib/relays/list-relay-deliveries';
import { listRelays } from '@/lib/relays/list-relays';
import { locateRelay } from '@/lib/relays/locate-relay';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { RelayActions } from '../_components/relay-actions';
import { RelayAnswers, RelayState } from '../_components/relay-badges';
import { pushInWords, takesInWords } from '../_components/takes-in-words';
import { repeatRelayDeliveryAction } from '../actions';

type Props = { params: Promise<{ relayId: string }>; searchParams: Promise<{ cursor?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('relays'))('title') };
}

export default async function RelayPage({ params, searchParams }: Props) {
  const ctx = await pageContext('admin');
  const [{ relayId }, { cursor }] = await Promise.all([params, searchParams]);
  const accountId = await orNotFound(locateRelay(ctx, relayId));
  const [relay, relays, account, log, t, people, locale] = await Promise.all([
    getRelay(ctx, accountId, relayId),
    listRelays(ctx, accountId),
    getAccount(ctx, accountId),
    listRelayDeliveries(ctx, accountId, relayId, { cursor }),
    getTranslations('relays'),
    getTranslations('people'),
    getLocale(),
  ]);
  return (
    <>
      <PageHeader
        title={relay.name}
        text={<span className="font-mono text-sm wrap-anywhere">{relay.url}</span>}
        back={{ href: '/settings/relays', label: t('title') }}
        badge={<RelayState relay={relay} />}
        action={
          <RelayActions
            relay={relay}
            appId={account.appId}
            answering={relays.find(({ answers }) => answers) ?? null}
          />
        }
      />
      <div className="grid gap-6">
        {relay.enabled ? null : (
          <Notice title={t('offTitle')}>{t('offText', { answers: String(relay.answers) })}</Notice>
        )}
        <Card title={t('facts.title')}>
          <DescriptionList
            items={[
              {
                key: 'takes',
                label: t('facts.takes'),
                value: takesInWords(t, relay, people('listSeparator')),
              },
              { key: 'answers', label: t('facts.answers'), value: <RelayAnswers relay={relay} /> },
              { key: 'mode', label: t('facts.mode'), value: t(`modes.${relay.mode}.title`) },
              ...(relay.allowPrivate
                ? [{ key: 'private', label: t('facts.private'), value: t('facts.privateAllowed') }]
                : []),
              {
                key: 'created',
                label: t('facts.created'),
                value: formatDate(relay.createdAt, locale, account.timeZone),
              },
            ]}
          />
        </Card>
        <DeliveryLog
          log={log}
          text={t('logText')}
          empty={t('logEmpty')}
          what={t('what')}
          nameOf={(eventType) => pushInWords(t, eventType)}
          repeatOf={(deliveryId) => repeatRelayDeliveryAction.bind(null, { accountId, relayId, deliveryId })}
          address={`/settings/relays/${relayId}`}
          cursor={cursor}
          timeZone={account.timeZone}
        />
      </div>
    </>
  );
}
