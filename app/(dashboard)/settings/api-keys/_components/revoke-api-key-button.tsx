'use client';

import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { revokeApiKeyAction } from '../actions';

export function RevokeApiKeyButton({ apiKeyId, name }: { apiKeyId: string; name: string }) {
  const t = useTranslations('apiKeys');
  const { sentenceOf } = useErrorSentences();
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" size="sm" aria-label={t('revokeNamed', { name })}>
          {t('revoke')}
        </Button>
      }
      title={t('revokeTitle', { name })}
      text={t('revokeText')}
      confirmLabel={t('revoke')}
      onConfirm={async () => {
        const result = await revokeApiKeyAction({ apiKeyId });
        if (result.ok) notify(t('revoked', { name }));
        else notifyError(sentenceOf(result.error));
      }}
    />
  );
}
