'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { notify } from '@/components/ui/toast';
import { createChannelSchema } from '@/lib/channels/schemas';
import type { ChannelDto } from '@/lib/channels/types';
import { createChannelAction, updateChannelAction } from '../actions';
import { newColumn, type OwnColumn, OwnColumns } from './own-columns';

/**
 * Makes a channel, or changes the one given.
 *
 * @param columnNames  own columns that other channels have, offered to a new one
 * @param onMade  with the new one; a changed one is shown by the page itself
 */
export function ChannelDialog({
  accountId,
  channel,
  columnNames,
  trigger,
  onMade,
}: {
  accountId: string;
  channel?: ChannelDto;
  columnNames: readonly string[];
  trigger: ReactNode;
  onMade?: (channel: ChannelDto) => void;
}) {
  const t = useTranslations('channels');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const [values, setValues] = useState(() => valuesOf(channel));
  const [columns, setColumns] = useState<OwnColumn[]>(() => columnsOf(channel));
  const [columnErrors, setColumnErrors] = useState<ReadonlyMap<number, string>>(new Map());
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));

  const form = useActionForm({
    schema: createChannelSchema,
    send: (input) =>
      channel
        ? updateChannelAction({ accountId, channelId: channel.id, channel: input })
        : createChannelAction({ accountId, channel: input }),
    onDone: (saved) => {
      setOpen(false);
      notify(channel ? t('saved') : t('created', { name: saved.name }));
      if (!channel) onMade?.(saved);
    },
  });

  const submit = () => {
    const kept = columns
      .map(({ key, name, value }) => ({ key, name: name.trim(), value: value.trim() }))
      .filter(({ name, value }) => name !== '' || value !== '');
    const faults = new Map<number, string>();
    kept.forEach(({ key, name }, index) => {
      if (name === '') faults.set(key, t('own.nameless'));
      else if (kept.findIndex((other) => other.name === name) < index) faults.set(key, t('own.duplicate'));
    });
    setColumnErrors(faults);
    if (faults.size > 0) return;
    form.submit({ ...values, columns: Object.fromEntries(kept.map(({ name, value }) => [name, value])) });
  };

  const general =
    form.failure && !['number', 'name', 'city', 'region'].some((field) => form.errors[field])
      ? [form.failure, ...Object.values(form.errors)].join(' ')
      : null;

  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        if (next) {
          setValues(valuesOf(channel));
          setColumns(columnsOf(channel));
          setColumnErrors(new Map());
          form.reset();
        }
        setOpen(next);
      }}
      trigger={trigger}
      title={channel ? t('editTitle') : t('createTitle')}
      submitLabel={channel ? common('save') : common('create')}
      form={form}
      failure={general}
      onSubmit={submit}
    >
      <Field label={t('fields.number')} hint={t('hints.number')} error={form.errors.number} required>
        <Input
          value={values.number}
          maxLength={64}
          onChange={(event) => set({ number: event.target.value })}
        />
      </Field>
      <Field label={t('fields.name')} hint={t('hints.name')} error={form.errors.name} required>
        <Input value={values.name} maxLength={200} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('fields.city')} error={form.errors.city} optional>
          <Input
            value={values.city}
            maxLength={100}
            onChange={(event) => set({ city: event.target.value })}
          />
        </Field>
        <Field label={t('fields.region')} error={form.errors.region} optional>
          <Input
            value={values.region}
            maxLength={100}
            onChange={(event) => set({ region: event.target.value })}
          />
        </Field>
      </div>
      <OwnColumns columns={columns} onChange={setColumns} suggestions={columnNames} errors={columnErrors} />
    </FormDialog>
  );
}

const valuesOf = (channel?: ChannelDto) => ({
  number: channel?.number ?? '',
  name: channel?.name ?? '',
  city: channel?.city ?? '',
  region: channel?.region ?? '',
});

const columnsOf = (channel?: ChannelDto) =>
  Object.entries(channel?.columns ?? {}).map(([name, value]) => newColumn(name, value));
