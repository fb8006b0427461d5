'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { notify } from '@/components/ui/toast';
import { updatePushSettingsSchema } from '@/lib/scans/schemas';
import { updatePushSettingsAction } from '../actions';

type Props = { accountId: string; eventRetentionDays: number; asksUserInfo: boolean };

/** How long raw events are kept, and whether WeChat is asked for what a follow leaves out. */
export function KeepingForm({ accountId, ...stored }: Props) {
  const t = useTranslations('push');
  const [days, setDays] = useState(String(stored.eventRetentionDays));
  const [asksUserInfo, setAsksUserInfo] = useState(stored.asksUserInfo);
  const form = useActionForm({
    schema: updatePushSettingsSchema,
    send: (settings) => updatePushSettingsAction({ accountId, settings }),
    onDone: () => notify(t('saved')),
  });
  return (
    <form
      ref={form.formRef}
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit({ eventRetentionDays: Number(days), asksUserInfo });
      }}
    >
      <Field label={t('retentionDays')} hint={t('retentionHint')} error={form.errors.eventRetentionDays}>
        <Input
          inputMode="numeric"
          value={days}
          onChange={(event) => setDays(event.target.value)}
          className="max-w-32"
        />
      </Field>
      <Checkbox
        label={t('asks')}
        hint={t('asksHint')}
        checked={asksUserInfo}
        onCheckedChange={(checked) => setAsksUserInfo(checked === true)}
      />
      {form.failure ? (
        <p role="alert" className="text-red">
          {form.failure}
        </p>
      ) : null}
      <div>
        <Button type="submit" pending={form.pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
