'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { Textarea } from '@/components/ui/textarea';
import { notify } from '@/components/ui/toast';
import type { Locale } from '@/lib/i18n/locales';
import { saveSenderSchema } from '@/lib/notifications/schemas';
import {
  type NotificationKind,
  notificationKinds,
  type SenderDto,
  type SenderKind,
  senderKinds,
} from '@/lib/notifications/types';
import { createSenderAction, updateSenderAction } from '../actions';

type Values = {
  kind: SenderKind;
  name: string;
  enabled: boolean;
  kinds: NotificationKind[];
  locale: Locale;
  fromAddress: string;
  recipients: string;
  address: string;
  secret: string;
  dropsSecret: boolean;
  allowPrivate: boolean;
};

/** What is finished by itself is told of on the page; a group wants to know what it has to decide. */
const usual = notificationKinds.filter((kind) => kind !== 'batch.finished');

const fresh: Values = {
  kind: 'wecom',
  name: '',
  enabled: true,
  kinds: usual,
  locale: 'zh-CN',
  fromAddress: '',
  recipients: '',
  address: '',
  secret: '',
  dropsSecret: false,
  allowPrivate: false,
};

function valuesOf(sender: SenderDto | null): Values {
  if (!sender) return fresh;
  const { kind, name, enabled, kinds, locale, fromAddress, recipients, allowPrivate } = sender;
  return {
    ...fresh,
    kind,
    name,
    enabled,
    kinds,
    locale,
    fromAddress: fromAddress ?? '',
    recipients: recipients.join('\n'),
    allowPrivate,
  };
}

function toInput(values: Values) {
  const { kind, name, enabled, kinds, locale, fromAddress, address, secret, allowPrivate } = values;
  const shared = { name, enabled, kinds, locale };
  const recipients = values.recipients.split(/[\s,;，；]+/).filter(Boolean);
  if (kind === 'email') return { ...shared, kind, fromAddress, recipients };
  return {
    ...shared,
    kind,
    allowPrivate,
    ...(address.trim() ? { address } : {}),
    ...(values.dropsSecret ? { secret: null } : secret.trim() ? { secret } : {}),
  };
}

export function CreateSenderButton({ isMailConfigured }: { isMailConfigured: boolean }) {
  const t = useTranslations('notifications.senders');
  return (
    <SenderDialog
      sender={null}
      isMailConfigured={isMailConfigured}
      trigger={
        <Button data-shortcut="create">
          <Plus aria-hidden />
          {t('add')}
        </Button>
      }
    />
  );
}

export function EditSenderButton({
  sender,
  isMailConfigured,
}: {
  sender: SenderDto;
  isMailConfigured: boolean;
}) {
  const t = useTranslations('notifications.senders');
  return (
    <SenderDialog
      sender={sender}
      isMailConfigured={isMailConfigured}
      trigger={
        <Button variant="secondary" size="sm">
          {t('edit')}
        </Button>
      }
    />
  );
}

function SenderDialog({
  sender,
  isMailConfigured,
  trigger,
}: {
  sender: SenderDto | null;
  isMailConfigured: boolean;
  trigger: ReactNode;
}) {
  const all = useTranslations('notifications');
  const t = useTranslations('notifications.senders');
  const common = useTranslations('common.actions');
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [values, setValues] = useState(valuesOf(sender));
  const set = (change: Partial<Values>) => setValues((before) => ({ ...before, ...change }));
  const form = useActionForm<typeof saveSenderSchema, unknown>({
    schema: saveSenderSchema,
    send: (input) =>
      sender ? updateSenderAction({ senderId: sender.id, sender: input }) : createSenderAction(input),
    onDone: () => {
      setOpen(false);
      notify(sender ? t('saved') : t('created'));
    },
  });
  const isMail = values.kind === 'email';
  const recipientsError = Object.entries(form.errors).find(([field]) => field.startsWith('recipients'))?.[1];

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) setValues(valuesOf(sender));
        form.reset();
        setOpen(next);
      }}
      trigger={trigger}
      title={sender ? t('editTitle', { name: sender.name }) : t('createTitle')}
      footer={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{common('cancel')}</Button>
          </DialogClose>
          <Button type="submit" form={formId} pending={form.pending}>
            {sender ? t('save') : t('create')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        ref={form.formRef}
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          form.submit(toInput(values));
        }}
      >
        {form.failure ? <Notice tone="error">{form.failure}</Notice> : null}
        {sender ? null : (
          <Field label={t('fields.kind')} error={form.errors.kind} hint={t(`help.${values.kind}`)}>
            <Select
              value={values.kind}
              options={senderKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
              onChange={(event) => {
                const kind = senderKinds.find((each) => each === event.target.value);
                if (kind) set({ kind });
              }}
            />
          </Field>
        )}
        {isMail && !isMailConfigured ? <Notice tone="warning">{t('noSmtp')}</Notice> : null}
        <Field label={t('fields.name')} hint={t('fields.nameHint')} error={form.errors.name} required>
          <Input value={values.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        {isMail ? (
          <>
            <Field label={t('fields.fromAddress')} error={form.errors.fromAddress} required>
              <Input
                type="email"
                autoComplete="off"
                value={values.fromAddress}
                onChange={(event) => set({ fromAddress: event.target.value })}
              />
            </Field>
            <Field
              label={t('fields.recipients')}
              hint={t('fields.recipientsHint')}
              error={recipientsError}
              required
            >
              <Textarea
                rows={4}
                value={values.recipients}
                onChange={(event) => set({ recipients: event.target.value })}
              />
            </Field>
          </>
        ) : (
          <>
            <Field
              label={t('fields.address')}
              hint={sender?.host ? t('fields.addressKept', { host: sender.host }) : undefined}
              error={form.errors.address}
              required={!sender}
            >
              <Input
                type="url"
                autoComplete="off"
                value={values.address}
                onChange={(event) => set({ address: event.target.value })}
              />
            </Field>
            {values.kind === 'wecom' ? null : (
              <Field
                label={t('fields.secret')}
                hint={sender?.hasSecret ? t('fields.secretKept') : undefined}
                error={form.errors.secret}
              >
                <Input
                  type="password"
                  autoComplete="off"
                  disabled={values.dropsSecret}
                  value={values.secret}
                  onChange={(event) => set({ secret: event.target.value })}
                />
              </Field>
            )}
            {sender?.hasSecret ? (
              <Checkbox
                label={t('fields.removeSecret')}
                checked={values.dropsSecret}
                onCheckedChange={(checked) => set({ dropsSecret: checked === true })}
              />
            ) : null}
            <Checkbox
              label={t('fields.allowPrivate')}
              hint={t('fields.allowPrivateHint')}
              checked={values.allowPrivate}
              onCheckedChange={(checked) => set({ allowPrivate: checked === true })}
            />
          </>
        )}
        <Field label={t('fields.events')} error={form.errors.kinds} group>
          <div className="grid gap-2">
            {notificationKinds.map((kind) => (
              <Checkbox
                key={kind}
                label={all(`kinds.${kind}.name`)}
                checked={values.kinds.includes(kind)}
                onCheckedChange={(checked) =>
                  set({
                    kinds: notificationKinds.filter((each) =>
                      each === kind ? checked === true : values.kinds.includes(each),
                    ),
                  })
                }
              />
            ))}
          </div>
        </Field>
        <Field label={t('fields.locale')} error={form.errors.locale}>
          <Select
            value={values.locale}
            options={[
              { value: 'zh-CN', label: t('fields.zh') },
              { value: 'en', label: t('fields.en') },
            ]}
            onChange={(event) => set({ locale: event.target.value === 'en' ? 'en' : 'zh-CN' })}
          />
        </Field>
        <Checkbox
          label={t('fields.enabled')}
          checked={values.enabled}
          onCheckedChange={(checked) => set({ enabled: checked === true })}
        />
      </form>
    </Dialog>
  );
}
