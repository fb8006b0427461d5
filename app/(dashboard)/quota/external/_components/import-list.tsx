'use client';

import { useLocale, useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { notify, notifyError } from '@/components/ui/toast';
import { formatRanges } from '@/lib/accounts/format';
import type { ExternalImportDto } from '@/lib/accounts/types';
import { formatNumber, formatShortDateTime } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { undoExternalImportAction } from '../../rules-actions';

/** Each time that somebody said what is used elsewhere, with the way back. */
export function ImportList({
  accountId,
  imports,
  timeZone,
  now,
  mayUndo,
}: {
  accountId: string;
  imports: readonly ExternalImportDto[];
  timeZone: string;
  now: string;
  mayUndo: boolean;
}) {
  const t = useTranslations('quotaRules.external.imports');
  const locale = useLocale();
  const { sentenceOf } = useErrorSentences();
  const show = (moment: string) => formatShortDateTime(moment, locale, timeZone, now);

  const undo = async (importId: string) => {
    const result = await undoExternalImportAction({ accountId, importId });
    if (result.ok) notify(t('undoDone'));
    else notifyError(sentenceOf(result.error));
  };

  return (
    <ol className="divide-y divide-line">
      {imports.map((each) => (
        <li key={each.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
          <div className="min-w-0 flex-1 basis-64">
            <p className="font-semibold wrap-anywhere">
              {each.none ? t('none') : (each.fileName ?? t(`sources.${each.source}`))}
            </p>
            {each.none ? null : (
              <p>
                {t('figures', {
                  added: formatNumber(each.added, locale),
                  known: formatNumber(each.known, locale),
                })}
              </p>
            )}
            {each.ranges.length > 0 ? (
              <p className="text-sm wrap-anywhere text-muted">
                {t('numbers', { ranges: formatRanges(each.ranges) })}
                {each.moreRanges > 0
                  ? ` ${t('moreRanges', { count: formatNumber(each.moreRanges, locale) })}`
                  : null}
              </p>
            ) : null}
            {each.strs.length > 0 ? (
              <p className="text-sm wrap-anywhere text-muted">
                {t('texts', { strs: each.strs.join(locale === 'en' ? ', ' : '、') })}
                {each.moreStrs > 0
                  ? ` ${t('moreTexts', { count: formatNumber(each.moreStrs, locale) })}`
                  : null}
              </p>
            ) : null}
            <p className="text-sm text-muted">
              {t('by', { when: show(each.createdAt), who: each.createdBy || t('before') })}
            </p>
          </div>
          {each.undone ? (
            <Badge className="h-auto whitespace-normal">
              {t('undone', { when: show(each.undone.at), who: each.undone.by })}
            </Badge>
          ) : each.builtOn > 0 ? (
            <span className="max-w-60 text-sm text-pretty text-muted">
              {t('builtOn', { count: each.builtOn })}
            </span>
          ) : mayUndo ? (
            <ConfirmDialog
              trigger={
                <Button variant="secondary" size="sm">
                  {t('undo')}
                </Button>
              }
              title={t('undoTitle')}
              text={each.added === 0 ? t('undoNone') : t('undoText', { count: each.added })}
              confirmLabel={t('undo')}
              onConfirm={() => undo(each.id)}
            />
          ) : null}
        </li>
      ))}
    </ol>
  );
}
