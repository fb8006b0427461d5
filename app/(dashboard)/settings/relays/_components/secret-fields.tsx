'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { RelayDto } from '@/lib/relays/types';
import { generateEncodingAesKey, generateToken } from './generate-secret';
import type { RelayDraft } from './relay-draft';

/** That system's token and key: chosen here, entered there. What is stored does not come back. */
export function SecretFields({
  draft,
  onChange,
  errors,
  stored,
}: {
  draft: RelayDraft;
  onChange: (change: Partial<RelayDraft>) => void;
  errors: Record<string, string>;
  /** The relay that is changed. */
  stored?: RelayDto;
}) {
  const t = useTranslations('relays');
  return (
    <div className="grid gap-4">
      <div>
        <p className="text-sm font-semibold">{t('secrets')}</p>
        <p className="text-sm text-pretty text-muted">{t('secretsText')}</p>
      </div>
      <OwnSecret
        name="token"
        value={draft.token}
        isStored={stored !== undefined}
        error={errors.token}
        generate={generateToken}
        onValueChange={(token) => onChange({ token })}
      />
      {draft.mode === 'safe' ? (
        <OwnSecret
          name="encodingAesKey"
          value={draft.encodingAesKey}
          isStored={stored?.hasKey ?? false}
          error={errors.encodingAesKey}
          generate={generateEncodingAesKey}
          onValueChange={(encodingAesKey) => onChange({ encodingAesKey })}
        />
      ) : null}
    </div>
  );
}

function OwnSecret({
  name,
  value,
  isStored,
  error,
  generate,
  onValueChange,
}: {
  name: 'token' | 'encodingAesKey';
  value: string | undefined;
  isStored: boolean;
  error?: string;
  generate: () => string;
  onValueChange: (value: string | undefined) => void;
}) {
  const t = useTranslations('relays');
  const secret = useTranslations('accounts.secret');
  const [isReplacing, setIsReplacing] = useState(false);
  if (isStored && !isReplacing && value === undefined) {
    return (
      <Field label={t(name)} error={error} group>
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{secret('stored')}</span>
          <Button variant="secondary" size="sm" onClick={() => setIsReplacing(true)}>
            {secret('replace')}
          </Button>
        </div>
      </Field>
    );
  }
  return (
    <Field label={t(name)} hint={t(`${name}Hint`)} error={error} required={!isStored}>
      <div className="flex flex-wrap gap-2 sm:flex-nowrap">
        <Input
          spellCheck={false}
          className="font-mono text-sm"
          value={value ?? ''}
          onChange={(event) => onValueChange(event.target.value || undefined)}
        />
        <Button
          variant="secondary"
          aria-label={t('generateNamed', { what: t(name) })}
          onClick={() => onValueChange(generate())}
        >
          {t('generate')}
        </Button>
        {isStored ? (
          <Button
            variant="quiet"
            onClick={() => {
              setIsReplacing(false);
              onValueChange(undefined);
            }}
          >
            {secret('keep')}
          </Button>
        ) : null}
      </div>
    </Field>
  );
}
