'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { ImportDto } from '@/lib/imports/types';
import { askForUrlsAction } from '../../actions';

/** What an import has brought, and what is still missing. */
export function ImportResult({ made }: { made: ImportDto }) {
  const t = useTranslations('codes.import.result');
  const imported = useTranslations('codes.imported');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const { id, accountId, total, known, adopted, waiting, failed, missingUrls } = made;
  const ask = () =>
    startTransition(async () => {
      const result = await askForUrlsAction({ accountId, which: { importId: id } });
      notify(result.ok ? imported('asked') : sentenceOf(result.error));
    });
  return (
    <div className="grid max-w-3xl gap-4">
      <Card title={t('title', { count: total })}>
        <ul className="grid gap-1">
          {known > 0 ? <li>{t('known', { count: known })}</li> : null}
          {adopted > 0 ? <li>{t('adopted', { count: adopted })}</li> : null}
          {waiting > 0 ? <li role="status">{t('waiting', { count: waiting })}</li> : null}
          {failed > 0 ? <li>{t('failed', { count: failed })}</li> : null}
        </ul>
        <div className="mt-4 flex flex-wrap gap-2">
          {total > 0 ? (
            <Button asChild>
              <Link href={`/codes?importId=${id}`}>{t('see')}</Link>
            </Button>
          ) : null}
          <Button asChild variant="secondary">
            <Link href="/codes/import">{t('more')}</Link>
          </Button>
        </div>
      </Card>
      {missingUrls > 0 ? (
        <Notice
          tone="warning"
          title={t('missing', { count: missingUrls })}
          action={
            <Button variant="secondary" size="sm" pending={pending} onClick={ask}>
              {t('ask', { count: missingUrls })}
            </Button>
          }
        >
          {imported('missingUrlText')}
        </Notice>
      ) : null}
    </div>
  );
}
