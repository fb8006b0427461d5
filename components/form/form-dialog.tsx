'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, type RefObject, useId } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';

/**
 * A dialog around one form, in front of `useActionForm`.
 *
 * @param failure  what went wrong with the whole; what belongs to a field stands at the field
 * @param done  takes the form's place once it has been sent: a secret that is shown this once, a link to hand on
 */
export function FormDialog({
  open,
  onOpenChange,
  trigger,
  title,
  text,
  submitLabel,
  form,
  failure = form.failure,
  onSubmit,
  done,
  className,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  submitLabel: ReactNode;
  form: { formRef: RefObject<HTMLFormElement | null>; pending: boolean; failure: string | null };
  failure?: string | null;
  onSubmit: () => void;
  done?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const t = useTranslations('common.actions');
  const formId = useId();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      trigger={trigger}
      title={title}
      text={text}
      className={className}
      footer={
        done ? (
          <DialogClose asChild>
            <Button>{t('done')}</Button>
          </DialogClose>
        ) : (
          <>
            <DialogClose asChild>
              <Button variant="secondary">{t('cancel')}</Button>
            </DialogClose>
            <Button type="submit" form={formId} pending={form.pending}>
              {submitLabel}
            </Button>
          </>
        )
      }
    >
      {done ?? (
        <form
          id={formId}
          ref={form.formRef}
          className="grid gap-4"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            // Opened from within another form, this one is a part of it for React, and must not send it too.
            event.stopPropagation();
            onSubmit();
          }}
        >
          {failure ? <Notice tone="error">{failure}</Notice> : null}
          {children}
        </form>
      )}
    </Dialog>
  );
}
