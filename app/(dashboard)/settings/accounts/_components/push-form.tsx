'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SecretField } from '@/components/accounts/secret-field';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { type AccountDto, pushModes } from '@/lib/accounts/types';
import { FormFrame } from './form-frame';
import { useAccountForm } from './use-account-form';

/** What is entered at WeChat as server settings, so that scans arrive here. */
export function PushForm({ account, pushUrl }: { account: AccountDto; pushUrl: string }) {
  const t = useTranslations('accounts.push');
  const [mode, setMode] = useState(account.pushMode);
  const [pushToken, setPushToken] = useState<string | null | undefined>();
  const [encodingAesKey, setEncodingAesKey] = useState<string | null | undefined>();
  const form = useAccountForm(account.id, () => {
    setPushToken(undefined);
    setEncodingAesKey(undefined);
  });

  const submit = () =>
    form.submit({
      pushMode: mode,
      ...(pushToken === undefined ? {} : { pushToken }),
      ...(encodingAesKey === undefined ? {} : { encodingAesKey }),
    });

  return (
    <FormFrame formRef={form.formRef} onSubmit={submit} pending={form.pending} failure={form.failure}>
      <Field label={t('url')} hint={t('urlHint')}>
        <Input
          readOnly
          value={pushUrl}
          className="font-mono"
          trail={<CopyButton value={pushUrl} what="URL" />}
        />
      </Field>
      <SecretField
        label={t('token')}
        hint={t('tokenHint')}
        error={form.errors.pushToken}
        stored={account.hasPushToken}
        value={pushToken}
        onValueChange={setPushToken}
        optional
      />
      <SecretField
        label={t('aesKey')}
        hint={t('aesKeyHint')}
        error={form.errors.encodingAesKey}
        stored={account.hasEncodingAesKey}
        value={encodingAesKey}
        onValueChange={setEncodingAesKey}
        optional
      />
      <Field label={t('mode')} hint={t('modeHint')} error={form.errors.pushMode} group>
        <RadioCards
          columns={3}
          value={mode}
          onValueChange={setMode}
          options={pushModes.map((value) => ({
            value,
            title: t(`modes.${value}.title`),
            text: t(`modes.${value}.text`),
          }))}
        />
      </Field>
    </FormFrame>
  );
}
