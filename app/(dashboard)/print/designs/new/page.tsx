import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/web/page-context';
import { pageAccount } from '../../../page-account';
import { DesignForm } from '../_components/design-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('designs'))('new.title') };
}

export default async function NewDesignPage() {
  await pageContext('marketer');
  const { account } = await pageAccount();
  const t = await getTranslations('designs');
  return (
    <>
      <PageHeader
        title={t('new.title')}
        text={t('new.text')}
        back={{ href: '/print/designs', label: t('title') }}
      />
      <DesignForm accountId={account.id} design={null} mayWrite />
    </>
  );
}
