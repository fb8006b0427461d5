'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { unlockShareAction } from '../actions';

/** Asks for the password of a link. Works without scripts. */
export function PasswordForm({ token }: { token: string }) {
  const t = useTranslations('exports.shared');
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [error, submit, pending] = useActionState(unlockShareAction, null);
  const fields = error ? fieldSentencesOf(error) : {};
  return (
    <form action={submit} className="grid gap-4">
      <input type="hidden" name="token" value={token} />
      <Field
        label={t('password')}
        hint={t('passwordText')}
        error={error ? (fields.password ?? sentenceOf(error)) : undefined}
      >
        <Input name="password" type="password" autoComplete="off" />
      </Field>
      <Button type="submit" pending={pending}>
        {t('open')}
      </Button>
    </form>
  );
}
