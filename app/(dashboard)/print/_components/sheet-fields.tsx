'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { Select } from '@/components/ui/select';
import { formatNumber } from '@/lib/i18n/format';
import { labelStocks } from '@/lib/print/label-stocks';
import { pageNames, type SheetKind } from '@/lib/print/sheet-types';
import type { SheetDraft, SheetNumber } from './sheet-draft';

/** Paper, grid, margins, bleed, crop marks and copies: the same in a design as in the studio. */
export function SheetFields({
  draft,
  kinds,
  numbers,
  onChange,
  errorOf,
  disabled = false,
}: {
  draft: SheetDraft;
  /** To choose from; none: the kind is settled elsewhere. */
  kinds: readonly SheetKind[];
  /** Those that every sheet has and that are asked for here. */
  numbers: readonly Extract<SheetNumber, 'bleedMm' | 'copies' | 'startAt'>[];
  onChange: (change: Partial<SheetDraft>) => void;
  errorOf: (name: SheetNumber) => string | undefined;
  disabled?: boolean;
}) {
  const t = useTranslations('print.sheet');
  const units = useTranslations('print');
  const number = (name: SheetNumber) => {
    const isLength = name.endsWith('Mm');
    return (
      <Field key={name} label={t(name)} error={errorOf(name)}>
        <Input
          inputMode={isLength ? 'decimal' : 'numeric'}
          trail={isLength ? units('mm') : undefined}
          value={draft[name]}
          disabled={disabled}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      </Field>
    );
  };
  return (
    <div className="grid gap-4">
      {kinds.length > 1 ? (
        <Field label={t('kind')} group>
          <RadioCards
            columns={kinds.length === 3 ? 3 : 2}
            value={draft.kind}
            disabled={disabled}
            // Labels are cut already, and the page of a single code needs no marks unless somebody asks.
            onValueChange={(kind) => onChange({ kind, cropMarks: kind === 'grid' })}
            options={kinds.map((kind) => ({
              value: kind,
              title: t(`kinds.${kind}`),
              text: t(`kindTexts.${kind}`),
            }))}
          />
        </Field>
      ) : null}
      {draft.kind === 'stock' ? <StockField draft={draft} disabled={disabled} onChange={onChange} /> : null}
      <div className="grid grid-cols-2 items-start gap-4 sm:grid-cols-4">
        {draft.kind === 'grid' ? (
          <>
            <Field label={t('page')} className="col-span-2 sm:col-span-4">
              <Select
                value={draft.page}
                disabled={disabled}
                onChange={(event) =>
                  onChange({ page: pageNames.find((page) => page === event.target.value) ?? 'a4' })
                }
                options={pageNames.map((page) => ({ value: page, label: t(`pages.${page}`) }))}
              />
            </Field>
            {(['columns', 'rows', 'marginMm', 'gapMm'] as const).map(number)}
          </>
        ) : null}
        {numbers.map(number)}
      </div>
      {draft.kind === 'stock' ? null : (
        <Checkbox
          label={t('cropMarks')}
          hint={t('cropMarksHint')}
          checked={draft.cropMarks}
          disabled={disabled}
          onCheckedChange={(checked) => onChange({ cropMarks: checked === true })}
        />
      )}
    </div>
  );
}

function StockField({
  draft,
  disabled,
  onChange,
}: {
  draft: SheetDraft;
  disabled: boolean;
  onChange: (change: Partial<SheetDraft>) => void;
}) {
  const t = useTranslations('print.sheet');
  const locale = useLocale();
  const show = (mm: number) => formatNumber(mm, locale, 1);
  const group = (page: 'a4' | 'letter') => ({
    group: t(`pages.${page}`),
    options: labelStocks
      .filter((stock) => stock.page === page)
      .map(({ id, columns, rows, labelWidthMm, labelHeightMm }) => ({
        value: id,
        label: t('stockLine', {
          id,
          width: show(labelWidthMm),
          height: show(labelHeightMm),
          labels: columns * rows,
        }),
      })),
  });
  return (
    <Field label={t('stock')} hint={t('stockHint')}>
      <Select
        value={draft.stock}
        disabled={disabled}
        onChange={(event) => onChange({ stock: event.target.value })}
        options={[group('a4'), group('letter')]}
      />
    </Field>
  );
}
