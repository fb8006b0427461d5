'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { notify } from '@/components/ui/toast';
import { forgetPersonSchema } from '@/lib/scans/schemas';
import { forgetPersonAction } from '../actions';

/** Forgets one person; asks once more, since nothing brings the person back. */
export function ForgetForm({ accountId }: { accountId: string }) {
  const t = useTranslations('push');
  const [openid, setOpenid] = useState('');
  const [isSure, setIsSure] = useState(false);
  const form = useActionForm({
    schema: forgetPersonSchema,
    send: (person) => forgetPersonAction({ accountId, person }),
    onDone: () => {
      setOpenid('');
      setIsSure(false);
      notify(t('forgotten'));
    },
  });
  return (
    <form
      ref={form.formRef}
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure || openid.trim() === '') form.submit({ openid });
        else setIsSure(true);
      }}
    >
      <Field label={t('openid')} error={form.errors.openid}>
        <Input
          value={openid}
          autoComplete="off"
          className="font-mono"
          onChange={(event) => {
            setOpenid(event.target.value);
            setIsSure(false);
          }}
        />
      </Field>
      {form.failure ? (
        <p role="alert" className="text-red">
          {form.failure}
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        {isSure ? <p role="status">{t('forgetSure')}</p> : null}
        <Button type="submit" variant="danger" pending={form.pending}>
          {t('forgetDo')}
        </Button>
        {isSure ? (
          <Button variant="secondary" onClick={() => setIsSure(false)}>
            {t('cancel')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
