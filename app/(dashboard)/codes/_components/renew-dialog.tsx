'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { notify } from '@/components/ui/toast';
import { type RenewCodesInput, renewCodesSchema } from '@/lib/batches/schemas';
import { renewCodeSchema } from '@/lib/codes/schemas';
import { renewCodeAction, renewCodesAction } from '../actions';
import { expiryPicks } from '../new/_components/seconds-until';

/** One code, or several: chosen ones, or all that the list finds. */
export type Renewed = { code: { id: string; label: string } } | { choice: RenewCodesInput; title: string };

/** Makes successors of temporary codes; one is shown at once, several go as a batch. */
export function RenewDialog({
  accountId,
  renewed,
  trigger,
}: {
  accountId: string;
  renewed: Renewed;
  trigger: ReactNode;
}) {
  const t = useTranslations('codes.renew');
  const codes = useTranslations('codes.new');
  const common = useTranslations('common');
  const router = useRouter();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [seconds, setSeconds] = useState('');
  const done = (href: string) => {
    setOpen(false);
    notify(t('done'));
    router.push(href);
  };
  const one = useActionForm({
    schema: renewCodeSchema,
    send: (renewal) =>
      renewCodeAction({ accountId, codeId: 'code' in renewed ? renewed.code.id : '', renewal }),
    onDone: ({ id }) => done(`/codes/${id}`),
  });
  const many = useActionForm({
    schema: renewCodesSchema,
    send: (renewal) => renewCodesAction({ accountId, renewal }),
    onDone: ({ id }) => done(`/batches/${id}`),
  });
  const form = 'code' in renewed ? one : many;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expireSeconds = seconds === '' ? undefined : Number(seconds);
    if ('code' in renewed) one.submit({ expireSeconds });
    else many.submit({ ...renewed.choice, expireSeconds });
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) form.reset();
        setOpen(next);
      }}
      trigger={trigger}
      title={'code' in renewed ? t('title', { label: renewed.code.label }) : renewed.title}
      text={t('text')}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{common('actions.cancel')}</Button>
          </DialogClose>
          <Button type="submit" form={formId} pending={form.pending}>
            {t('submit')}
          </Button>
        </>
      }
    >
      <form id={formId} ref={form.formRef} onSubmit={submit} noValidate className="grid gap-4">
        {form.failure ? (
          <Notice tone="error" title={form.failure}>
            {Object.values(form.errors).map((error) => (
              <p key={error}>{error}</p>
            ))}
          </Notice>
        ) : null}
        <Field label={t('expiry')}>
          <Select
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
            options={[
              { value: '', label: t('same') },
              ...expiryPicks.map((pick) => ({ value: String(pick), label: codes(`expiryPick.${pick}`) })),
            ]}
          />
        </Field>
        {'code' in renewed ? null : <p className="text-sm text-muted">{t('passedOver')}</p>}
      </form>
    </Dialog>
  );
}
