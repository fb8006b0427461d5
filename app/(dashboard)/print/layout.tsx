import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TabLinks } from '@/components/ui/tabs';
import { pageContext } from '@/lib/web/page-context';

export default async function PrintLayout({ children }: { children: ReactNode }) {
  await pageContext();
  const t = await getTranslations('designs');
  return (
    <>
      <div className="-mt-2 mb-6">
        <TabLinks
          label={t('tabs.label')}
          tabs={[
            { href: '/print', label: t('tabs.studio'), exact: true },
            { href: '/print/designs', label: t('tabs.designs') },
            { href: '/print/posters', label: t('tabs.posters') },
            { href: '/print/exports', label: t('tabs.exports') },
          ]}
        />
      </div>
      {children}
    </>
  );
}
