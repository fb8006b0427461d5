'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { OwnScenesFields, readOwnScenes } from '@/components/accounts/own-scenes-fields';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { formatRanges } from '@/lib/accounts/format';
import type { AccountDto } from '@/lib/accounts/types';
import { FormFrame } from './form-frame';
import { useAccountForm } from './use-account-form';

/** How many permanent codes there are, and which of them this app may give out. */
export function PermanentForm({ account }: { account: AccountDto }) {
  const t = useTranslations('accounts');
  const [cap, setCap] = useState(String(account.permanentCap));
  const [text, setText] = useState({
    ranges: formatRanges(account.ownRanges),
    prefixes: account.ownPrefixes.join('\n'),
  });
  const form = useAccountForm(account.id);
  const { ownRanges, ownPrefixes, faults } = readOwnScenes(text);

  const submit = () => {
    if (faults.length > 0) return;
    form.submit({
      permanentCap: /^\d+$/.test(cap.trim()) ? Number(cap) : Number.NaN,
      ownRanges,
      ownPrefixes,
    });
  };

  return (
    <FormFrame formRef={form.formRef} onSubmit={submit} pending={form.pending} failure={form.failure}>
      <Field label={t('fields.permanentCap')} hint={t('hints.permanentCap')} error={form.errors.permanentCap}>
        <Input
          inputMode="numeric"
          className="max-w-48"
          value={cap}
          onChange={(event) => setCap(event.target.value)}
        />
      </Field>
      <OwnScenesFields text={text} onChange={setText} errors={form.errors} faults={faults} />
    </FormFrame>
  );
}
