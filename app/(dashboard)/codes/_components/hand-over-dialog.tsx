'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useCallback, useId, useState } from 'react';
import { useActionForm } from '@/components/form/use-action-form';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { DateTimeInput } from '@/components/ui/date-time-input';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { notify } from '@/components/ui/toast';
import { handOverCodeSchema } from '@/lib/codes/schemas';
import { fromZonedInput } from '@/lib/i18n/format';
import { searchCampaignsAction } from '../../campaigns/actions';
import { handOverCodesAction } from '../actions';

/** Hands codes to the next campaign, now or from a moment on. */
export function HandOverDialog({
  accountId,
  codeIds,
  timeZone,
  trigger,
  onDone,
}: {
  accountId: string;
  codeIds: readonly string[];
  timeZone: string;
  trigger: ReactNode;
  onDone?: () => void;
}) {
  const t = useTranslations('codes.handOver');
  const common = useTranslations('common');
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [campaign, setCampaign] = useState<ComboboxOption | null>(null);
  const [none, setNone] = useState(false);
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [at, setAt] = useState('');
  const [missing, setMissing] = useState(false);

  const form = useActionForm({
    schema: handOverCodeSchema,
    send: (handOver) => handOverCodesAction({ accountId, codeIds: [...codeIds], handOver }),
    onDone: () => {
      setOpen(false);
      if (none || !campaign) notify(t('doneNone'));
      else notify(t(when === 'now' ? 'done' : 'donePlanned', { name: campaign.label }));
      onDone?.();
    },
  });

  const search = useCallback(
    async (q: string) => {
      const result = await searchCampaignsAction({ accountId, q });
      return result.ok ? result.value.map(({ id, name }) => ({ value: id, label: name })) : [];
    },
    [accountId],
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const campaignId = none ? null : (campaign?.value ?? '');
    setMissing(campaignId === '');
    if (campaignId === '') return;
    // What is no date goes as it is, so that the schema says so.
    const fromAt = when === 'later' ? (fromZonedInput(at, timeZone)?.toISOString() ?? at) : undefined;
    form.submit({ campaignId, fromAt });
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (next) {
          form.reset();
          setMissing(false);
        }
        setOpen(next);
      }}
      trigger={trigger}
      title={codeIds.length === 1 ? t('title') : t('titleMany', { count: codeIds.length })}
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
        {form.failure && !form.errors.campaignId && !form.errors.fromAt ? (
          <Notice tone="error">{form.failure}</Notice>
        ) : null}
        <Field
          label={t('campaign')}
          error={missing && !none && !campaign ? t('chooseCampaign') : form.errors.campaignId}
        >
          <Combobox
            value={none ? null : campaign}
            onValueChange={setCampaign}
            search={search}
            disabled={none}
          />
        </Field>
        <Checkbox label={t('none')} checked={none} onCheckedChange={(checked) => setNone(checked === true)} />
        <Field label={t('when')} group>
          <RadioCards
            value={when}
            onValueChange={setWhen}
            options={[
              { value: 'now', title: t('now'), text: t('nowText') },
              { value: 'later', title: t('later'), text: t('laterText') },
            ]}
          />
        </Field>
        {when === 'later' ? (
          <Field
            label={t('at')}
            hint={common('timeZoneNote', { timeZone })}
            error={form.errors.fromAt}
            required
          >
            <DateTimeInput value={at} onValueChange={setAt} />
          </Field>
        ) : null}
      </form>
    </Dialog>
  );
}
