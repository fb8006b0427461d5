'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { looksLikeAppSecret } from '@/lib/accounts/format';
import { type TokenSourceKind, tokenSources } from '@/lib/accounts/types';
import { SecretField } from './secret-field';

export type TokenSourceValues = {
  tokenSource: TokenSourceKind;
  appSecret: string | null | undefined;
  remoteTokenUrl: string;
  remoteTokenHeader: string;
  remoteTokenValue: string | null | undefined;
};

/** Where the access token comes from, and what that takes. */
export function TokenSourceFields({
  values,
  onChange,
  errors,
  stored,
}: {
  values: TokenSourceValues;
  onChange: (change: Partial<TokenSourceValues>) => void;
  errors: Record<string, string>;
  stored: { appSecret: boolean; remoteTokenValue: boolean };
}) {
  const t = useTranslations('accounts.token');
  const { tokenSource, appSecret } = values;
  return (
    <div className="grid gap-4">
      <Field label={t('label')} error={errors.tokenSource} group>
        <RadioCards
          columns={1}
          value={tokenSource}
          onValueChange={(next) => onChange({ tokenSource: next })}
          options={tokenSources.map((value) => ({
            value,
            title: t(`${value}.title`),
            text: t(`${value}.text`),
          }))}
        />
      </Field>
      {tokenSource === 'plain' ? <Notice tone="warning">{t('plain.warning')}</Notice> : null}
      {tokenSource === 'remote' ? (
        <>
          <Notice>{t('remote.note')}</Notice>
          <Field label={t('remote.url')} hint={t('remote.urlHint')} error={errors.remoteTokenUrl} required>
            <Input
              type="url"
              inputMode="url"
              placeholder="https://"
              value={values.remoteTokenUrl}
              onChange={(event) => onChange({ remoteTokenUrl: event.target.value })}
            />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('remote.header')} error={errors.remoteTokenHeader} optional>
              <Input
                placeholder="Authorization"
                value={values.remoteTokenHeader}
                onChange={(event) => onChange({ remoteTokenHeader: event.target.value })}
              />
            </Field>
            <SecretField
              label={t('remote.value')}
              error={errors.remoteTokenValue}
              stored={stored.remoteTokenValue}
              value={values.remoteTokenValue}
              onValueChange={(remoteTokenValue) => onChange({ remoteTokenValue })}
              optional
            />
          </div>
        </>
      ) : (
        <SecretField
          label={t('appSecret')}
          hint={appSecret && !looksLikeAppSecret(appSecret) ? t('appSecretOdd') : t('appSecretHint')}
          error={errors.appSecret}
          stored={stored.appSecret}
          value={appSecret}
          onValueChange={(next) => onChange({ appSecret: next })}
        />
      )}
    </div>
  );
}
