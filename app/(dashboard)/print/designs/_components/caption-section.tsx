'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { sampleCaption } from '@/lib/designs/sample';
import { fillCaption } from '@/lib/print/caption-template';
import { captionFields } from '@/lib/print/design-types';
import type { SectionProps } from './section-props';

/** The lines under the symbol, with what they fill in. */
export function CaptionSection({ draft, onChange, errorOf, disabled }: SectionProps) {
  const t = useTranslations('designs.form');
  const print = useTranslations('print');
  const textRef = useRef<HTMLTextAreaElement>(null);
  const { caption, hasCaption } = draft;
  const change = (part: Partial<typeof caption>) => onChange({ caption: { ...caption, ...part } });

  /** Where the cursor is, so that a placeholder lands between the words. */
  const insert = (placeholder: string) => {
    const area = textRef.current;
    const from = area?.selectionStart ?? caption.template.length;
    const to = area?.selectionEnd ?? from;
    change({ template: caption.template.slice(0, from) + placeholder + caption.template.slice(to) });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(from + placeholder.length, from + placeholder.length);
    });
  };

  return (
    <Card title={t('captionTitle')} text={t('captionText')}>
      <div className="grid gap-4">
        <Checkbox
          label={t('hasCaption')}
          checked={hasCaption}
          disabled={disabled}
          onCheckedChange={(checked) => onChange({ hasCaption: checked === true })}
        />
        {hasCaption ? (
          <>
            <Field label={t('template')} error={errorOf('caption.template')} hint={t('templateHint')}>
              <Textarea
                ref={textRef}
                rows={2}
                maxLength={200}
                value={caption.template}
                disabled={disabled}
                onChange={(event) => change({ template: event.target.value })}
              />
            </Field>
            <fieldset aria-label={t('insert')} className="-mt-2 flex flex-wrap gap-1.5 border-0 p-0">
              {captionFields.map((field) => (
                <button
                  key={field}
                  type="button"
                  disabled={disabled}
                  title={t('insertNamed', { what: t(`placeholders.${field}`) })}
                  onClick={() => insert(`{${field}}`)}
                  className="inline-flex h-9 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm transition-colors hover:border-ink disabled:opacity-55 sm:h-7"
                >
                  {t(`placeholders.${field}`)}
                  <code className="font-mono text-muted">{`{${field}}`}</code>
                </button>
              ))}
            </fieldset>
            <div className="rounded-md bg-sunken px-3 py-2 text-sm">
              <p className="text-muted">{t('sample')}</p>
              <p lang="zh-CN" className="whitespace-pre-line wrap-anywhere">
                {fillCaption(caption.template, sampleCaption) || '–'}
              </p>
            </div>
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <Field label={t('textSize')} hint={t('textSizeHint')} error={errorOf('caption.textMm')}>
                <Input
                  inputMode="decimal"
                  value={caption.textMm}
                  trail={print('mm')}
                  disabled={disabled}
                  onChange={(event) => change({ textMm: event.target.value })}
                />
              </Field>
              <Field label={t('maxLines')} hint={t('maxLinesHint')} error={errorOf('caption.maxLines')}>
                <Input
                  inputMode="numeric"
                  value={caption.maxLines}
                  disabled={disabled}
                  onChange={(event) => change({ maxLines: event.target.value })}
                />
              </Field>
            </div>
          </>
        ) : null}
      </div>
    </Card>
  );
}
