import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Pagination } from '@/components/ui/pagination';
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table';
import type { DeliveryDto } from '@/lib/deliveries/types';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import type { Result } from '@/lib/result';
import { DeliveryOutcome } from './delivery-outcome';
import { RepeatButton } from './repeat-button';

/** What was sent to another system and what came of it, the newest first; a server's component. */
export function DeliveryLog({
  log,
  text,
  empty,
  what,
  nameOf,
  repeatOf,
  address,
  cursor,
  timeZone,
}: {
  log: { items: DeliveryDto[]; nextCursor: string | null };
  text: string;
  empty: string;
  /** The head of the column that says what was sent. */
  what: string;
  nameOf: (eventType: string) => string;
  repeatOf: (deliveryId: string) => () => Promise<Result<unknown>>;
  /** Of the page, without a cursor. */
  address: string;
  cursor: string | undefined;
  timeZone: string;
}) {
  const t = useTranslations('deliveries');
  const locale = useLocale();
  const at = (moment: string) => formatDateTime(moment, locale, timeZone);
  return (
    <Card title={t('log')} text={text}>
      {log.items.length === 0 ? (
        <p className="text-muted">{empty}</p>
      ) : (
        <>
          <Table caption={t('log')}>
            <TableHead>
              <Th>{what}</Th>
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
                    <p className="font-semibold">{nameOf(delivery.eventType)}</p>
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
                    {delivery.state === 'waiting' ? null : <RepeatButton repeat={repeatOf(delivery.id)} />}
                  </Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
          <Pagination
            newerHref={cursor ? address : null}
            olderHref={log.nextCursor ? `${address}?cursor=${encodeURIComponent(log.nextCursor)}` : null}
          />
        </>
      )}
    </Card>
  );
}
