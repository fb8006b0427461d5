'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  ExternalUseFields,
  type ExternalUseText,
  emptyExternalUse,
  readExternalUse,
} from '@/components/accounts/external-use-fields';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { declareExternalSchema } from '@/lib/accounts/schemas';
import { formatNumber } from '@/lib/i18n/format';
import { declareExternalAction } from '../../settings/accounts/actions';

export function DeclareExternalForm({ accountId, isDeclared }: { accountId: string; isDeclared: boolean }) {
  const t = useTranslations('accounts.external');
  const locale = useLocale();
  const [text, setText] = useState<ExternalUseText>(emptyExternalUse);
  const [unchosen, setUnchosen] = useState(false);
  const form = useActionForm({
    schema: declareExternalSchema,
    send: (external) => declareExternalAction({ accountId, external }),
    onDone: ({ added, known }) => {
      setText(emptyExternalUse);
      notify(
        added + known === 0
          ? t('recordedNone')
          : t('recorded', { added: formatNumber(added, locale), known: formatNumber(known, locale) }),
      );
    },
  });
  const { input, faults } = readExternalUse(text);

  const submit = () => {
    setUnchosen(!isDeclared && text.choice === '');
    if ((!isDeclared && text.choice === '') || faults.length > 0) return;
    form.submit(input);
  };

  return (
    <form
      ref={form.formRef}
      noValidate
      className="grid max-w-2xl gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {form.failure && Object.keys(form.errors).length === 0 ? (
        <Notice tone="error">{form.failure}</Notice>
      ) : null}
      <ExternalUseFields
        text={text}
        onChange={(next) => {
          setUnchosen(false);
          setText(next);
        }}
        errors={unchosen ? { choice: t('choose') } : form.errors}
        faults={faults}
        mayBeNone={!isDeclared}
      />
      <div>
        <Button type="submit" variant={isDeclared ? 'secondary' : 'primary'} pending={form.pending}>
          {isDeclared ? t('add') : t('record')}
        </Button>
      </div>
    </form>
  );
}
