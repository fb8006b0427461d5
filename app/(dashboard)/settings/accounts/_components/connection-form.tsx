'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TokenSourceFields, type TokenSourceValues } from '@/components/accounts/token-source-fields';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { looksLikeAppId } from '@/lib/accounts/format';
import type { AccountDto } from '@/lib/accounts/types';
import { FormFrame } from './form-frame';
import { useAccountForm } from './use-account-form';

function searchTimeZones(query: string) {
  const wanted = query.trim().toLowerCase().replaceAll(' ', '_');
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
    .filter((zone) => zone.toLowerCase().includes(wanted))
    .slice(0, 60)
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

export function ConnectionForm({ account }: { account: AccountDto }) {
  const t = useTranslations('accounts');
  const [name, setName] = useState(account.name);
  const [appId, setAppId] = useState(account.appId);
  const [timeZone, setTimeZone] = useState(account.timeZone);
  const [token, setToken] = useState<TokenSourceValues>({
    tokenSource: account.tokenSource,
    appSecret: undefined,
    remoteTokenUrl: account.remoteTokenUrl ?? '',
    remoteTokenHeader: account.remoteTokenHeader ?? '',
    remoteTokenValue: undefined,
  });
  const form = useAccountForm(account.id, () =>
    setToken((before) => ({ ...before, appSecret: undefined, remoteTokenValue: undefined })),
  );

  const submit = () => {
    const { tokenSource, appSecret, remoteTokenUrl, remoteTokenHeader, remoteTokenValue } = token;
    form.submit({
      name,
      appId,
      timeZone,
      tokenSource,
      ...(tokenSource === 'remote'
        ? {
            remoteTokenUrl: remoteTokenUrl || null,
            remoteTokenHeader: remoteTokenHeader || null,
            ...(remoteTokenValue === undefined ? {} : { remoteTokenValue }),
          }
        : appSecret === undefined
          ? {}
          : { appSecret }),
    });
  };

  return (
    <FormFrame formRef={form.formRef} onSubmit={submit} pending={form.pending} failure={form.failure}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('fields.name')} hint={t('hints.name')} error={form.errors.name} required>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={t('fields.appId')}
          hint={looksLikeAppId(appId) ? undefined : t('hints.appIdOdd')}
          error={form.errors.appId}
          required
        >
          <Input
            value={appId}
            spellCheck={false}
            className="font-mono"
            onChange={(event) => setAppId(event.target.value)}
          />
        </Field>
      </div>
      <Field label={t('fields.timeZone')} hint={t('hints.timeZone')} error={form.errors.timeZone}>
        <Combobox
          value={{ value: timeZone, label: timeZone.replaceAll('_', ' ') }}
          onValueChange={(option) => option && setTimeZone(option.value)}
          search={searchTimeZones}
        />
      </Field>
      <TokenSourceFields
        values={token}
        onChange={(change) => setToken((before) => ({ ...before, ...change }))}
        errors={form.errors}
        stored={{ appSecret: account.hasAppSecret, remoteTokenValue: account.hasRemoteTokenValue }}
      />
    </FormFrame>
  );
}
