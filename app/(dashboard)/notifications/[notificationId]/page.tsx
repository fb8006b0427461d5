import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/ui/empty-state';
import { describeNotification } from '@/lib/i18n/describe-notification';
import { defaultTimeZone } from '@/lib/i18n/locales';
import { getNotification } from '@/lib/notifications/list-notifications';
import { orNotFound, pageContext } from '@/lib/web/page-context';
import { OpenNotification } from './_components/open-notification';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications.page'))('title') };
}

/** Where a link in an e-mail or a group arrives: turns to the account that it is about, and goes on to the decision. */
export default async function NotificationPage({ params }: { params: Promise<{ notificationId: string }> }) {
  const ctx = await pageContext();
  const notification = await orNotFound(getNotification(ctx, (await params).notificationId));
  const [t, wechat, locale] = await Promise.all([
    getTranslations('notifications'),
    getTranslations('wechat'),
    getLocale(),
  ]);
  const { title, text, action } = describeNotification(t, wechat, notification, {
    locale,
    timeZone: notification.account?.timeZone ?? defaultTimeZone,
    now: ctx.clock.now(),
  });
  return (
    <EmptyState
      picture="search"
      headingLevel={1}
      title={title}
      text={text}
      note={notification.account?.name}
      action={<OpenNotification notificationId={notification.id}>{action}</OpenNotification>}
    />
  );
}
