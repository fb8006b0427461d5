'use client';

import { ArrowRight, CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { describeField } from '@/lib/i18n/describe-error';
import type { InvalidRowDto, MatchedColumn } from '@/lib/tables/types';

/** The columns of a table, and what each was taken for. */
export function MatchedColumns<Field extends string>({
  columns,
  nameOf,
}: {
  columns: readonly MatchedColumn<Field>[];
  nameOf: (field: Field) => string;
}) {
  const t = useTranslations('batches');
  return (
    <section>
      <h3 className="text-sm font-semibold">{t('check.columns')}</h3>
      <ul className="mt-2 flex flex-wrap gap-2">
        {columns.map(({ name, field }, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
            key={place}
            className="inline-flex min-w-0 items-center gap-1.5 rounded-sm border border-line bg-sunken px-2 py-0.5 text-sm"
          >
            <span className="min-w-0 font-semibold wrap-anywhere">{name || t('check.nameless')}</span>
            <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />
            <span className={field ? undefined : 'text-muted'}>
              {field ? nameOf(field) : t('check.unused')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is wrong with which line. @param nameOf  of a field, null of what is none */
export function FaultyRows({
  rows,
  invalid,
  nameOf,
}: {
  rows: readonly InvalidRowDto[];
  /** How many there are; not all may be listed. */
  invalid: number;
  nameOf: (field: string) => string | null;
}) {
  const t = useTranslations('batches');
  const fields = useTranslations('fields');
  return (
    <section>
      <h3 id="faulty-rows" className="text-sm font-semibold">
        {t('check.faulty', { count: invalid })}
      </h3>
      <ul
        aria-labelledby="faulty-rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard
        tabIndex={0}
        className="mt-2 max-h-96 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {rows.map(({ line, errors }) => (
          <li key={line} className="flex gap-3 px-3 py-2">
            <CircleX aria-hidden className="mt-1 size-4 shrink-0 text-red" />
            <span className="w-24 shrink-0 font-semibold">{t('check.line', { line })}</span>
            <span className="min-w-0">
              {errors.map((issue) => {
                const name = nameOf(issue.field);
                return (
                  <span key={`${issue.field} ${issue.code}`} className="block text-pretty wrap-anywhere">
                    {name ? <span className="font-semibold">{t('check.fieldNamed', { name })}</span> : null}
                    {describeField(fields, issue)}
                  </span>
                );
              })}
            </span>
          </li>
        ))}
      </ul>
      {invalid > rows.length ? (
        <p className="mt-1 text-sm text-muted">{t('check.moreFaulty', { count: invalid - rows.length })}</p>
      ) : null}
    </section>
  );
}
