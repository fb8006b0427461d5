import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';

export default async function NotFound() {
  const t = await getTranslations('common');
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <EmptyState
        picture="missing"
        title={t('notFound.title')}
        headingLevel={1}
        text={t('notFound.text')}
        action={
          <Button asChild>
            <Link href="/">{t('errorPage.home')}</Link>
          </Button>
        }
      />
    </main>
  );
}
