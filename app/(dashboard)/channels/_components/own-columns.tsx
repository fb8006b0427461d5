'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { MAX_COLUMNS } from '@/lib/channels/schemas';

export type OwnColumn = { key: number; name: string; value: string };

let lastKey = 0;
export const newColumn = (name = '', value = ''): OwnColumn => ({ key: ++lastKey, name, value });

/** The company's own columns of one channel: names on the left, what stands in them on the right. */
export function OwnColumns({
  columns,
  onChange,
  suggestions,
  errors,
}: {
  columns: readonly OwnColumn[];
  onChange: (columns: OwnColumn[]) => void;
  /** Names that other channels use. */
  suggestions: readonly string[];
  /** Sentences by column key. */
  errors: ReadonlyMap<number, string>;
}) {
  const t = useTranslations('channels');
  const change = (key: number, part: Partial<OwnColumn>) =>
    onChange(columns.map((column) => (column.key === key ? { ...column, ...part } : column)));
  const unused = suggestions.filter((name) => !columns.some((column) => column.name.trim() === name));
  const isFull = columns.length >= MAX_COLUMNS;

  return (
    <fieldset className="m-0 grid min-w-0 gap-3 border-0 p-0">
      <legend className="p-0 text-sm font-semibold">{t('own.title')}</legend>
      <p className="-mt-2 text-sm text-pretty text-muted">{t('own.text')}</p>
      {columns.map((column) => (
        <div
          key={column.key}
          className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[10rem_1fr_auto]"
        >
          <Field label={t('fields.columnName')} error={errors.get(column.key)}>
            <Input
              value={column.name}
              maxLength={64}
              onChange={(event) => change(column.key, { name: event.target.value })}
            />
          </Field>
          <Field label={t('fields.columnValue')} className="max-sm:col-start-1">
            <Input
              value={column.value}
              maxLength={500}
              onChange={(event) => change(column.key, { value: event.target.value })}
            />
          </Field>
          <Button
            variant="quiet"
            size="icon"
            className="mt-6.5 max-sm:col-start-2 max-sm:row-start-1"
            aria-label={column.name ? t('own.remove', { name: column.name }) : t('own.removeEmpty')}
            onClick={() => onChange(columns.filter(({ key }) => key !== column.key))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="secondary"
          size="sm"
          disabled={isFull}
          onClick={() => onChange([...columns, newColumn()])}
        >
          <Plus aria-hidden />
          {t('own.add')}
        </Button>
        {unused.length > 0 && !isFull ? (
          <>
            <span className="text-sm text-muted">{t('own.suggested')}</span>
            {unused.slice(0, 6).map((name) => (
              <Button
                key={name}
                variant="link"
                size="sm"
                onClick={() => onChange([...columns, newColumn(name)])}
              >
                {name}
              </Button>
            ))}
          </>
        ) : null}
      </div>
    </fieldset>
  );
}
