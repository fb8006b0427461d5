'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { Textarea } from '@/components/ui/textarea';
import { countScenes, parseLines, parseRanges } from '@/lib/accounts/format';
import type { DeclareExternalInput } from '@/lib/accounts/schemas';
import { formatNumber } from '@/lib/i18n/format';

export type ExternalUseText = { choice: 'none' | 'some' | ''; ranges: string; strs: string };

export const emptyExternalUse: ExternalUseText = { choice: '', ranges: '', strs: '' };

/** @returns what was said, as the service takes it; `faults`: pieces that are no range */
export function readExternalUse(text: ExternalUseText): { input: DeclareExternalInput; faults: string[] } {
  if (text.choice === 'none') return { input: { none: true }, faults: [] };
  const { ranges, faults } = parseRanges(text.ranges);
  return { input: { ranges, strs: parseLines(text.strs) }, faults };
}

/** Which permanent scenes other systems have used on this account: none, or these. */
export function ExternalUseFields({
  text,
  onChange,
  errors,
  faults,
  mayBeNone = true,
}: {
  text: ExternalUseText;
  onChange: (text: ExternalUseText) => void;
  errors: Record<string, string>;
  faults: string[];
  /** Off where something has been said before: then there is only more to add. */
  mayBeNone?: boolean;
}) {
  const t = useTranslations('accounts.external');
  const locale = useLocale();
  const under = (field: string) => Object.entries(errors).find(([name]) => name.split('.')[0] === field)?.[1];
  const { ranges } = parseRanges(text.ranges);
  const ids = countScenes(ranges);
  const strs = parseLines(text.strs).length;
  return (
    <div className="grid gap-4">
      {mayBeNone ? (
        <Field label={t('label')} error={under('choice')} group>
          <RadioCards
            value={text.choice || undefined}
            onValueChange={(choice) => onChange({ ...text, choice })}
            options={[
              { value: 'none', title: t('none.title'), text: t('none.text') },
              { value: 'some', title: t('some.title'), text: t('some.text') },
            ]}
          />
        </Field>
      ) : null}
      {text.choice === 'some' || !mayBeNone ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('ranges')}
            hint={ids > 0 ? t('idCount', { count: formatNumber(ids, locale) }) : t('rangesHint')}
            error={faults.length > 0 ? t('notARange', { pieces: faults.join(' ') }) : under('ranges')}
            optional
          >
            <Textarea
              rows={5}
              value={text.ranges}
              onChange={(event) => onChange({ ...text, ranges: event.target.value })}
            />
          </Field>
          <Field
            label={t('strs')}
            hint={strs > 0 ? t('strCount', { count: formatNumber(strs, locale) }) : t('strsHint')}
            error={under('strs')}
            optional
          >
            <Textarea
              rows={5}
              value={text.strs}
              onChange={(event) => onChange({ ...text, strs: event.target.value })}
            />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
