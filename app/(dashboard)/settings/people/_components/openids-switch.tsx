'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Switch } from '@/components/ui/switch';
import { notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { setSeesOpenidsAction } from '../actions';

/** Whether this person is shown openids whole. */
export function OpenidsSwitch({ personId, seesOpenids }: { personId: string; seesOpenids: boolean }) {
  const t = useTranslations('people.openids');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  return (
    <Switch
      label={t('label')}
      hint={t('hint')}
      checked={seesOpenids}
      disabled={pending}
      onCheckedChange={(checked) =>
        startTransition(async () => {
          const result = await setSeesOpenidsAction({ personId, seesOpenids: checked });
          if (!result.ok) notifyError(sentenceOf(result.error));
        })
      }
    />
  );
}
