import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TabLinks } from '@/components/ui/tabs';
import { mayManage, mayWrite } from '@/lib/people/types';
import { pageContext } from '@/lib/web/page-context';

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageContext();
  const t = await getTranslations('settings');
  const forAdmins = mayManage(actor)
    ? [
        { href: '/settings/accounts', label: t('accounts') },
        { href: '/settings/push', label: t('push') },
        { href: '/settings/relays', label: t('relays') },
        { href: '/settings/people', label: t('people') },
        { href: '/settings/api-keys', label: t('apiKeys') },
        { href: '/settings/webhooks', label: t('webhooks') },
        { href: '/settings/notifications', label: t('notifications') },
        { href: '/settings/audit', label: t('audit') },
      ]
    : [];
  const forMarketers = mayWrite(actor) ? [{ href: '/settings/bindings', label: t('bindings') }] : [];
  return (
    <>
      <div className="-mt-2 mb-6">
        <TabLinks
          label={t('label')}
          tabs={[...forAdmins, ...forMarketers, { href: '/settings/profile', label: t('profile') }]}
        />
      </div>
      {children}
    </>
  );
}
