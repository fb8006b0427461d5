import { Settings2 } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { createLoader, parseAsBoolean, parseAsString, type SearchParams } from 'nuqs/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { countUnreadNotifications } from '@/lib/notifications/count-unread';
import { listNotifications } from '@/lib/notifications/list-notifications';
import { mayManage } from '@/lib/people/types';
import { currentAccounts } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { keysetLinks } from '../_components/keyset-links';
import { NotificationItem } from './_components/notification-item';
import { MarkAllReadButton } from './_components/read-buttons';

const loadQuery = createLoader({
  unread: parseAsBoolean.withDefault(false),
  cursor: parseAsString,
  trail: parseAsString,
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications.page'))('title') };
}

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const ctx = await pageContext();
  const params = await searchParams;
  const { unread, cursor } = loadQuery(params);
  const [page, unreadCount, accounts, t] = await Promise.all([
    listNotifications(ctx, { unread, cursor: cursor ?? undefined, limit: 30 }),
    countUnreadNotifications(ctx),
    currentAccounts(),
    getTranslations('notifications.page'),
  ]);
  const now = ctx.clock.now().toISOString();
  const views = [
    { href: '/notifications', label: t('all'), isHere: !unread },
    { href: '/notifications?unread=true', label: t('unreadOnly'), isHere: unread },
  ];
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        action={
          <div className="flex flex-wrap gap-2">
            {unreadCount > 0 ? <MarkAllReadButton /> : null}
            {mayManage(ctx.actor) ? (
              <Button asChild variant="secondary">
                <Link href="/settings/notifications">
                  <Settings2 aria-hidden />
                  {t('settings')}
                </Link>
              </Button>
            ) : null}
          </div>
        }
      />
      <nav aria-label={t('title')} className="mb-4 flex gap-5 border-b border-line">
        {views.map(({ href, label, isHere }) => (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className="-mb-px inline-flex h-10 items-center border-b-2 border-transparent text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      {page.items.length === 0 ? (
        <EmptyState
          picture="search"
          title={unread ? t('empty.allRead') : t('empty.title')}
          text={unread ? t('empty.allReadText') : t('empty.text')}
        />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {page.items.map((notification) => (
            <NotificationItem
              key={notification.id}
              notification={notification}
              now={now}
              namesAccount={accounts.length > 1}
            />
          ))}
        </ul>
      )}
      <Pagination {...keysetLinks('/notifications', params, page.nextCursor)} />
    </>
  );
}
