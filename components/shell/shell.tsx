import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Locale } from '@/lib/i18n/locales';
import { AccountSwitcher, type ShellAccount } from './account-switcher';
import { KeyboardShortcuts } from './keyboard-shortcuts';
import { Navigation } from './navigation';
import { NavigationDrawer } from './navigation-drawer';
import { NotificationBell } from './notification-bell';
import { QuotaAtTheFoot, type ShellQuota } from './quota-at-the-foot';
import { type ShellUser, UserMenu } from './user-menu';

export type ShellProps = {
  accounts: readonly ShellAccount[];
  currentAccountId: string | null;
  /** Server actions; the page that is open is rendered again after each. */
  onSelectAccount: (accountId: string) => Promise<unknown>;
  onSelectLocale: (locale: Locale) => Promise<unknown>;
  onSignOut: () => Promise<unknown>;
  /** null where no account is connected. */
  quota: ShellQuota | null;
  user: ShellUser;
  /** Notifications that the person has not read; counted up to 100. */
  unread: number;
  /** Shows "connect an account" in the switcher. */
  mayConnectAccounts: boolean;
  /** A DemoBanner, or something else that holds for all pages. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The frame of every page after sign-in: switcher on top, quota at the foot, both always in sight. */
export function Shell({ banner, children, ...props }: ShellProps) {
  const t = useTranslations('shell');
  const sidebar = <Sidebar {...props} />;
  const current = props.accounts.find((account) => account.id === props.currentAccountId);
  return (
    <KeyboardShortcuts>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-4 py-2 font-semibold text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skipToContent')}
      </a>
      <div className="flex min-h-dvh flex-col lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
        <aside className="sticky top-0 hidden h-dvh border-r border-line bg-sunken lg:block">{sidebar}</aside>
        <header className="flex items-center gap-2 border-b border-line bg-sunken px-2 py-1.5 lg:hidden">
          <NavigationDrawer>{sidebar}</NavigationDrawer>
          <span className="min-w-0 flex-1 truncate font-semibold">{current?.name ?? t('account.none')}</span>
          <NotificationBell unread={props.unread} />
        </header>
        <div className="flex min-w-0 flex-1 flex-col">
          {banner}
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto w-full max-w-6xl flex-1 p-4 outline-none sm:p-6 lg:p-8"
          >
            {children}
          </main>
        </div>
      </div>
    </KeyboardShortcuts>
  );
}

function Sidebar({
  accounts,
  currentAccountId,
  onSelectAccount,
  onSelectLocale,
  onSignOut,
  quota,
  user,
  unread,
  mayConnectAccounts,
}: Omit<ShellProps, 'banner' | 'children'>) {
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center gap-1 p-3">
        <div className="min-w-0 flex-1">
          <AccountSwitcher
            accounts={accounts}
            currentAccountId={currentAccountId}
            onSelectAccount={onSelectAccount}
            mayConnectAccounts={mayConnectAccounts}
          />
        </div>
        <NotificationBell unread={unread} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 py-1">
        <Navigation />
      </div>
      <div className="border-t border-line p-3">
        <QuotaAtTheFoot quota={quota} />
      </div>
      <div className="border-t border-line p-3">
        <UserMenu user={user} onSelectLocale={onSelectLocale} onSignOut={onSignOut} />
      </div>
    </div>
  );
}
