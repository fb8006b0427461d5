'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { parseLines, parseRanges } from '@/lib/accounts/format';
import type { SceneRange } from '@/lib/accounts/types';

export type OwnScenesText = { ranges: string; prefixes: string };

/** @returns the ranges and prefixes that were typed; `faults`: pieces that are no range */
export function readOwnScenes(text: OwnScenesText): {
  ownRanges: SceneRange[];
  ownPrefixes: string[];
  faults: string[];
} {
  const { ranges, faults } = parseRanges(text.ranges);
  return { ownRanges: ranges, ownPrefixes: parseLines(text.prefixes), faults };
}

/** Which scenes this app may give out, where several systems share an account. */
export function OwnScenesFields({
  text,
  onChange,
  errors,
  faults,
}: {
  text: OwnScenesText;
  onChange: (text: OwnScenesText) => void;
  errors: Record<string, string>;
  faults: string[];
}) {
  const t = useTranslations('accounts.own');
  const under = (field: string) => Object.entries(errors).find(([name]) => name.split('.')[0] === field)?.[1];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t('ranges')}
        hint={t('rangesHint')}
        error={faults.length > 0 ? t('notARange', { pieces: faults.join(' ') }) : under('ownRanges')}
      >
        <Input
          inputMode="text"
          value={text.ranges}
          onChange={(event) => onChange({ ...text, ranges: event.target.value })}
        />
      </Field>
      <Field label={t('prefixes')} hint={t('prefixesHint')} error={under('ownPrefixes')} optional>
        <Textarea
          rows={2}
          value={text.prefixes}
          onChange={(event) => onChange({ ...text, prefixes: event.target.value })}
        />
      </Field>
    </div>
  );
}
