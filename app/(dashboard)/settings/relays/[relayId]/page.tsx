import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DeliveryOutcome } from '@/components/deliveries/delivery-outcome';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import { getAccount } from '@/lib/accounts/get-account';
import { formatDate, formatDateTime, formatNumber } from '@/lib/i18n/format';
import { getRelay } from '@/lib/relays/get-relay';
import { listRelayDeliveries } from '@/lib/relays/list-relay-deliveries';
import { listRelays } from '@/lib/relays/list-relays';
import { locateRelay } from '@/lib/relays/locate-relay';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { RelayActions } from '../_components/relay-actions';
import { RelayAnswers, RelayState } from '../_components/relay-badges';
import { RepeatButton } from '../_components/repeat-button';
import { pushInWords, takesInWords } from '../_components/takes-in-words';

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
  const at = (moment: string) => formatDateTime(moment, locale, account.timeZone);
  const here = `/settings/relays/${relayId}`;
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
                        <p className="font-semibold">{pushInWords(t, delivery.eventType)}</p>
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
                          <RepeatButton accountId={accountId} relayId={relayId} deliveryId={delivery.id} />
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
