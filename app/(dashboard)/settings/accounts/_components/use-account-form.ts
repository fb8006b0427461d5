'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '@/components/form/use-action-form';
import { notify } from '@/components/ui/toast';
import { updateAccountSchema } from '@/lib/accounts/schemas';
import { updateAccountAction } from '../actions';

/** A part of an account's settings: saved with the schema that the service checks with. */
export function useAccountForm(accountId: string, onSaved?: () => void) {
  const t = useTranslations('accounts');
  const form = useActionForm({
    schema: updateAccountSchema,
    send: (account) => updateAccountAction({ accountId, account }),
    onDone: () => {
      notify(t('saved'));
      onSaved?.();
    },
  });
  return { ...form, failure: Object.keys(form.errors).length === 0 ? form.failure : null };
}
