'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { notify } from '@/components/ui/toast';
import { createCampaignSchema } from '@/lib/campaigns/schemas';
import type { CampaignDto } from '@/lib/campaigns/types';
import { createCampaignAction, updateCampaignAction } from '../actions';

/**
 * Makes a campaign, or changes the one given.
 *
 * @param onMade  with the new one; a changed one is shown by the page itself
 */
export function CampaignDialog({
  accountId,
  campaign,
  trigger,
  onMade,
}: {
  accountId: string;
  campaign?: CampaignDto;
  trigger: ReactNode;
  onMade?: (campaign: CampaignDto) => void;
}) {
  const t = useTranslations('campaigns');
  const budget = useTranslations('quotaRules.budget');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const empty = {
    name: campaign?.name ?? '',
    note: campaign?.note ?? '',
    startsOn: campaign?.startsOn ?? '',
    endsOn: campaign?.endsOn ?? '',
    slotBudget: String(campaign?.slotBudget ?? ''),
    cost: String(campaign?.cost ?? ''),
  };
  const [values, setValues] = useState(empty);
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));

  const form = useActionForm({
    schema: createCampaignSchema,
    send: (input) =>
      campaign
        ? updateCampaignAction({ accountId, campaignId: campaign.id, campaign: input })
        : createCampaignAction({ accountId, campaign: input }),
    onDone: (saved) => {
      setOpen(false);
      notify(campaign ? t('saved') : t('created', { name: saved.name }));
      if (!campaign) onMade?.(saved);
    },
  });

  const submit = () =>
    form.submit({
      ...values,
      startsOn: values.startsOn || null,
      endsOn: values.endsOn || null,
      slotBudget: toBudget(values.slotBudget),
      cost: toCost(values.cost),
    });

  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        if (next) {
          setValues(empty);
          form.reset();
        }
        setOpen(next);
      }}
      trigger={trigger}
      title={campaign ? t('editTitle') : t('createTitle')}
      submitLabel={campaign ? common('save') : common('create')}
      form={form}
      failure={Object.keys(form.errors).length === 0 ? form.failure : null}
      onSubmit={submit}
    >
      <Field label={t('fields.name')} hint={t('hints.name')} error={form.errors.name} required>
        <Input value={values.name} maxLength={200} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('fields.startsOn')} error={form.errors.startsOn} optional>
          <DateTimeInput
            kind="date"
            value={values.startsOn}
            onValueChange={(startsOn) => set({ startsOn })}
          />
        </Field>
        <Field label={t('fields.endsOn')} error={form.errors.endsOn} optional>
          <DateTimeInput
            kind="date"
            value={values.endsOn}
            min={values.startsOn || undefined}
            onValueChange={(endsOn) => set({ endsOn })}
          />
        </Field>
      </div>
      <p className="-mt-2 text-sm text-pretty text-muted">{t('hints.dates')}</p>
      <Field label={budget('field')} hint={budget('hint')} error={form.errors.slotBudget} optional>
        <Input
          inputMode="numeric"
          className="max-w-40"
          value={values.slotBudget}
          onChange={(event) => set({ slotBudget: event.target.value })}
        />
      </Field>
      <Field label={t('fields.cost')} hint={t('hints.cost')} error={form.errors.cost} optional>
        <Input
          inputMode="decimal"
          className="max-w-40"
          value={values.cost}
          onChange={(event) => set({ cost: event.target.value })}
        />
      </Field>
      <Field label={t('fields.note')} error={form.errors.note} optional>
        <Textarea value={values.note} onChange={(event) => set({ note: event.target.value })} />
      </Field>
    </FormDialog>
  );
}

/** Empty: no bound. What is no number goes as NaN, which the schema refuses in words. */
function toBudget(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** As {@link toBudget}, in money of two decimals. */
function toCost(text: string): number | null {
  const trimmed = text.trim().replaceAll(',', '');
  if (trimmed === '') return null;
  return /^\d{1,9}(?:\.\d{1,2})?$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}
