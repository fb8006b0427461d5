'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { ConsoleSketch } from '@/components/accounts/console-sketch';
import { OutgoingAddresses } from '@/components/accounts/outgoing-addresses';
import { SecretField } from '@/components/accounts/secret-field';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { looksLikeAppId, looksLikeAppSecret } from '@/lib/accounts/format';
import type { AccountDto, OutgoingAddressDto } from '@/lib/accounts/types';
import { StepFrame } from './step-frame';
import type { SetUpDraft } from './use-set-up-draft';

export type StepProps = {
  draft: SetUpDraft;
  change: (part: Partial<SetUpDraft>) => void;
  errorsOf: (names: readonly string[]) => Record<string, string>;
  onward: () => void;
  back: () => void;
};

const kinds = [
  { key: 'service', may: true },
  { key: 'test', may: true },
  { key: 'unverified', may: false },
  { key: 'subscription', may: false },
] as const;

export function KindStep({ onward }: { onward: () => void }) {
  const t = useTranslations('accounts.setUp.kind');
  return (
    <StepFrame title={t('title')} text={t('text')} onContinue={onward}>
      <ul className="grid gap-2 sm:grid-cols-2">
        {kinds.map(({ key, may }) => (
          <li key={key} className="flex gap-2.5 rounded-md border border-line p-3">
            {may ? (
              <CircleCheck aria-hidden className="mt-1 size-4 shrink-0 text-accent" />
            ) : (
              <CircleX aria-hidden className="mt-1 size-4 shrink-0 text-red" />
            )}
            <span>
              <span className="block font-semibold">{t(`${key}.title`)}</span>
              <span className="block text-sm text-pretty text-muted">{t(`${key}.text`)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="text-pretty text-muted">{t('where')}</p>
    </StepFrame>
  );
}

export function CredentialsStep({
  draft,
  change,
  errorsOf,
  onward,
  back,
  account,
}: StepProps & { account: AccountDto | null }) {
  const t = useTranslations('accounts');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const formRef = useRef<HTMLDivElement>(null);
  const isRemote = draft.tokenSource === 'remote';

  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (tries > 0) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);

  /** A fault is forgotten as soon as its field is worked on. */
  const edit = (part: Partial<SetUpDraft>) => {
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in part))));
    change(part);
  };

  const proceed = () => {
    const found = errorsOf(isRemote ? ['name', 'appId'] : ['name', 'appId', 'appSecret']);
    setErrors(found);
    setTries(tries + 1);
    if (Object.keys(found).length === 0) onward();
  };

  return (
    <StepFrame
      title={t('setUp.credentials.title')}
      text={t('setUp.credentials.text')}
      onContinue={proceed}
      onBack={back}
    >
      <ConsoleSketch mark="credentials" caption={t('setUp.credentials.sketch')} />
      <div ref={formRef} className="grid gap-4">
        <Field label={t('fields.name')} hint={t('hints.name')} error={errors.name} required>
          <Input
            value={draft.name}
            maxLength={100}
            onChange={(event) => edit({ name: event.target.value })}
          />
        </Field>
        <Field
          label={t('fields.appId')}
          hint={draft.appId && !looksLikeAppId(draft.appId) ? t('hints.appIdOdd') : undefined}
          error={errors.appId}
          required
        >
          <Input
            value={draft.appId}
            spellCheck={false}
            className="font-mono"
            placeholder="wx"
            onChange={(event) => edit({ appId: event.target.value })}
          />
        </Field>
        {isRemote ? null : (
          <SecretField
            label={t('token.appSecret')}
            hint={
              draft.appSecret && !looksLikeAppSecret(draft.appSecret)
                ? t('token.appSecretOdd')
                : t('setUp.credentials.secretHint')
            }
            error={errors.appSecret}
            stored={account?.hasAppSecret ?? false}
            value={draft.appSecret}
            onValueChange={(appSecret) => edit({ appSecret })}
          />
        )}
        <Checkbox
          label={t('setUp.credentials.remote')}
          hint={t('setUp.credentials.remoteHint')}
          checked={isRemote}
          onCheckedChange={(checked) => {
            setErrors({});
            change(
              checked === true ? { tokenSource: 'remote', appSecret: undefined } : { tokenSource: 'stable' },
            );
          }}
        />
      </div>
    </StepFrame>
  );
}

export function WhitelistStep({
  draft,
  onward,
  back,
  addresses,
}: StepProps & { addresses: readonly OutgoingAddressDto[] }) {
  const t = useTranslations('accounts.setUp.whitelist');
  const isRemote = draft.tokenSource === 'remote';
  return (
    <StepFrame
      title={t('title')}
      text={isRemote ? t('remoteText') : t('text')}
      onContinue={onward}
      onBack={back}
    >
      <ConsoleSketch mark="whitelist" caption={t('sketch')} />
      <OutgoingAddresses addresses={addresses} />
    </StepFrame>
  );
}
