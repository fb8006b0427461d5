import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { defaultTimeZone } from '@/lib/i18n/locales';
import { listSenderDeliveries } from '@/lib/notifications/list-sender-deliveries';
import { listSenders } from '@/lib/notifications/list-senders';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { DeliveryLog } from './_components/delivery-log';
import { SenderCard } from './_components/sender-card';
import { CreateSenderButton } from './_components/sender-dialog';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications.senders'))('title') };
}

export default async function NotificationSettingsPage() {
  const ctx = await pageContext('admin');
  const [{ senders, isMailConfigured }, deliveries, account, t] = await Promise.all([
    listSenders(ctx),
    listSenderDeliveries(ctx),
    currentAccount(),
    getTranslations('notifications.senders'),
  ]);
  const timeZone = account?.timeZone ?? defaultTimeZone;
  const hasMail = senders.some(({ kind }) => kind === 'email');
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={<CreateSenderButton isMailConfigured={isMailConfigured} />}
      />
      {hasMail && !isMailConfigured ? (
        <Notice tone="warning" className="mb-4">
          {t('noSmtp')}
        </Notice>
      ) : null}
      {senders.length === 0 ? (
        <EmptyState picture="people" title={t('none.title')} text={t('none.text')} />
      ) : (
        <div className="grid gap-4">
          {senders.map((sender) => (
            <SenderCard
              key={sender.id}
              sender={sender}
              timeZone={timeZone}
              isMailConfigured={isMailConfigured}
            />
          ))}
          <DeliveryLog deliveries={deliveries} senders={senders} timeZone={timeZone} />
        </div>
      )}
    </>
  );
}
