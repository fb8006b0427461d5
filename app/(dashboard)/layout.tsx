import type { ReactNode } from 'react';
import { DemoBanner } from '@/components/shell/demo-banner';
import { Shell } from '@/components/shell/shell';
import { env } from '@/lib/env';
import { countUnreadNotifications } from '@/lib/notifications/count-unread';
import { mayManage } from '@/lib/people/types';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { currentAccount, currentAccounts } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';
import { currentSession } from '@/lib/web/session';
import { chooseLocaleAction, selectAccountAction, signOutAction } from './shell-actions';

/** The frame of all pages after sign-in. It guards nothing: every page asks for its own context. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext();
  const [accounts, account, { actor, email }] = await Promise.all([
    currentAccounts(),
    currentAccount(),
    currentSession(),
  ]);
  const [quota, unread] = await Promise.all([
    account ? getQuotaCounts(ctx, account.id) : null,
    countUnreadNotifications(ctx),
  ]);
  const user =
    actor.kind === 'user'
      ? { name: actor.name, email: email ?? '', role: actor.role }
      : { name: '', email: '', role: 'viewer' as const };

  return (
    <Shell
      accounts={accounts}
      currentAccountId={account?.id ?? null}
      onSelectAccount={selectAccountAction}
      onSelectLocale={chooseLocaleAction}
      onSignOut={signOutAction}
      quota={quota}
      user={user}
      unread={unread}
      mayConnectAccounts={mayManage(actor)}
      banner={
        account?.isDemo ? <DemoBanner simulatorUrl={`http://127.0.0.1:${env().SIMULATOR_PORT}`} /> : null
      }
    >
      {children}
    </Shell>
  );
}
