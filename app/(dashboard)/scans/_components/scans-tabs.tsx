import { useTranslations } from 'next-intl';
import { TabLinks } from '@/components/ui/tabs';

export function ScansTabs() {
  const t = useTranslations('scans.tabs');
  const tabs = [
    { href: '/scans', label: t('all'), exact: true },
    { href: '/scans/unknown', label: t('unknown') },
  ];
  return (
    <div className="mb-4">
      <TabLinks label={t('label')} tabs={tabs} />
    </div>
  );
}
