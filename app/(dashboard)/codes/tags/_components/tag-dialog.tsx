'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { FormDialog } from '@/components/form/form-dialog';
import { useActionForm } from '@/components/form/use-action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { notify } from '@/components/ui/toast';
import { createTagSchema } from '@/lib/tags/schemas';
import { mostTagCharacters, type TagDto } from '@/lib/tags/types';
import { createTagAction, updateTagAction } from '../actions';

/** Makes a tag, or changes the one given. @param open  given: it is opened from elsewhere, without a trigger */
export function TagDialog({
  accountId,
  tag,
  trigger,
  open,
  onOpenChange,
}: {
  accountId: string;
  tag?: TagDto;
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const t = useTranslations('tags');
  const common = useTranslations('common.actions');
  const [openHere, setOpenHere] = useState(false);
  const [name, setName] = useState(tag?.name ?? '');
  const [marksFollowers, setMarksFollowers] = useState(tag?.marksFollowers ?? false);
  const setOpen = (next: boolean) => {
    if (next) {
      setName(tag?.name ?? '');
      setMarksFollowers(tag?.marksFollowers ?? false);
      form.reset();
    }
    setOpenHere(next);
    onOpenChange?.(next);
  };

  const form = useActionForm({
    schema: createTagSchema,
    send: (input) =>
      tag
        ? updateTagAction({ accountId, tagId: tag.id, tag: input })
        : createTagAction({ accountId, tag: input }),
    onDone: (saved) => {
      setOpen(false);
      notify(tag ? t('saved') : t('created', { name: saved.name }));
    },
  });
  const isRenamed = tag !== undefined && name.trim() !== tag.name;

  return (
    <FormDialog
      open={open ?? openHere}
      onOpenChange={setOpen}
      trigger={trigger}
      title={tag ? t('editTitle') : t('create')}
      submitLabel={tag ? common('save') : t('create')}
      form={form}
      failure={form.errors.name ? null : form.failure}
      onSubmit={() => form.submit({ name, marksFollowers })}
    >
      <Field
        label={t('fields.name')}
        hint={
          isRenamed && tag.markedFollowers > 0
            ? t('renameNote', { marked: tag.markedFollowers })
            : t('hints.name')
        }
        error={form.errors.name}
        required
      >
        <Input value={name} maxLength={mostTagCharacters} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div>
        <Checkbox
          label={t('fields.marks')}
          checked={marksFollowers}
          onCheckedChange={(checked) => setMarksFollowers(checked === true)}
        />
        <p className="mt-1 pl-7 text-sm text-pretty text-muted">{t('hints.marks')}</p>
      </div>
    </FormDialog>
  );
}
