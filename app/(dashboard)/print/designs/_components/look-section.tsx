'use client';

import { CircleAlert, CircleCheck } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/class-names';
import { Field, useFieldControl } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { formatNumber } from '@/lib/i18n/format';
import { contrastRatio, LEAST_CONTRAST } from '@/lib/print/contrast';
import { finderStyles, moduleShapes } from '@/lib/qr';
import type { SectionProps } from './section-props';

const isColour = (text: string) => /^#[0-9a-f]{6}$/i.test(text.trim());

/** Colours with their measured contrast, and shapes. */
export function LookSection({ draft, onChange, errorOf, disabled }: SectionProps) {
  const t = useTranslations('designs.form');
  const { foreground, background } = draft;
  return (
    <Card title={t('lookTitle')}>
      <div className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {(['foreground', 'background'] as const).map((which) => (
            <Field key={which} label={t(which)} error={errorOf(which)}>
              <ColourInput
                value={draft[which]}
                label={t('pick', { what: t(which) })}
                disabled={disabled}
                onChange={(colour) => onChange({ [which]: colour })}
              />
            </Field>
          ))}
        </div>
        {isColour(foreground) && isColour(background) ? (
          <Contrast foreground={foreground.trim()} background={background.trim()} />
        ) : null}
        <Field label={t('moduleShape')} group>
          <RadioCards
            columns={3}
            value={draft.moduleShape}
            disabled={disabled}
            onValueChange={(moduleShape) => onChange({ moduleShape })}
            options={moduleShapes.map((shape) => ({
              value: shape,
              title: t(`shapes.${shape}`),
              text: t(`shapeTexts.${shape}`),
            }))}
          />
        </Field>
        <Field label={t('finderStyle')} group>
          <RadioCards
            value={draft.finderStyle}
            disabled={disabled}
            onValueChange={(finderStyle) => onChange({ finderStyle })}
            options={finderStyles.map((style) => ({ value: style, title: t(`finders.${style}`) }))}
          />
        </Field>
      </div>
    </Card>
  );
}

function ColourInput({
  value,
  label,
  disabled,
  onChange,
}: {
  value: string;
  label: string;
  disabled: boolean;
  onChange: (colour: string) => void;
}) {
  const { id, ...wiring } = useFieldControl();
  return (
    <div className="flex gap-2">
      <input
        type="color"
        aria-label={label}
        value={isColour(value) ? value.trim().toLowerCase() : '#000000'}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        className="h-10 w-12 shrink-0 rounded-md border border-line-strong bg-surface p-1 disabled:opacity-55 sm:h-9"
      />
      <Input
        id={id}
        {...wiring}
        value={value}
        spellCheck={false}
        maxLength={9}
        className="font-mono"
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function Contrast({ foreground, background }: { foreground: string; background: string }) {
  const t = useTranslations('designs.form');
  const locale = useLocale();
  const ratio = contrastRatio(foreground, background);
  const isEnough = ratio >= LEAST_CONTRAST;
  const Icon = isEnough ? CircleCheck : CircleAlert;
  // Rounded down: 3.96 is not enough and must not read as 4.
  const shown = formatNumber(Math.floor(Math.max(ratio, 1 / ratio) * 10) / 10, locale, 1);
  return (
    <p className={cn('flex gap-1.5 text-sm', isEnough ? 'text-muted' : 'text-red')}>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', isEnough && 'text-accent')} />
      {ratio < 1
        ? t('contrastInverted', { ratio: shown })
        : t('contrast', { ratio: shown, least: LEAST_CONTRAST })}
    </p>
  );
}
