'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { type UserRole, userRoles } from '@/lib/people/types';

export type AccountChoice = { id: string; name: string };
export type Grants = { allAccounts: boolean; accountIds: string[] };

export function RoleField({
  value,
  onChange,
  error,
}: {
  value: UserRole;
  onChange: (role: UserRole) => void;
  error?: string;
}) {
  const t = useTranslations('people');
  const shell = useTranslations('shell.role');
  return (
    <Field label={t('role')} error={error} group>
      <RadioCards
        columns={1}
        value={value}
        onValueChange={onChange}
        options={userRoles.map((role) => ({
          value: role,
          title: shell(role),
          text: t(`roleText.${role}`),
        }))}
      />
    </Field>
  );
}

/** Which official accounts somebody, or a key, may see. @param isAdmin  sees all, whatever is ticked */
export function GrantsField({
  accounts,
  value,
  onChange,
  isAdmin,
  error,
}: {
  accounts: readonly AccountChoice[];
  value: Grants;
  onChange: (grants: Grants) => void;
  isAdmin: boolean;
  error?: string;
}) {
  const t = useTranslations('people');
  const all = isAdmin || value.allAccounts;
  const toggle = (id: string, ticked: boolean) =>
    onChange({
      ...value,
      accountIds: ticked ? [...value.accountIds, id] : value.accountIds.filter((each) => each !== id),
    });
  return (
    <Field label={t('accounts')} error={error} group>
      <div className="grid gap-2">
        <Checkbox
          label={t('allAccounts')}
          hint={isAdmin ? t('adminSeesAll') : t('allAccountsHint')}
          checked={all}
          disabled={isAdmin}
          onCheckedChange={(ticked) => onChange({ ...value, allAccounts: ticked === true })}
        />
        {all ? null : (
          <div className="grid gap-2 border-l border-line pl-4">
            {accounts.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={value.accountIds.includes(id)}
                onCheckedChange={(ticked) => toggle(id, ticked === true)}
              />
            ))}
            {accounts.length === 0 ? <p className="text-sm text-muted">{t('noAccounts')}</p> : null}
          </div>
        )}
      </div>
    </Field>
  );
}
