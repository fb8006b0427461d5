'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Result } from '@/lib/result';
import { createWebhookSchema } from '@/lib/webhooks/schemas';
import {
  type CreatedWebhookDto,
  type WebhookDto,
  type WebhookEvent,
  webhookEvents,
} from '@/lib/webhooks/types';
import { createWebhookAction, updateWebhookAction } from '../actions';
import { eventKey } from './event-key';
import { SecretNotice } from './secret-notice';

type Values = Pick<WebhookDto, 'url' | 'events' | 'allowPrivate' | 'seesOpenids'>;

const empty: Values = { url: '', events: [...webhookEvents], allowPrivate: false, seesOpenids: false };

/** Asks where to tell what; a new one then shows its secret, this once. */
export function WebhookDialog({
  accountId,
  webhook,
  trigger,
}: {
  accountId: string;
  /** The one to change; left out for a new one. */
  webhook?: WebhookDto;
  trigger: ReactNode;
}) {
  const t = useTranslations('webhooks');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [values, setValues] = useState<Values>(webhook ?? empty);
  const set = (change: Partial<Values>) => setValues((before) => ({ ...before, ...change }));
  const form = useActionForm({
    schema: createWebhookSchema,
    send: async (input): Promise<Result<WebhookDto | CreatedWebhookDto>> =>
      webhook
        ? updateWebhookAction({ accountId, webhookId: webhook.id, change: input })
        : createWebhookAction({ accountId, webhook: input }),
    onDone: (made: WebhookDto | CreatedWebhookDto) => {
      if ('secret' in made) setSecret(made.secret);
      else setOpen(false);
    },
  });

  const change = (next: boolean) => {
    if (next) {
      setValues(webhook ?? empty);
      form.reset();
    }
    setSecret(null);
    setOpen(next);
  };
  const { url, events, allowPrivate, seesOpenids } = values;
  const toggle = (event: WebhookEvent, isOn: boolean) =>
    set({ events: webhookEvents.filter((each) => (each === event ? isOn : events.includes(each))) });

  return (
    <FormDialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      title={secret ? t('madeTitle') : webhook ? t('edit') : t('create')}
      submitLabel={webhook ? t('save') : common('create')}
      form={form}
      onSubmit={() => form.submit({ url, events, allowPrivate, seesOpenids })}
      done={secret ? <SecretNotice secret={secret} /> : undefined}
    >
      <Field label={t('url')} hint={t('urlHint')} error={form.errors.url} required>
        <Input
          type="url"
          inputMode="url"
          value={url}
          placeholder={t('urlPlaceholder')}
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      <Field label={t('events')} error={form.errors.events} group>
        <div className="grid gap-2">
          {webhookEvents.map((event) => (
            <Checkbox
              key={event}
              label={t(`eventName.${eventKey(event)}`)}
              hint={<code className="font-mono">{event}</code>}
              checked={events.includes(event)}
              onCheckedChange={(isOn) => toggle(event, isOn === true)}
            />
          ))}
        </div>
      </Field>
      <Checkbox
        label={t('seesOpenids')}
        hint={t('seesOpenidsHint')}
        checked={seesOpenids}
        onCheckedChange={(isOn) => set({ seesOpenids: isOn === true })}
      />
      <Checkbox
        label={t('allowPrivate')}
        hint={t('allowPrivateHint')}
        checked={allowPrivate}
        onCheckedChange={(isOn) => set({ allowPrivate: isOn === true })}
      />
    </FormDialog>
  );
}
