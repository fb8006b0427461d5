'use client';

import { ArrowRight, CircleX } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { Figure } from '@/components/ui/figure';
import { Notice } from '@/components/ui/notice';
import { type DryRunDto, type RowField, rowFields } from '@/lib/batches/types';
import { sceneText } from '@/lib/codes/format';
import { describeField } from '@/lib/i18n/describe-error';
import { formatNumber } from '@/lib/i18n/format';

/** What a batch would do, before it does anything. @param action  what makes it, where it may be made */
export function DryRunReport({
  report,
  isFromFile,
  action,
}: {
  report: DryRunDto;
  isFromFile: boolean;
  action: ReactNode;
}) {
  const t = useTranslations('batches');
  const locale = useLocale();
  const { valid, invalid, known, newChannels, slots, columns, sample } = report;
  const figures = [
    { key: 'valid', value: valid },
    ...(isFromFile ? [{ key: 'invalid', value: invalid } as const] : []),
    ...(isFromFile ? [{ key: 'known', value: known } as const] : []),
    ...(newChannels > 0 ? [{ key: 'newChannels', value: newChannels } as const] : []),
  ] as const;
  return (
    <Card title={t('check.title')} text={t('check.text')}>
      <div className="grid gap-6">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {figures.map(({ key, value }) => (
            <Figure
              key={key}
              size="medium"
              label={t(`check.figures.${key}`)}
              value={formatNumber(value, locale)}
            />
          ))}
        </div>
        {columns.length > 0 ? <Columns columns={columns} /> : null}
        {invalid > 0 ? <FaultyRows report={report} /> : null}
        {sample.length > 0 ? <Sample sample={sample} isFromFile={isFromFile} /> : null}
        {consequence()}
        {action}
      </div>
    </Card>
  );

  function consequence(): ReactNode {
    if (invalid > 0) {
      return (
        <Notice tone="error" title={t('check.invalidTitle', { count: invalid })}>
          {t('check.invalidText')}
        </Notice>
      );
    }
    if (valid === 0) return <Notice>{t('check.nothingNew', { known })}</Notice>;
    if (slots === null) return <p>{t('check.temporary', { count: valid })}</p>;
    const { needed, remaining } = slots;
    if (needed > remaining) {
      return (
        <Notice tone="error" title={t('check.tooFewTitle', { needed, remaining })}>
          {t('check.tooFewText')}
        </Notice>
      );
    }
    return (
      <Notice tone="warning" title={t('check.slots', { needed, remaining })}>
        {known > 0 ? t('check.knownLeftOut', { known }) : null}
      </Notice>
    );
  }
}

function Columns({ columns }: { columns: DryRunDto['columns'] }) {
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
              {field ? t(`fields.${field}`) : t('check.unused')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FaultyRows({ report: { rows, invalid } }: { report: DryRunDto }) {
  const t = useTranslations('batches');
  const fields = useTranslations('fields');
  const fieldName = (name: string) => {
    const field = rowFields.find((each): each is RowField => each === name);
    return field ? t(`fields.${field}`) : null;
  };
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
                const name = fieldName(issue.field);
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

function Sample({ sample, isFromFile }: { sample: DryRunDto['sample']; isFromFile: boolean }) {
  const t = useTranslations('batches');
  return (
    <section>
      <h3 className="text-sm font-semibold">{t('check.sample')}</h3>
      <ol className="mt-2 divide-y divide-line rounded-md border border-line">
        {sample.map(({ line, label, scene, channel }) => (
          <li key={line} className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5">
            <span className="w-16 shrink-0 text-sm text-muted">
              {isFromFile ? t('check.line', { line }) : t('check.nth', { line })}
            </span>
            <span className="min-w-0 flex-1 basis-40 wrap-anywhere">{label}</span>
            <span className="text-sm wrap-anywhere text-muted">
              {[channel, scene ? t('check.scene', { scene: sceneText(scene) }) : t('check.sceneNext')]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
