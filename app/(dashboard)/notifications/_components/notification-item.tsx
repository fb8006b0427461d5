import { useLocale, useTranslations } from 'next-intl';
import { cn } from '@/components/ui/class-names';
import { Link } from '@/components/ui/link';
import { describeNotification } from '@/lib/i18n/describe-notification';
import { formatDateTime, formatRelative } from '@/lib/i18n/format';
import { defaultTimeZone } from '@/lib/i18n/locales';
import type { NotificationDto } from '@/lib/notifications/types';
import { KindIcon } from './kind-icon';
import { MarkReadButton } from './read-buttons';

/** One notification: what happened, what it means, and the way to where it is decided. */
export function NotificationItem({
  notification,
  now,
  namesAccount,
}: {
  notification: NotificationDto;
  now: string;
  /** Whether the account is said, since there are several. */
  namesAccount: boolean;
}) {
  const t = useTranslations('notifications');
  const wechat = useTranslations('wechat');
  const locale = useLocale();
  const { id, account, kind, createdAt, isRead } = notification;
  const timeZone = account?.timeZone ?? defaultTimeZone;
  const { title, text, action } = describeNotification(t, wechat, notification, { locale, timeZone, now });
  return (
    <li
      className={cn('flex gap-3 px-4 py-3.5', isRead ? null : 'bg-accent-soft/40')}
      data-read={isRead ? 'true' : 'false'}
    >
      <KindIcon kind={kind} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className={cn('wrap-anywhere', isRead ? null : 'font-semibold')}>
          {isRead ? null : (
            <span className="mr-1.5 rounded-sm bg-accent px-1.5 py-0.5 align-middle text-sm font-normal text-on-accent">
              {t('page.unread')}
            </span>
          )}
          {title}
        </p>
        <p className="text-sm text-pretty wrap-anywhere text-muted">{text}</p>
        <p className="mt-1 text-sm text-muted">
          {namesAccount && account ? `${account.name} · ` : null}
          <time dateTime={createdAt} title={formatDateTime(createdAt, locale, timeZone)}>
            {formatRelative(createdAt, now, locale)}
          </time>
        </p>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1">
          <Link
            href={`/notifications/${id}`}
            prefetch={false}
            className="font-semibold text-accent underline"
          >
            {action}
          </Link>
          {isRead ? null : <MarkReadButton notificationId={id} />}
        </div>
      </div>
    </li>
  );
}
