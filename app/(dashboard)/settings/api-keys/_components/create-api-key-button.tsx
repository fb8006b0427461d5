'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { type AccountChoice, GrantsField } from '@/components/people/access-fields';
import { SecretOnce } from '@/components/people/secret-once';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { createApiKeySchema } from '@/lib/api-keys/schemas';
import { type KeyScope, keyScopes } from '@/lib/api-keys/types';
import { createApiKeyAction } from '../actions';

const empty = {
  name: '',
  scope: 'read' as KeyScope,
  allAccounts: false,
  accountIds: [] as string[],
  seesOpenids: false,
};

/** Asks what a key may do, then shows it this once. */
export function CreateApiKeyButton({
  accounts,
  publicUrl,
}: {
  accounts: readonly AccountChoice[];
  publicUrl: string;
}) {
  const t = useTranslations('apiKeys');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const [madeKey, setMadeKey] = useState<string | null>(null);
  const only = accounts.length === 1 && accounts[0] ? [accounts[0].id] : [];
  const [values, setValues] = useState({ ...empty, accountIds: only });
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const form = useActionForm({
    schema: createApiKeySchema,
    send: createApiKeyAction,
    onDone: ({ key }) => setMadeKey(key),
  });

  const change = (next: boolean) => {
    if (next) {
      setValues({ ...empty, accountIds: only });
      form.reset();
    }
    setMadeKey(null);
    setOpen(next);
  };

  return (
    <FormDialog
      open={open}
      onOpenChange={change}
      trigger={
        <Button data-shortcut="create">
          <Plus aria-hidden />
          {t('create')}
        </Button>
      }
      title={madeKey ? t('madeTitle') : t('create')}
      submitLabel={common('create')}
      form={form}
      onSubmit={() => form.submit(values)}
      done={
        madeKey ? (
          <div className="grid grid-cols-1 gap-4">
            <Field label={t('key')} hint={t('onceHint')}>
              <SecretOnce value={madeKey} what={t('key')} />
            </Field>
            <div>
              <p className="mb-1.5 text-sm font-semibold">{t('tryIt')}</p>
              <pre className="rounded-md bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
                {`curl -H "Authorization: Bearer $KEY" ${publicUrl}/api/v1/accounts`}
              </pre>
            </div>
          </div>
        ) : undefined
      }
    >
      <Field label={t('name')} hint={t('nameHint')} error={form.errors.name} required>
        <Input value={values.name} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <Field label={t('scope')} error={form.errors.scope} group>
        <RadioCards
          columns={1}
          value={values.scope}
          onValueChange={(scope) => set({ scope })}
          options={keyScopes.map((scope) => ({
            value: scope,
            title: t(`scopeName.${scope}`),
            text: t(`scopeText.${scope}`),
          }))}
        />
      </Field>
      <GrantsField
        accounts={accounts}
        value={values}
        isAdmin={values.scope === 'admin'}
        error={form.errors.accountIds}
        onChange={set}
      />
      <Checkbox
        label={t('seesOpenids')}
        hint={t('seesOpenidsHint')}
        checked={values.seesOpenids}
        onCheckedChange={(checked) => set({ seesOpenids: checked === true })}
      />
    </FormDialog>
  );
}
