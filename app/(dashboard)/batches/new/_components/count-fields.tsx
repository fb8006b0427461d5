'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { expandTemplate, findUnknownPlaceholder } from '@/lib/batches/label-template';
import { maxBatchRows, maxTemplateCharacters } from '@/lib/batches/limits';
import { formatNumber } from '@/lib/i18n/format';

const placeholders = ['n', 'nnn', 'campaign', 'channel', 'number'] as const;
const SHOWN_LABELS = 3;

/** How many, and what each is called. */
export function CountFields({
  count,
  onCountChange,
  countError,
  template,
  onTemplateChange,
  templateError,
  campaign,
  channel,
}: {
  count: string;
  onCountChange: (count: string) => void;
  countError?: string;
  template: string;
  onTemplateChange: (template: string) => void;
  templateError?: string;
  /** By name; empty: not chosen yet. */
  campaign: string;
  channel: { name: string; number: string };
}) {
  const t = useTranslations('batches.new');
  const fields = useTranslations('fields');
  const locale = useLocale();
  const input = useRef<HTMLDivElement>(null);
  const unknown = findUnknownPlaceholder(template);
  const wanted = Number(count);
  const total = Number.isInteger(wanted) && wanted >= 1 && wanted <= maxBatchRows ? wanted : 0;

  const insert = (name: string) => {
    const element = input.current?.querySelector('input');
    const at = element?.selectionStart ?? template.length;
    const until = element?.selectionEnd ?? at;
    onTemplateChange(`${template.slice(0, at)}{${name}}${template.slice(until)}`);
    element?.focus();
  };

  const labelOf = (n: number) =>
    expandTemplate(template, {
      n,
      campaign: campaign || t('preview.campaign'),
      channel: channel.name,
      number: channel.number,
    });
  const first = Array.from({ length: Math.min(total, SHOWN_LABELS) }, (_, place) => place + 1);

  return (
    <div className="grid gap-6">
      <Field
        label={t('count')}
        hint={t('countHint', { max: maxBatchRows })}
        error={countError}
        required
        className="sm:max-w-60"
      >
        <Input
          inputMode="numeric"
          value={count}
          onChange={(event) => onCountChange(event.target.value.replace(/[,，\s]/g, ''))}
        />
      </Field>
      <div>
        <div ref={input}>
          <Field
            label={t('template')}
            error={
              templateError ??
              (unknown === null ? undefined : fields('templatePlaceholder', { name: `{${unknown}}` }))
            }
            required
          >
            <Input
              value={template}
              maxLength={maxTemplateCharacters}
              onChange={(event) => onTemplateChange(event.target.value)}
            />
          </Field>
        </div>
        <ul className="mt-2 grid gap-x-6 gap-y-1 text-sm text-muted sm:grid-cols-2">
          {placeholders.map((name) => (
            <li key={name} className="flex items-center gap-2">
              <Button
                variant="secondary"
                size="sm"
                className="font-mono font-normal"
                aria-label={t('insert', { name: `{${name}}` })}
                onClick={() => insert(name)}
              >{`{${name}}`}</Button>
              <span>{t(`placeholders.${name}`)}</span>
            </li>
          ))}
        </ul>
      </div>
      {total > 0 && unknown === null && template.trim() !== '' ? (
        <div>
          <p className="text-sm font-semibold">{t('preview.title')}</p>
          <ol className="mt-1 rounded-md border border-line bg-sunken px-3 py-2 text-sm" aria-live="polite">
            {first.map((n) => (
              <li key={n} className="wrap-anywhere">
                {labelOf(n)}
              </li>
            ))}
            {total > SHOWN_LABELS + 1 ? (
              <li className="text-muted">
                {t('preview.more', { count: formatNumber(total - SHOWN_LABELS - 1, locale) })}
              </li>
            ) : null}
            {total > SHOWN_LABELS ? <li className="wrap-anywhere">{labelOf(total)}</li> : null}
          </ol>
        </div>
      ) : null}
    </div>
  );
}
