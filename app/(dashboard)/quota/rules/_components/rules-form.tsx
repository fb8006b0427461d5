'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { notify } from '@/components/ui/toast';
import { formatNumber } from '@/lib/i18n/format';
import { quotaRulesSchema } from '@/lib/quota/schemas';
import type { QuotaRulesDto } from '@/lib/quota/types';
import { setQuotaRulesAction } from '../../rules-actions';

const toNumber = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** Pools, cooling time and the threshold of approvals, saved together. */
export function RulesForm({
  accountId,
  rules,
  cap,
  mayChange,
}: {
  accountId: string;
  rules: QuotaRulesDto;
  /** Of one pool. */
  cap: number;
  mayChange: boolean;
}) {
  const t = useTranslations('quotaRules.rules.form');
  const common = useTranslations('common.actions');
  const locale = useLocale();
  const [pools, setPools] = useState<'shared' | 'separate'>(rules.sharesPool ? 'shared' : 'separate');
  const [cooling, setCooling] = useState(String(rules.coolingDays));
  const [threshold, setThreshold] = useState(String(rules.approvalThreshold ?? ''));
  const form = useActionForm({
    schema: quotaRulesSchema,
    send: (input) => setQuotaRulesAction({ accountId, rules: input }),
    onDone: () => notify(t('saved')),
  });
  const shownCap = formatNumber(cap, locale);
  return (
    <form
      ref={form.formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.submit({
          sharesPool: pools === 'shared',
          coolingDays: toNumber(cooling),
          approvalThreshold: threshold.trim() === '' ? null : toNumber(threshold),
        });
      }}
    >
      <fieldset disabled={!mayChange} className="grid max-w-2xl gap-4">
        {form.failure && Object.keys(form.errors).length === 0 ? (
          <Notice tone="error">{form.failure}</Notice>
        ) : null}
        <Field label={t('pools')} group>
          <RadioCards
            value={pools}
            onValueChange={setPools}
            options={[
              {
                value: 'shared',
                title: t('shared.title'),
                text: t('shared.text', { cap: shownCap }),
                disabled: !mayChange,
              },
              {
                value: 'separate',
                title: t('separate.title'),
                text: t('separate.text', { cap: shownCap }),
                disabled: !mayChange,
              },
            ]}
          />
        </Field>
        <Field label={t('cooling')} hint={t('coolingHint')} error={form.errors.coolingDays}>
          <Input
            inputMode="numeric"
            className="max-w-32"
            value={cooling}
            onChange={(event) => setCooling(event.target.value)}
          />
        </Field>
        <Field label={t('threshold')} hint={t('thresholdHint')} error={form.errors.approvalThreshold}>
          <Input
            inputMode="numeric"
            className="max-w-32"
            value={threshold}
            onChange={(event) => setThreshold(event.target.value)}
          />
        </Field>
        {mayChange ? (
          <div>
            <Button type="submit" pending={form.pending}>
              {common('save')}
            </Button>
          </div>
        ) : null}
      </fieldset>
    </form>
  );
}
