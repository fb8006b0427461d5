import { getTranslations } from 'next-intl/server';
import { TabLinks } from '@/components/ui/tabs';

const pages = [
  { key: 'overview', href: '/quota', exact: true },
  { key: 'external', href: '/quota/external' },
  { key: 'rules', href: '/quota/rules' },
  { key: 'approvals', href: '/quota/approvals' },
] as const;

/** The four pages about permanent slots. */
export async function QuotaNav() {
  const t = await getTranslations('quotaRules.nav');
  return (
    <div className="-mt-2 mb-6">
      <TabLinks label={t('label')} tabs={pages.map(({ key, ...page }) => ({ ...page, label: t(key) }))} />
    </div>
  );
}
