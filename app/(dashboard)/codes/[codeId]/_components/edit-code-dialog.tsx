'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { notify } from '@/components/ui/toast';
import { updateCodeSchema } from '@/lib/codes/schemas';
import type { CodeDto } from '@/lib/codes/types';
import { ChannelField, channelOption } from '../../_components/place-fields';
import { updateCodeAction } from '../../actions';

/** Label and channel; kind and scene value a code keeps for ever. */
export function EditCodeDialog({
  code,
  columnNames,
  trigger,
}: {
  code: CodeDto;
  columnNames: readonly string[];
  trigger: ReactNode;
}) {
  const t = useTranslations('codes');
  const common = useTranslations('common.actions');
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [label, setLabel] = useState(code.label);
  const [channel, setChannel] = useState(code.channel && channelOption(code.channel));

  const form = useActionForm({
    schema: updateCodeSchema,
    send: (changes) => updateCodeAction({ accountId: code.accountId, codeId: code.id, code: changes }),
    onDone: () => {
      setOpen(false);
      notify(t('detail.saved'));
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit({ label, channelId: channel?.value ?? null });
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) {
          setLabel(code.label);
          setChannel(code.channel && channelOption(code.channel));
          form.reset();
        }
        setOpen(next);
      }}
      trigger={trigger}
      title={t('detail.editTitle')}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{common('cancel')}</Button>
          </DialogClose>
          <Button type="submit" form={formId} pending={form.pending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form id={formId} ref={form.formRef} onSubmit={submit} noValidate className="grid gap-4">
        {form.failure && Object.keys(form.errors).length === 0 ? (
          <Notice tone="error">{form.failure}</Notice>
        ) : null}
        <Field label={t('new.label')} hint={t('new.labelHint')} error={form.errors.label} required>
          <Input value={label} onChange={(event) => setLabel(event.target.value)} />
        </Field>
        <ChannelField
          accountId={code.accountId}
          value={channel}
          onValueChange={setChannel}
          error={form.errors.channelId}
          columnNames={columnNames}
        />
      </form>
    </Dialog>
  );
}
