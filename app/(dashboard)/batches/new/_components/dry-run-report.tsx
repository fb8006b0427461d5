'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { Figure } from '@/components/ui/figure';
import { Notice } from '@/components/ui/notice';
import { type DryRunDto, type RowField, rowFields } from '@/lib/batches/types';
import { sceneText } from '@/lib/codes/format';
import { formatNumber } from '@/lib/i18n/format';
import { FaultyRows, MatchedColumns } from './table-report';

/** What a batch would do, before it does anything. @param action  what makes it, where it may be made */
export function DryRunReport({
  report,
  isFromFile,
  reused,
  choice,
  action,
}: {
  report: DryRunDto;
  isFromFile: boolean;
  /** Rows that take over a permanent code, as it is chosen now. */
  reused: number;
  choice: ReactNode;
  action: ReactNode;
}) {
  const t = useTranslations('batches');
  const locale = useLocale();
  const { valid, invalid, known, newChannels, newTags, slots, columns, sample } = report;
  const separator = useTranslations('people')('listSeparator');
  const figures = [
    { key: 'valid', value: valid - reused },
    ...(reused > 0 ? [{ key: 'reused', value: reused } as const] : []),
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
        {newTags.length > 0 ? (
          <p className="wrap-anywhere">{t('check.newTags', { names: newTags.join(separator) })}</p>
        ) : null}
        {columns.length > 0 ? (
          <MatchedColumns columns={columns} nameOf={(field) => t(`fields.${field}`)} />
        ) : null}
        {invalid > 0 ? <FaultyRows rows={report.rows} invalid={invalid} nameOf={nameOf} /> : null}
        {sample.length > 0 ? <Sample sample={sample} isFromFile={isFromFile} /> : null}
        {invalid === 0 ? choice : null}
        {consequence()}
        {action}
      </div>
    </Card>
  );

  function nameOf(name: string): string | null {
    const field = rowFields.find((each): each is RowField => each === name);
    return field ? t(`fields.${field}`) : null;
  }

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
    const { remaining, budgetLeft, approvalAbove } = slots;
    const needed = valid - reused;
    if (needed === 0) return <p>{t('reusedText', { reused })}</p>;
    if (needed > remaining) {
      return (
        <Notice tone="error" title={t('check.tooFewTitle', { needed, remaining })}>
          {t('check.tooFewText')}
        </Notice>
      );
    }
    if (budgetLeft !== null && needed > budgetLeft) {
      return (
        <Notice tone="error" title={t('check.overBudgetTitle', { needed, left: budgetLeft })}>
          {t('check.overBudgetText')}
        </Notice>
      );
    }
    const notes = [
      ...(known > 0 ? [t('check.knownLeftOut', { known })] : []),
      ...(budgetLeft === null ? [] : [t('check.budgetLeft', { left: budgetLeft })]),
    ];
    if (approvalAbove !== null && needed > approvalAbove) {
      return (
        <Notice tone="warning" title={t('check.approvalTitle', { needed, limit: approvalAbove })}>
          {[t('check.approvalText', { remaining }), ...notes].map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      );
    }
    return (
      <Notice tone="warning" title={t('check.slots', { needed, remaining })}>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Notice>
    );
  }
}

function Sample({ sample, isFromFile }: { sample: DryRunDto['sample']; isFromFile: boolean }) {
  const t = useTranslations('batches');
  return (
    <section>
      <h3 className="text-sm font-semibold">{t('check.sample')}</h3>
      <ol className="mt-2 divide-y divide-line rounded-md border border-line">
        {sample.map(({ line, label, scene, channel, tags }) => (
          <li key={line} className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5">
            <span className="w-16 shrink-0 text-sm text-muted">
              {isFromFile ? t('check.line', { line }) : t('check.nth', { line })}
            </span>
            <span className="min-w-0 flex-1 basis-40 wrap-anywhere">{label}</span>
            <span className="text-sm wrap-anywhere text-muted">
              {[
                channel,
                ...tags,
                scene ? t('check.scene', { scene: sceneText(scene) }) : t('check.sceneNext'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
