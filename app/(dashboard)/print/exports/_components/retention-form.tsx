'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { setExportRetentionAction } from '../../actions';

/** For how long files are kept; an admin's to say. */
export function RetentionForm({ accountId, days }: { accountId: string; days: number }) {
  const t = useTranslations('exports.retention');
  const { sentenceOf } = useErrorSentences();
  const [text, setText] = useState(String(days));
  const [pending, startTransition] = useTransition();

  return (
    <form
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        startTransition(async () => {
          const result = await setExportRetentionAction({ accountId, days: Number(text) });
          if (result.ok) notify(t('saved'));
          else notifyError(sentenceOf(result.error));
        });
      }}
    >
      <Field label={t('label')} hint={t('hint')} className="w-56">
        <Input
          inputMode="numeric"
          trail={t('days')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        variant="secondary"
        className="mt-6"
        pending={pending}
        disabled={text === String(days)}
      >
        {t('save')}
      </Button>
    </form>
  );
}
