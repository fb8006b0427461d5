import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/class-names';
import { Link } from '@/components/ui/link';

const most = 99;

/** The way to the notifications, with how many are unread. */
export function NotificationBell({ unread, className }: { unread: number; className?: string }) {
  const t = useTranslations('notifications.bell');
  return (
    <Link
      href="/notifications"
      aria-label={t('label', { count: unread })}
      className={cn(
        'relative grid size-10 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink lg:size-9',
        className,
      )}
    >
      <Bell aria-hidden className="size-5" />
      {unread > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 min-w-5 rounded-full bg-accent px-1 text-center text-sm leading-5 font-semibold text-on-accent"
        >
          {unread > most ? t('more') : unread}
        </span>
      ) : null}
    </Link>
  );
}
