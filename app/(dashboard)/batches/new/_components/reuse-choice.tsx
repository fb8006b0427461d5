'use client';

import { useTranslations } from 'next-intl';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import type { DryRunDto } from '@/lib/batches/types';
import { fromZonedInput, toZonedInput } from '@/lib/i18n/format';

export type ReusePick = { choice: 'reuse' | 'fresh'; when: 'now' | 'later'; at: string };

const DAY_MS = 86_400_000;

/** @returns what the server is told; null: the moment is no date */
export function toReuseQuery(
  { when, at }: ReusePick,
  timeZone: string,
): { reuse: string; reuseFrom: string | null } | null {
  if (when === 'now') return { reuse: 'true', reuseFrom: null };
  const moment = fromZonedInput(at, timeZone);
  return moment && { reuse: 'true', reuseFrom: moment.toISOString() };
}

/** Whether the permanent codes that channels have already are handed to the campaign, and from when on. */
export function ReuseChoice({
  value,
  onChange,
  report: { valid, reusable },
  timeZone,
  nowMs,
  error,
}: {
  value: ReusePick;
  onChange: (value: ReusePick) => void;
  report: Pick<DryRunDto, 'valid' | 'reusable'>;
  timeZone: string;
  nowMs: number;
  error?: string;
}) {
  const t = useTranslations('batches.reuse');
  const common = useTranslations('common');
  const { choice, when, at } = value;
  return (
    <div className="grid gap-4">
      <p className="font-semibold">{t('title', { reusable, total: valid })}</p>
      <Field label={t('choose')} group>
        <RadioCards
          value={choice}
          onValueChange={(next) => onChange({ ...value, choice: next })}
          options={[
            {
              value: 'reuse',
              title: t('reuse', { reusable }),
              text: t('reuseText', { rest: valid - reusable }),
            },
            { value: 'fresh', title: t('fresh'), text: t('freshText', { total: valid }) },
          ]}
        />
      </Field>
      {choice === 'reuse' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('from')}>
            <Select
              value={when}
              onChange={({ target }) => {
                const next = target.value === 'later' ? 'later' : 'now';
                const tomorrow = toZonedInput(nowMs + DAY_MS, timeZone);
                onChange({ ...value, when: next, at: next === 'later' && at === '' ? tomorrow : at });
              }}
              options={[
                { value: 'now', label: t('now') },
                { value: 'later', label: t('later') },
              ]}
            />
          </Field>
          {when === 'later' ? (
            <Field label={t('at')} hint={common('timeZoneNote', { timeZone })} error={error} required>
              <DateTimeInput
                value={at}
                onValueChange={(next) => onChange({ ...value, at: next })}
                min={toZonedInput(nowMs, timeZone)}
              />
            </Field>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
