'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/**
 * A secret that is only ever written: what is stored does not come back, it is kept, replaced or removed.
 *
 * @param value  undefined keeps what is stored, null removes it
 */
export function SecretField({
  label,
  hint,
  error,
  stored,
  value,
  onValueChange,
  optional = false,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  stored: boolean;
  value: string | null | undefined;
  onValueChange: (value: string | null | undefined) => void;
  /** May be removed. */
  optional?: boolean;
}) {
  const t = useTranslations('accounts.secret');
  const [replacing, setReplacing] = useState(false);
  const typed = typeof value === 'string' ? value : '';
  if (stored && !replacing && typed === '') {
    return (
      <Field label={label} hint={value === null ? t('willBeRemoved') : hint} error={error} group>
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted">{value === null ? t('removed') : t('stored')}</span>
          <Button variant="secondary" size="sm" onClick={() => setReplacing(true)}>
            {t('replace')}
          </Button>
          {optional && value !== null ? (
            <Button variant="quiet" size="sm" onClick={() => onValueChange(null)}>
              {t('remove')}
            </Button>
          ) : null}
          {value === null ? (
            <Button variant="quiet" size="sm" onClick={() => onValueChange(undefined)}>
              {t('keep')}
            </Button>
          ) : null}
        </div>
      </Field>
    );
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      <div className="flex gap-2">
        <Input
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          value={typed}
          onChange={(event) => onValueChange(event.target.value || undefined)}
        />
        {stored ? (
          <Button
            variant="quiet"
            onClick={() => {
              setReplacing(false);
              onValueChange(undefined);
            }}
          >
            {t('keep')}
          </Button>
        ) : null}
      </div>
    </Field>
  );
}
