'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { type AccountChoice, GrantsField, RoleField } from '@/components/people/access-fields';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { updateAccessSchema } from '@/lib/people/schemas';
import type { PersonDto } from '@/lib/people/types';
import { updateAccessAction } from '../actions';

export function AccessForm({ person, accounts }: { person: PersonDto; accounts: readonly AccountChoice[] }) {
  const t = useTranslations('people');
  const common = useTranslations('common.actions');
  const { role, allAccounts, accountIds } = person;
  const [values, setValues] = useState({ role, allAccounts, accountIds });
  const form = useActionForm({
    schema: updateAccessSchema,
    send: updateAccessAction,
    onDone: () => notify(t('accessSaved', { name: person.name })),
  });
  return (
    <form
      ref={form.formRef}
      className="grid gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        form.submit({ personId: person.id, ...values });
      }}
    >
      {form.failure ? <Notice tone="error">{form.failure}</Notice> : null}
      <RoleField
        value={values.role}
        error={form.errors.role}
        onChange={(next) => setValues((before) => ({ ...before, role: next }))}
      />
      <GrantsField
        accounts={accounts}
        value={values}
        isAdmin={values.role === 'admin'}
        error={form.errors.accountIds}
        onChange={(grants) => setValues((before) => ({ ...before, ...grants }))}
      />
      <div>
        <Button type="submit" pending={form.pending}>
          {common('save')}
        </Button>
      </div>
    </form>
  );
}
