import { useLocale, useTranslations } from 'next-intl';
import { DeliveryOutcome } from '@/components/deliveries/delivery-outcome';
import { Card } from '@/components/ui/card';
import type { DeliveryDto } from '@/lib/deliveries/types';
import { formatDateTime } from '@/lib/i18n/format';
import { isNotificationKind, type SenderDto } from '@/lib/notifications/types';

/** What went out of late, and what came of it. */
export function DeliveryLog({
  deliveries,
  senders,
  timeZone,
}: {
  deliveries: readonly DeliveryDto[];
  senders: readonly SenderDto[];
  timeZone: string;
}) {
  const t = useTranslations('notifications');
  const locale = useLocale();
  const nameOf = new Map(senders.map(({ id, name }) => [id, name]));
  return (
    <Card title={t('senders.log.title')} text={t('senders.log.text')}>
      {deliveries.length === 0 ? (
        <p className="text-muted">{t('senders.log.empty')}</p>
      ) : (
        <ol className="divide-y divide-line">
          {deliveries.map((delivery) => (
            <li key={delivery.id} className="grid gap-x-6 gap-y-2 py-3 sm:grid-cols-2">
              <div className="min-w-0">
                <p className="font-semibold">
                  {isNotificationKind(delivery.eventType)
                    ? t(`kinds.${delivery.eventType}.name`)
                    : delivery.eventType}
                </p>
                <p className="text-sm wrap-anywhere text-muted">
                  {[
                    nameOf.get(delivery.targetId),
                    formatDateTime(delivery.createdAt, locale, timeZone),
                    delivery.nextAttemptAt && delivery.attempts > 0
                      ? t('senders.log.next', {
                          at: formatDateTime(delivery.nextAttemptAt, locale, timeZone),
                        })
                      : null,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
              <DeliveryOutcome delivery={delivery} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
