'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import type { CodeDto } from '@/lib/codes/types';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { askForUrlsAction } from '../../actions';

/** An imported code whose symbol nobody knows, and the way to ask for it. */
export function MissingUrl({ code, mayAsk }: { code: CodeDto; mayAsk: boolean }) {
  const t = useTranslations('codes.imported');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const ask = () =>
    startTransition(async () => {
      const result = await askForUrlsAction({ accountId: code.accountId, which: { codeId: code.id } });
      notify(result.ok ? t('asked') : sentenceOf(result.error));
    });
  return (
    <Notice
      tone="warning"
      title={t('missingUrl')}
      action={
        mayAsk ? (
          <Button variant="secondary" size="sm" pending={pending} onClick={ask}>
            {t('ask')}
          </Button>
        ) : undefined
      }
    >
      {t('missingUrlText')}
    </Notice>
  );
}
