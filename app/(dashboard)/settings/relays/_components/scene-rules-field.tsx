'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { readLines, readSceneRule } from '@/lib/relays/format';

const shown = 5;

/** Scenes, one rule a line, and below them at once what each is taken for. */
export function SceneRulesField({
  value,
  onValueChange,
  error,
}: {
  value: string;
  onValueChange: (value: string) => void;
  error?: string;
}) {
  const t = useTranslations('relays');
  const fields = useTranslations('fields');
  const rules = readLines(value).map((text) => ({ text, rule: readSceneRule(text) }));
  const faults = rules.filter(({ rule }) => rule.kind === 'fault');
  const sound = rules.filter(({ rule }) => rule.kind !== 'fault');
  return (
    <div className="grid gap-2">
      <Field label={t('scenes')} hint={t('scenesHint')} error={faults.length > 0 ? undefined : error}>
        <Textarea
          rows={3}
          spellCheck={false}
          className="font-mono"
          value={value}
          placeholder={'login_*\n40001-40500'}
          aria-invalid={faults.length > 0 || error ? true : undefined}
          onChange={(event) => onValueChange(event.target.value)}
        />
      </Field>
      <ul aria-label={t('reading.label')} aria-live="polite" className="grid gap-1 text-sm empty:hidden">
        {faults.map(({ text, rule }) => (
          <li key={text} className="flex gap-1.5 text-red">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0">
              <code className="font-mono wrap-anywhere">{text}</code>{' '}
              {rule.kind === 'fault' ? fields(rule.fault) : null}
            </span>
          </li>
        ))}
        {sound.slice(0, shown).map(({ text, rule }) => (
          <li key={text} className="text-muted wrap-anywhere">
            <code className="font-mono text-ink">{text}</code>{' '}
            {rule.kind === 'prefix'
              ? rule.prefix === ''
                ? t('reading.every')
                : t('reading.prefix', { prefix: rule.prefix })
              : rule.kind === 'range'
                ? t('reading.range', { from: String(rule.from), to: String(rule.to) })
                : t('reading.scene', { scene: text })}
          </li>
        ))}
        {sound.length > shown ? (
          <li className="text-muted">{t('reading.more', { count: sound.length - shown })}</li>
        ) : null}
      </ul>
    </div>
  );
}
