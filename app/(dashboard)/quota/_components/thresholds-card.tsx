'use client';

import { BellRing, Plus, X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { formatDateTime } from '@/lib/i18n/format';
import { setThresholdsSchema } from '@/lib/quota/schemas';
import type { ThresholdDto } from '@/lib/quota/types';
import { setThresholdsAction } from '../actions';

/** At which shares of use people are told, and since when each stands. */
export function ThresholdsCard({
  accountId,
  thresholds,
  mayChange,
  timeZone,
}: {
  accountId: string;
  thresholds: readonly ThresholdDto[];
  mayChange: boolean;
  timeZone: string;
}) {
  const t = useTranslations('quota.thresholds');
  const locale = useLocale();
  const [added, setAdded] = useState('');
  const form = useActionForm({
    schema: setThresholdsSchema,
    send: (input) => setThresholdsAction({ accountId, ...input }),
    onDone: () => {
      setAdded('');
      notify(t('saved'));
    },
  });
  const percents = thresholds.map(({ percent }) => percent);
  const error = Object.values(form.errors)[0];
  return (
    <Card title={t('title')} text={t('text')}>
      {thresholds.length === 0 ? (
        <p className="text-muted">{t('none')}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {thresholds.map(({ percent, raisedAt, clearedAt }) => (
            <li key={percent} className="flex items-center gap-3 py-2">
              <span className="w-14 font-semibold">{percent}%</span>
              <span className="min-w-0 flex-1 text-sm text-muted">
                {raisedAt ? (
                  <Badge tone="amber">
                    <BellRing aria-hidden />
                    {t('raised', { at: formatDateTime(raisedAt, locale, timeZone) })}
                  </Badge>
                ) : clearedAt ? (
                  t('cleared', { at: formatDateTime(clearedAt, locale, timeZone) })
                ) : (
                  t('armed')
                )}
              </span>
              {mayChange ? (
                <Button
                  variant="quiet"
                  size="icon"
                  aria-label={t('remove', { percent: `${percent}%` })}
                  disabled={form.pending}
                  onClick={() => form.submit({ percents: percents.filter((each) => each !== percent) })}
                >
                  <X aria-hidden />
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayChange ? (
        <form
          ref={form.formRef}
          noValidate
          className="mt-4 flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const percent = /^\d{1,3}$/.test(added.trim()) ? Number(added) : Number.NaN;
            form.submit({ percents: [...percents, percent] });
          }}
        >
          <Input
            inputMode="numeric"
            aria-label={t('percent')}
            aria-invalid={error ? true : undefined}
            placeholder={t('percent')}
            className="w-36"
            value={added}
            onChange={(event) => setAdded(event.target.value)}
          />
          <Button type="submit" variant="secondary" pending={form.pending}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        </form>
      ) : (
        <p className="mt-3 text-sm text-muted">{t('adminOnly')}</p>
      )}
      {form.failure ? (
        <Notice tone="error" className="mt-3">
          {error ?? form.failure}
        </Notice>
      ) : null}
    </Card>
  );
}
