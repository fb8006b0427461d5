'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { formatNumber } from '@/lib/i18n/format';
import { setUnlistedSchema } from '@/lib/quota/schemas';
import { setUnlistedAction } from '../actions';

/** Where WeChat and the record disagree: how many slots are gone without a trace. */
export function UnlistedForm({
  accountId,
  unlisted,
  remaining,
}: {
  accountId: string;
  unlisted: number;
  remaining: number;
}) {
  const t = useTranslations('quota.unlisted');
  const locale = useLocale();
  const [count, setCount] = useState(String(unlisted));
  const form = useActionForm({
    schema: setUnlistedSchema,
    send: (input) => setUnlistedAction({ accountId, ...input }),
    onDone: () => notify(t('saved')),
  });
  return (
    <Card
      title={remaining > 0 ? t('title', { remaining: formatNumber(remaining, locale) }) : t('label')}
      text={t('text')}
    >
      <form
        ref={form.formRef}
        noValidate
        className="grid max-w-2xl gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit({ unlisted: /^\d+$/.test(count.trim()) ? Number(count) : Number.NaN });
        }}
      >
        {form.failure && !form.errors.unlisted ? <Notice tone="error">{form.failure}</Notice> : null}
        <Field
          label={t('label')}
          hint={t('hint', { all: formatNumber(unlisted + remaining, locale) })}
          error={form.errors.unlisted}
        >
          <Input
            inputMode="numeric"
            className="max-w-48"
            value={count}
            onChange={(event) => setCount(event.target.value)}
          />
        </Field>
        <div>
          <Button type="submit" variant="secondary" pending={form.pending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
