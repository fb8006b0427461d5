'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { notify } from '@/components/ui/toast';
import { type ReplyInput, replySchema } from '@/lib/replies/schemas';
import type { ReplyDto } from '@/lib/replies/types';
import type { Result } from '@/lib/result';
import { ContentFields } from './content-fields';
import { type ContentDraft, type ReplyValues, toDraft, toInput } from './reply-draft';

/** Writes what a scan of one code, or of a campaign's codes, is answered with. */
export function ReplyDialog({
  of,
  reply,
  values,
  accountName,
  save,
  trigger,
}: {
  of: 'code' | 'campaign';
  reply: ReplyDto | null;
  /** What the variables stand for in the preview. */
  values: ReplyValues;
  accountName: string;
  save: (reply: ReplyInput) => Promise<Result<unknown>>;
  trigger: ReactNode;
}) {
  const t = useTranslations('replies');
  const common = useTranslations('common.actions');
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(toDraft(reply));
  const form = useActionForm<typeof replySchema, unknown>({
    schema: replySchema,
    send: save,
    onDone: () => {
      setOpen(false);
      notify(t('saved'));
    },
  });
  const write = (audience: 'forNew' | 'forReturning') => (change: Partial<ContentDraft>) =>
    setDraft((before) => ({ ...before, [audience]: { ...before[audience], ...change } }));
  const errorOf = (audience: string) => (field: string) => form.errors[`${audience}.${field}`];
  const shared = { values, accountName, note: t(`preview.${of}`, { label: values.label }) };

  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        if (next) {
          setDraft(toDraft(reply));
          form.reset();
        }
        setOpen(next);
      }}
      trigger={trigger}
      title={t(`dialog.${of}`)}
      text={t(`dialog.${of}Text`)}
      className="sm:w-[min(52rem,calc(100vw-3rem))]"
      submitLabel={common('save')}
      form={form}
      failure={Object.keys(form.errors).length === 0 ? form.failure : null}
      onSubmit={() => form.submit(toInput(draft))}
    >
      <ContentFields
        {...shared}
        draft={draft.forNew}
        onChange={write('forNew')}
        errorOf={errorOf('forNew')}
        caption={draft.differs ? t('audience.new') : t('audience.everyone')}
      />
      <div className="border-t border-line pt-4">
        <Checkbox
          label={t('differs')}
          hint={t('differsHint')}
          checked={draft.differs}
          onCheckedChange={(isOn) => setDraft((before) => ({ ...before, differs: isOn === true }))}
        />
      </div>
      {draft.differs ? (
        <ContentFields
          {...shared}
          draft={draft.forReturning}
          onChange={write('forReturning')}
          errorOf={errorOf('forReturning')}
          caption={t('audience.returning')}
        />
      ) : null}
      <div className="border-t border-line pt-4">
        <Checkbox
          label={t('enabled')}
          hint={t('enabledHint')}
          checked={draft.enabled}
          onCheckedChange={(isOn) => setDraft((before) => ({ ...before, enabled: isOn === true }))}
        />
      </div>
    </FormDialog>
  );
}
