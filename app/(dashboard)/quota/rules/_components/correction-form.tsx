'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { notify, notifyError } from '@/components/ui/toast';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import { setUnlistedSchema } from '@/lib/quota/schemas';
import type { QuotaCountsDto, QuotaRulesDto } from '@/lib/quota/types';
import { setUnlistedAction } from '../../actions';
import { undoUnlistedAction } from '../../rules-actions';

const toNumber = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** What WeChat says beside what our count says, and the number that makes them agree, with its arithmetic. */
export function CorrectionForm({
  accountId,
  rules,
  counts,
  timeZone,
  mayChange,
}: {
  accountId: string;
  rules: QuotaRulesDto;
  counts: QuotaCountsDto;
  timeZone: string;
  mayChange: boolean;
}) {
  const t = useTranslations('quotaRules.rules.unlisted');
  const locale = useLocale();
  const { sentenceOf } = useErrorSentences();
  const [count, setCount] = useState(String(counts.unlisted));
  const [strings, setStrings] = useState(String(counts.pools.string.unlisted));
  const [undoing, startUndo] = useTransition();
  const form = useActionForm({
    schema: setUnlistedSchema,
    send: (input) => setUnlistedAction({ accountId, ...input }),
    onDone: () => notify(t('saved')),
  });
  const show = (value: number) => formatNumber(value, locale);
  const known = counts.issued + counts.reserved + counts.external;
  const wanted = toNumber(count);
  const left = counts.cap - known - wanted;
  const { usedUp } = rules;
  const differs = usedUp !== null && counts.remaining > 0;
  const all = counts.unlisted + counts.remaining;

  const undo = () =>
    startUndo(async () => {
      const result = await undoUnlistedAction({ accountId });
      if (!result.ok) return notifyError(sentenceOf(result.error));
      setCount(String(result.value.unlisted));
      setStrings(String(result.value.pools.string.unlisted));
      notify(t('undone'));
    });

  return (
    <form
      ref={form.formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit({ unlisted: wanted, strings: counts.pools.shared ? 0 : toNumber(strings) });
      }}
    >
      <fieldset disabled={!mayChange} className="grid max-w-2xl gap-4">
        {differs && usedUp ? (
          <Notice tone="warning" title={t('differs', { remaining: counts.remaining })}>
            <p>
              {t('differsText', {
                at: formatDateTime(usedUp.at, locale, timeZone),
                remaining: counts.remaining,
              })}
            </p>
            <p>
              {t('then', {
                at: formatDateTime(usedUp.at, locale, timeZone),
                count: usedUp.remainingByCount,
              })}
            </p>
          </Notice>
        ) : null}
        {form.failure && Object.keys(form.errors).length === 0 ? (
          <Notice tone="error">{form.failure}</Notice>
        ) : null}
        <Field label={t('label')} error={form.errors.unlisted}>
          <Input
            inputMode="numeric"
            className="max-w-48"
            value={count}
            onChange={(event) => setCount(event.target.value)}
          />
        </Field>
        {counts.pools.shared ? null : (
          <Field label={t('labelStrings')} hint={t('labelStringsHint')} error={form.errors.strings}>
            <Input
              inputMode="numeric"
              className="max-w-48"
              value={strings}
              onChange={(event) => setStrings(event.target.value)}
            />
          </Field>
        )}
        {Number.isNaN(left) ? null : (
          <p aria-live="polite" className="text-muted">
            {t('sum', {
              cap: show(counts.cap),
              known: show(known),
              unlisted: show(wanted),
              left: show(Math.max(0, left)),
            })}{' '}
            {left < 0 ? t('over', { over: show(-left) }) : null}
          </p>
        )}
        {mayChange ? (
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="secondary" pending={form.pending}>
              {t('save')}
            </Button>
            {differs && wanted !== all ? (
              <Button type="button" variant="quiet" onClick={() => setCount(String(all))}>
                {t('all', { count: show(all) })}
              </Button>
            ) : null}
            {rules.unlistedBefore === null ? null : (
              <Button type="button" variant="quiet" pending={undoing} onClick={undo}>
                {t('undo', { before: show(rules.unlistedBefore) })}
              </Button>
            )}
          </div>
        ) : null}
      </fieldset>
    </form>
  );
}
