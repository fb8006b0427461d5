'use client';

import { useLocale, useTranslations } from 'next-intl';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { maxExpireSeconds } from '@/lib/codes/scene-limits';
import type { CodeKind } from '@/lib/codes/types';
import { formatRelative, formatShortDateTime, toZonedInput } from '@/lib/i18n/format';
import { type ExpiryPick, expiryPicks, secondsUntil } from '../../../codes/new/_components/seconds-until';

export type KindChoice = { kind: CodeKind; pick: ExpiryPick | 'date'; at: string };

/** Seconds that the codes will last; NaN for what is no date, null for permanent ones. */
export function expireSecondsOf(
  { kind, pick, at }: KindChoice,
  timeZone: string,
  nowMs: number,
): number | null {
  if (kind === 'permanent') return null;
  return pick === 'date' ? secondsUntil(at, timeZone, nowMs) : pick;
}

/** Temporary or permanent for all codes of a batch, with what each means. */
export function KindFields({
  value,
  onChange,
  wanted,
  remaining,
  isDeclared,
  nowMs,
  timeZone,
  expiryError,
}: {
  value: KindChoice;
  onChange: (value: KindChoice) => void;
  /** How many codes; null: a file says it. */
  wanted: number | null;
  /** Permanent slots left. */
  remaining: number;
  isDeclared: boolean;
  nowMs: number;
  timeZone: string;
  expiryError?: string;
}) {
  const t = useTranslations('codes.new');
  const batches = useTranslations('batches.new');
  const common = useTranslations('common');
  const locale = useLocale();
  const { kind, pick, at } = value;
  const expireSeconds = expireSecondsOf({ ...value, kind: 'temporary' }, timeZone, nowMs) ?? Number.NaN;

  return (
    <>
      <Field label={t('kind')} group>
        <RadioCards
          value={kind}
          onValueChange={(next) => onChange({ ...value, kind: next })}
          options={[
            { value: 'temporary', title: t('temporary'), text: temporaryText() },
            {
              value: 'permanent',
              title: t('permanent'),
              disabled: !isDeclared || remaining === 0,
              text: permanentText(),
            },
          ]}
        />
      </Field>
      {isDeclared ? null : (
        <p className="-mt-4 text-sm">
          <Link href="/quota" className="text-accent underline underline-offset-3">
            {t('declare')}
          </Link>
        </p>
      )}
      {kind === 'temporary' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('expiry')} error={pick === 'date' ? undefined : expiryError}>
            <Select
              value={String(pick)}
              onChange={(event) => {
                const next = expiryPicks.find((seconds) => String(seconds) === event.target.value) ?? 'date';
                const inAWeek = toZonedInput(nowMs + 7 * 86_400_000, timeZone);
                onChange({ ...value, pick: next, at: next === 'date' && at === '' ? inAWeek : at });
              }}
              options={[
                ...expiryPicks.map((seconds) => ({
                  value: String(seconds),
                  label: t(`expiryPick.${seconds}`),
                })),
                { value: 'date', label: t('expiryDate') },
              ]}
            />
          </Field>
          {pick === 'date' ? (
            <Field
              label={t('expiryAt')}
              error={expiryError}
              hint={common('timeZoneNote', { timeZone })}
              required
            >
              <DateTimeInput
                value={at}
                onValueChange={(next) => onChange({ ...value, at: next })}
                min={toZonedInput(nowMs + 60_000, timeZone)}
                max={toZonedInput(nowMs + maxExpireSeconds * 1000, timeZone)}
              />
            </Field>
          ) : null}
        </div>
      ) : null}
    </>
  );

  function permanentText(): string {
    if (!isDeclared) return t('permanentUndeclared');
    if (remaining === 0) return t('permanentNone');
    if (wanted === null) return batches('permanentText', { remaining });
    return batches('permanentCounted', { count: wanted, remaining });
  }

  function temporaryText(): string {
    if (!(expireSeconds > 0) || expireSeconds > maxExpireSeconds) return t('temporaryTextShort');
    const end = nowMs + expireSeconds * 1000;
    return batches('temporaryText', {
      when: formatShortDateTime(end, locale, timeZone, nowMs),
      relative: formatRelative(end, nowMs, locale),
    });
  }
}
