'use client';

import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { errorCorrections } from '@/lib/qr';
import type { SectionProps } from './section-props';

/** Name, size, resolution and what keeps it readable. */
export function SizeSection({ draft, onChange, errorOf, disabled }: SectionProps) {
  const t = useTranslations('designs.form');
  const print = useTranslations('print');
  const { logo } = draft;
  return (
    <Card title={t('sizeTitle')}>
      <div className="grid gap-4">
        <Field label={t('name')} hint={t('nameHint')} error={errorOf('name')} required>
          <Input
            value={draft.name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            disabled={disabled}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={print('sizeMm')} hint={print('sizeHint')} error={errorOf('sizeMm')}>
            <Input
              inputMode="decimal"
              value={draft.sizeMm}
              trail={print('mm')}
              disabled={disabled}
              onChange={(event) => onChange({ sizeMm: event.target.value })}
            />
          </Field>
          <Field label={print('dpi')} hint={t('dpiHint')} error={errorOf('dotsPerInch')}>
            <Input
              inputMode="numeric"
              value={draft.dotsPerInch}
              trail={print('dpiUnit')}
              disabled={disabled}
              onChange={(event) => onChange({ dotsPerInch: event.target.value })}
            />
          </Field>
          <Field
            label={print('errorCorrection')}
            hint={logo ? t('ecForcedHint') : print('ecHint')}
            error={errorOf('errorCorrection')}
          >
            <Select
              value={draft.errorCorrection}
              disabled={disabled || logo !== null}
              onChange={(event) => {
                const level = errorCorrections.find((each) => each === event.target.value);
                if (level) onChange({ errorCorrection: level });
              }}
              options={errorCorrections.map((level) => ({ value: level, label: print(`ec.${level}`) }))}
            />
          </Field>
          <Field label={print('quiet')} hint={print('quietHint')} error={errorOf('quietZoneModules')}>
            <Input
              inputMode="numeric"
              value={draft.quietZoneModules}
              trail={print('quietUnit')}
              className="pr-16"
              disabled={disabled}
              onChange={(event) => onChange({ quietZoneModules: event.target.value })}
            />
          </Field>
        </div>
      </div>
    </Card>
  );
}
