'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { PasswordInput } from '@/components/people/password-input';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { changePasswordSchema, PASSWORD_MIN } from '@/lib/people/schemas';
import { changePasswordAction } from '../actions';

export function PasswordForm({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const t = useTranslations('people.profile');
  const auth = useTranslations('auth');
  const [oldPassword, setOldPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const form = useActionForm({
    schema: changePasswordSchema,
    send: changePasswordAction,
    onDone: () => {
      setOldPassword('');
      setNewPassword('');
      notify(t('passwordSaved'));
    },
  });
  return (
    <form
      ref={form.formRef}
      className="grid gap-4"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        form.submit({ newPassword, ...(hasPassword ? { oldPassword } : {}) });
      }}
    >
      {form.failure ? <Notice tone="error">{form.failure}</Notice> : null}
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      {hasPassword ? (
        <Field label={t('oldPassword')} error={form.errors.oldPassword} required>
          <PasswordInput
            autoComplete="current-password"
            value={oldPassword}
            onChange={(event) => setOldPassword(event.target.value)}
          />
        </Field>
      ) : null}
      <Field
        label={t('newPassword')}
        hint={auth('newPasswordHint', { min: PASSWORD_MIN })}
        error={form.errors.newPassword}
        required
      >
        <PasswordInput
          autoComplete="new-password"
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
        />
      </Field>
      <div>
        <Button type="submit" pending={form.pending}>
          {t('savePassword')}
        </Button>
      </div>
    </form>
  );
}
