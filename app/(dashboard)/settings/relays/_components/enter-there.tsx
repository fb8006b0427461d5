'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** What is to be entered in the other system, shown this once. */
export type Chosen = {
  name: string;
  appId: string;
  mode: 'plain' | 'safe';
  token: string | undefined;
  encodingAesKey: string | undefined;
};

export function EnterThere({ chosen }: { chosen: Chosen }) {
  const t = useTranslations('relays');
  const { name, appId, mode, token, encodingAesKey } = chosen;
  const copied = [
    { key: 'appId', label: t('enterThere.appId'), value: appId },
    { key: 'token', label: t('token'), value: token },
    { key: 'encodingAesKey', label: t('encodingAesKey'), value: encodingAesKey },
  ];
  return (
    <div className="grid gap-4">
      <p className="text-pretty">{t('enterThere.text', { name })}</p>
      {copied.map(({ key, label, value }) =>
        value === undefined ? null : (
          <Field key={key} label={label}>
            <Input
              readOnly
              value={value}
              className="font-mono text-sm"
              trail={<CopyButton value={value} what={label} />}
              onFocus={(event) => event.currentTarget.select()}
            />
          </Field>
        ),
      )}
      <Field label={t('mode')} group>
        <p>{t(`modes.${mode}.title`)}</p>
      </Field>
    </div>
  );
}
