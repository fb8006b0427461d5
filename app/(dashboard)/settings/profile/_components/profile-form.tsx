'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { notify } from '@/components/ui/toast';
import { isLocale, type Locale, locales } from '@/lib/i18n/locales';
import { updateProfileSchema } from '@/lib/people/schemas';
import { updateProfileAction } from '../actions';

export function ProfileForm(saved: { name: string; locale: Locale }) {
  const t = useTranslations('people');
  const shell = useTranslations('shell');
  const common = useTranslations('common.actions');
  const [name, setName] = useState(saved.name);
  const [locale, setLocale] = useState(saved.locale);
  const form = useActionForm({
    schema: updateProfileSchema,
    send: updateProfileAction,
    onDone: () => notify(t('profile.saved')),
  });
  return (
    <form
      ref={form.formRef}
      className="grid gap-4"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        form.submit({ name, locale });
      }}
    >
      {form.failure ? <Notice tone="error">{form.failure}</Notice> : null}
      <Field label={t('name')} error={form.errors.name} required>
        <Input autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={shell('user.language')} error={form.errors.locale}>
        <Select
          value={locale}
          onChange={({ target }) => (isLocale(target.value) ? setLocale(target.value) : undefined)}
          options={locales.map((value) => ({ value, label: shell(`languages.${value}`) }))}
        />
      </Field>
      <div>
        <Button type="submit" pending={form.pending}>
          {common('save')}
        </Button>
      </div>
    </form>
  );
}
