'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { notify } from '@/components/ui/toast';
import { relaySchema } from '@/lib/relays/schemas';
import { type RelayDto, relayModes } from '@/lib/relays/types';
import { createRelayAction, updateRelayAction } from '../actions';
import { type Chosen, EnterThere } from './enter-there';
import { type RelayDraft, toDraft, toInput } from './relay-draft';
import { RuleFields } from './rule-fields';
import { SecretFields } from './secret-fields';

/** Asks where to hand on what; where a token or a key was chosen, it then shows what to enter in that system. */
export function RelayDialog({
  accountId,
  appId,
  relay,
  answering,
  trigger,
}: {
  accountId: string;
  appId: string;
  /** The one to change; left out for a new one. */
  relay?: RelayDto;
  /** Which one answers now. */
  answering: Pick<RelayDto, 'id' | 'name'> | null;
  trigger: ReactNode;
}) {
  const t = useTranslations('relays');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [draft, setDraft] = useState<RelayDraft>(toDraft(relay));
  const set = (change: Partial<RelayDraft>) => setDraft((before) => ({ ...before, ...change }));
  const form = useActionForm({
    schema: relaySchema,
    send: (input) =>
      relay
        ? updateRelayAction({ accountId, relayId: relay.id, relay: input })
        : createRelayAction({ accountId, relay: input }),
    onDone: ({ name, mode }) => {
      const { token, encodingAesKey } = toInput(draft);
      if (token || encodingAesKey) {
        setChosen({ name, appId, mode, token, encodingAesKey });
      } else {
        notify(t('saved'));
        setOpen(false);
      }
    },
  });
  const change = (next: boolean) => {
    if (next) {
      setDraft(toDraft(relay));
      setChosen(null);
      form.reset();
    }
    setOpen(next);
  };
  const answersText = !answering
    ? t('answersNobody')
    : answering.id === relay?.id
      ? t('answersSelf')
      : t('answersOther', { name: answering.name });

  return (
    <FormDialog
      open={open}
      onOpenChange={change}
      trigger={trigger}
      title={chosen ? t('enterThere.title') : relay ? t('editTitle', { name: relay.name }) : t('create')}
      submitLabel={relay ? t('save') : common('add')}
      form={form}
      failure={Object.keys(form.errors).length === 0 ? form.failure : null}
      onSubmit={() => form.submit(toInput(draft))}
      done={chosen ? <EnterThere chosen={chosen} /> : undefined}
    >
      <Field label={t('name')} hint={t('nameHint')} error={form.errors.name} required>
        <Input value={draft.name} maxLength={60} onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <Field label={t('url')} hint={t('urlHint')} error={form.errors.url} required>
        <Input
          type="url"
          inputMode="url"
          value={draft.url}
          placeholder={t('urlPlaceholder')}
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      <Checkbox
        label={t('allowPrivate')}
        hint={t('allowPrivateHint')}
        checked={draft.allowPrivate}
        onCheckedChange={(isOn) => set({ allowPrivate: isOn === true })}
      />
      <RuleFields draft={draft} onChange={set} errors={form.errors} />
      <Field label={t('mode')} error={form.errors.mode} group>
        <RadioCards
          value={draft.mode}
          onValueChange={(mode) => set({ mode })}
          options={relayModes.toReversed().map((value) => ({
            value,
            title: t(`modes.${value}.title`),
            text: t(`modes.${value}.text`),
          }))}
        />
      </Field>
      <SecretFields draft={draft} onChange={set} errors={form.errors} stored={relay} />
      <Checkbox
        label={t('answers')}
        hint={
          <>
            <span className="block">{answersText}</span>
            <span className="block">{t('answersRule')}</span>
          </>
        }
        checked={draft.answers}
        onCheckedChange={(isOn) => set({ answers: isOn === true })}
      />
    </FormDialog>
  );
}
