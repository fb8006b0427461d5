'use client';

import { TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Figure } from '@/components/ui/figure';
import { Notice } from '@/components/ui/notice';
import { sceneText } from '@/lib/codes/format';
import { codeFlags } from '@/lib/codes/types';
import { formatNumber } from '@/lib/i18n/format';
import { type ImportDryRunDto, importFields } from '@/lib/imports/types';
import { FaultyRows, MatchedColumns } from '../../../batches/new/_components/table-report';

/** What an import would bring, before it changes anything. @param action  what brings it in, where it may be */
export function ImportReport({
  report,
  asks,
  onAsksChange,
  action,
}: {
  report: ImportDryRunDto;
  /** Whether WeChat is asked for what has no url. */
  asks: boolean;
  onAsksChange: (asks: boolean) => void;
  action: ReactNode;
}) {
  const t = useTranslations('codes.import');
  const codes = useTranslations('codes');
  const tables = useTranslations('batches.check');
  const locale = useLocale();
  const { valid, invalid, known, newChannels, permanent, temporary, missingUrls, askable } = report;
  const figures = [
    { key: 'valid', value: valid },
    { key: 'invalid', value: invalid },
    { key: 'known', value: known },
    ...(newChannels > 0 ? [{ key: 'newChannels', value: newChannels } as const] : []),
  ] as const;
  const flags = codeFlags.flatMap((flag) => {
    const count = report.flags[flag] ?? 0;
    return count > 0 ? [{ flag, count }] : [];
  });
  return (
    <Card title={t('report.title')} text={t('report.text')}>
      <div className="grid gap-6">
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {figures.map(({ key, value }) => (
            <Figure key={key} size="medium" label={t(`report.${key}`)} value={formatNumber(value, locale)} />
          ))}
        </div>
        {report.columns.length > 0 ? (
          <MatchedColumns columns={report.columns} nameOf={(field) => t(`fields.${field}`)} />
        ) : null}
        {invalid > 0 ? <FaultyRows rows={report.rows} invalid={invalid} nameOf={nameOf} /> : null}
        {flags.length > 0 ? (
          <section>
            <h3 className="text-sm font-semibold">{t('report.flagsTitle')}</h3>
            <ul className="mt-2 divide-y divide-line rounded-md border border-line">
              {flags.map(({ flag, count }) => (
                <li key={flag} className="flex gap-3 px-3 py-2">
                  <TriangleAlert aria-hidden className="mt-1 size-4 shrink-0 text-amber" />
                  <span className="w-16 shrink-0 text-right font-semibold">
                    {t('report.flagCount', { count })}
                  </span>
                  <span className="min-w-0">
                    <span className="font-semibold">{codes(`flags.${flag}`)}</span>
                    <span className="block text-sm text-pretty text-muted">{codes(`flagTexts.${flag}`)}</span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {report.sample.length > 0 ? <Sample sample={report.sample} /> : null}
        {consequence()}
        {action}
      </div>
    </Card>
  );

  function nameOf(name: string): string | null {
    const field = importFields.find((each) => each === name);
    return field ? t(`fields.${field}`) : null;
  }

  function consequence(): ReactNode {
    if (invalid > 0) {
      return (
        <Notice tone="error" title={t('report.invalidTitle', { count: invalid })}>
          {t('report.invalidText')}
        </Notice>
      );
    }
    if (valid === 0) return <Notice>{t('report.nothing', { known })}</Notice>;
    return (
      <>
        <div className="grid gap-1">
          <p>{t('report.kinds', { permanent, temporary })}</p>
          {permanent > 0 ? <p>{t('report.slots', report.slots)}</p> : null}
          {report.urlsFromTickets > 0 ? <p>{t('report.urls', { count: report.urlsFromTickets })}</p> : null}
          {known > 0 ? <p>{tables('knownLeftOut', { known })}</p> : null}
        </div>
        {missingUrls > 0 ? (
          <Notice tone="warning" title={t('report.missingTitle', { count: missingUrls })}>
            <p>{t('report.missingText')}</p>
            {askable > 0 ? (
              <div className="mt-3">
                <Checkbox
                  label={t('report.ask', { count: askable })}
                  hint={t('report.askText')}
                  checked={asks}
                  onCheckedChange={(checked) => onAsksChange(checked === true)}
                />
              </div>
            ) : null}
          </Notice>
        ) : null}
      </>
    );
  }
}

function Sample({ sample }: { sample: ImportDryRunDto['sample'] }) {
  const t = useTranslations('codes');
  const tables = useTranslations('batches.check');
  return (
    <section>
      <h3 className="text-sm font-semibold">{t('import.report.sample')}</h3>
      <ol className="mt-2 divide-y divide-line rounded-md border border-line">
        {sample.map(({ line, label, kind, scene, channel, flags }) => (
          <li key={line} className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5">
            <span className="w-16 shrink-0 text-sm text-muted">{tables('line', { line })}</span>
            <span className="min-w-0 flex-1 basis-40 wrap-anywhere">{label}</span>
            <span className="text-sm wrap-anywhere text-muted">
              {[t(`kind.${kind}`), tables('scene', { scene: sceneText(scene) }), channel]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {flags.length > 0 ? (
              <span className="w-full pl-19 text-sm text-amber">
                {flags.map((flag) => t(`flags.${flag}`)).join(' · ')}
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
