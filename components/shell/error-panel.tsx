'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';

/** What stands in place of a page that failed. Only the reference of the log entry is shown, never the error's own text. */
export function ErrorPanel({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('common');
  const reference =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
  return (
    <div role="alert">
      <EmptyState
        picture="broken"
        title={t('errorPage.title')}
        headingLevel={1}
        text={t('errorPage.text')}
        note={reference ? t('errorPage.reference', { reference }) : undefined}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={retry}>{t('actions.retry')}</Button>
            <Button asChild variant="secondary">
              <Link href="/">{t('errorPage.home')}</Link>
            </Button>
          </div>
        }
      />
    </div>
  );
}
