'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { PersonDto } from '@/lib/people/types';
import type { Result } from '@/lib/result';
import { disablePersonAction, enablePersonAction, removePersonAction } from '../actions';

/** Ending somebody's access: for now, or for good. */
export function RemovalCard({ person }: { person: PersonDto }) {
  const t = useTranslations('people');
  const router = useRouter();
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const { id: personId, name } = person;

  const told = (result: Result<unknown>, sentence: string): boolean => {
    if (result.ok) notify(sentence);
    else notifyError(sentenceOf(result.error));
    return result.ok;
  };
  const enable = () =>
    startTransition(async () => void told(await enablePersonAction({ personId }), t('enabled', { name })));

  return (
    <Card title={t('removal')} text={t('removalText')}>
      <div className="flex flex-wrap gap-2">
        {person.status === 'disabled' ? (
          <Button variant="secondary" pending={pending} onClick={enable}>
            {t('enable')}
          </Button>
        ) : (
          <ConfirmDialog
            trigger={<Button variant="secondary">{t('disable')}</Button>}
            title={t('disableTitle', { name })}
            text={t('disableText')}
            confirmLabel={t('disable')}
            onConfirm={async () => {
              told(await disablePersonAction({ personId }), t('disabled', { name }));
            }}
          />
        )}
        <ConfirmDialog
          trigger={<Button variant="danger">{t('remove')}</Button>}
          title={t('removeTitle', { name })}
          text={t('removeText')}
          confirmLabel={t('remove')}
          onConfirm={async () => {
            if (told(await removePersonAction({ personId }), t('removed', { name }))) {
              router.push('/settings/people');
            }
          }}
        />
      </div>
    </Card>
  );
}
