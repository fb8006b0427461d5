'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { TagPicker } from '@/components/tags/tag-picker';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { notify } from '@/components/ui/toast';
import type { CodeDto } from '@/lib/codes/types';
import { tagCodesSchema } from '@/lib/tags/schemas';
import { tagCodesAction } from '../actions';

/** Puts tags on chosen codes, and takes off those that some of them have. */
export function TagsDialog({
  accountId,
  codes,
  known,
  trigger,
  onDone,
}: {
  accountId: string;
  codes: readonly Pick<CodeDto, 'id' | 'tags'>[];
  known: readonly { id: string; name: string }[];
  trigger: ReactNode;
  onDone: () => void;
}) {
  const t = useTranslations('tags.bulk');
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState<readonly string[]>([]);
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [isEmpty, setIsEmpty] = useState(false);
  const count = codes.length;

  const form = useActionForm({
    schema: tagCodesSchema,
    send: (tagging) => tagCodesAction({ accountId, tagging }),
    onDone: () => {
      setOpen(false);
      notify(t('done', { count }));
      onDone();
    },
  });

  const submit = () => {
    setIsEmpty(added.length + removed.length === 0);
    if (added.length + removed.length === 0) return;
    form.submit({ codeIds: codes.map(({ id }) => id), addNames: [...added], remove: [...removed] });
  };
  const present = tagsOf(codes);
  const toggle = (id: string) =>
    setRemoved((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]));

  return (
    <FormDialog
      open={open}
      onOpenChange={(next) => {
        if (next) {
          setAdded([]);
          setRemoved([]);
          setIsEmpty(false);
          form.reset();
        }
        setOpen(next);
      }}
      trigger={trigger}
      title={t('title', { count })}
      text={t('text')}
      submitLabel={t('submit')}
      form={form}
      failure={form.errors.tags ?? form.failure}
      onSubmit={submit}
    >
      <Field label={t('add')} error={isEmpty ? t('nothing') : form.errors.addNames} group>
        <TagPicker
          names={added}
          known={known}
          onAdd={(name) => setAdded((before) => [...before, name])}
          onRemove={(name) => setAdded((before) => before.filter((each) => each !== name))}
        />
      </Field>
      {present.length > 0 ? (
        <Field label={t('remove')} group>
          <div className="grid max-h-56 gap-1 overflow-y-auto">
            {present.map(({ id, name, codes: having }) => (
              <Checkbox
                key={id}
                checked={removed.includes(id)}
                onCheckedChange={() => toggle(id)}
                label={
                  <>
                    {name} <span className="text-sm text-muted">{t('count', { count: having })}</span>
                  </>
                }
              />
            ))}
          </div>
        </Field>
      ) : null}
    </FormDialog>
  );
}

/** The tags that some of the codes have, and how many have each. */
function tagsOf(codes: readonly Pick<CodeDto, 'tags'>[]): { id: string; name: string; codes: number }[] {
  const found = new Map<string, { id: string; name: string; codes: number }>();
  for (const { id, name } of codes.flatMap(({ tags }) => tags)) {
    found.set(id, { id, name, codes: (found.get(id)?.codes ?? 0) + 1 });
  }
  return [...found.values()];
}
