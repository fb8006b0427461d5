'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { type AccountChoice, GrantsField, RoleField } from '@/components/people/access-fields';
import { LinkNotice } from '@/components/people/link-notice';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { invitePersonSchema } from '@/lib/people/schemas';
import type { LinkDto, UserRole } from '@/lib/people/types';
import { invitePersonAction } from '../actions';

const empty = {
  email: '',
  name: '',
  role: 'marketer' as UserRole,
  allAccounts: false,
  accountIds: [] as string[],
};

/** Asks for a colleague, then shows the link to hand on; both in one dialog. */
export function InvitePersonButton({ accounts }: { accounts: readonly AccountChoice[] }) {
  const t = useTranslations('people');
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<{ link: LinkDto; name: string } | null>(null);
  // With one account there is nothing to choose.
  const only = accounts.length === 1 && accounts[0] ? [accounts[0].id] : [];
  const [values, setValues] = useState({ ...empty, accountIds: only });
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const form = useActionForm({
    schema: invitePersonSchema,
    send: invitePersonAction,
    onDone: ({ link, person }) => setMade({ link, name: person.name }),
  });

  const change = (next: boolean) => {
    if (next) {
      setValues({ ...empty, accountIds: only });
      setMade(null);
      form.reset();
    }
    setOpen(next);
  };

  return (
    <FormDialog
      open={open}
      onOpenChange={change}
      trigger={
        <Button data-shortcut="create">
          <Plus aria-hidden />
          {t('invite')}
        </Button>
      }
      title={made ? t('invited') : t('invite')}
      text={made ? undefined : t('inviteText')}
      submitLabel={t('inviteSubmit')}
      form={form}
      onSubmit={() => form.submit(values)}
      done={made ? <LinkNotice {...made} /> : undefined}
    >
      <Field label={t('email')} error={form.errors.email} required>
        <Input type="email" value={values.email} onChange={(event) => set({ email: event.target.value })} />
      </Field>
      <Field label={t('name')} error={form.errors.name} required>
        <Input value={values.name} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <RoleField value={values.role} error={form.errors.role} onChange={(role) => set({ role })} />
      <GrantsField
        accounts={accounts}
        value={values}
        isAdmin={values.role === 'admin'}
        error={form.errors.accountIds}
        onChange={set}
      />
    </FormDialog>
  );
}
