'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode, RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** A form of the account's page: its fields, what was refused as a whole, and one button. */
export function FormFrame({
  formRef,
  onSubmit,
  pending,
  failure,
  children,
}: {
  formRef: RefObject<HTMLFormElement | null>;
  onSubmit: () => void;
  pending: boolean;
  /** A sentence that no field bears. */
  failure: string | null;
  children: ReactNode;
}) {
  const t = useTranslations('common.actions');
  return (
    <form
      ref={formRef}
      noValidate
      className="grid max-w-2xl gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {failure ? <Notice tone="error">{failure}</Notice> : null}
      {children}
      <div>
        <Button type="submit" pending={pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
