'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { PasswordInput } from '@/components/people/password-input';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { PASSWORD_MIN } from '@/lib/people/schemas';
import type { AuthFormState } from '../actions';

export type AuthField = 'email' | 'name' | 'password' | 'newPassword';

/**
 * The form of sign-in and of one-time links: posts to its action with or without scripts.
 *
 * @param hidden  what goes along unseen: the token, or where to go next
 */
export function AuthForm({
  action,
  fields,
  hidden,
  typed = {},
  submitLabel,
}: {
  action: (before: AuthFormState, form: FormData) => Promise<AuthFormState>;
  fields: readonly AuthField[];
  hidden: Record<string, string>;
  typed?: AuthFormState['typed'];
  submitLabel: string;
}) {
  const t = useTranslations('auth');
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [state, submit, pending] = useActionState(action, { error: null, typed });
  const errors = state.error ? fieldSentencesOf(state.error) : {};
  const isAboutField = fields.some((field) => errors[field === 'newPassword' ? 'password' : field]);

  return (
    <form action={submit} className="grid gap-4" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.error && !isAboutField ? <Notice tone="error">{sentenceOf(state.error)}</Notice> : null}
      {fields.includes('email') ? (
        <Field label={t('email')} error={errors.email} required>
          <Input
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={state.typed.email}
          />
        </Field>
      ) : null}
      {fields.includes('name') ? (
        <Field label={t('name')} hint={t('nameHint')} error={errors.name} required>
          <Input name="name" autoComplete="name" defaultValue={state.typed.name} />
        </Field>
      ) : null}
      {fields.includes('password') ? (
        <Field label={t('password')} error={errors.password} required>
          <PasswordInput name="password" autoComplete="current-password" />
        </Field>
      ) : null}
      {fields.includes('newPassword') ? (
        <Field
          label={t('newPassword')}
          hint={t('newPasswordHint', { min: PASSWORD_MIN })}
          error={errors.password}
          required
        >
          <PasswordInput name="password" autoComplete="new-password" />
        </Field>
      ) : null}
      <Button type="submit" pending={pending} className="w-full">
        {submitLabel}
      </Button>
    </form>
  );
}
