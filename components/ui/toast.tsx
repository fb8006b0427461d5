'use client';

import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toaster as Sonner, toast } from 'sonner';

/** Stands once, in the root layout. */
export function Toaster() {
  const t = useTranslations('common');
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      containerAriaLabel={t('notifications')}
      toastOptions={{
        unstyled: true,
        duration: 6000,
        closeButton: true,
        closeButtonAriaLabel: t('actions.close'),
        classNames: {
          toast:
            'flex w-full items-start gap-3 rounded-md border border-line bg-surface p-3 text-sm text-ink shadow-pop',
          content: 'flex-1 min-w-0',
          title: 'text-ink',
          icon: 'mt-0.5 shrink-0',
          closeButton:
            'order-last grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink',
          actionButton:
            'shrink-0 rounded-sm px-2 font-semibold text-accent underline-offset-2 hover:underline',
        },
      }}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-accent" />,
        error: <CircleAlert aria-hidden className="size-4 text-red" />,
      }}
    />
  );
}

export function notify(sentence: string) {
  toast.success(sentence);
}

/** An error stays until it is read: it says what to do, and that takes longer than a glance. */
export function notifyError(sentence: string) {
  toast.error(sentence, { duration: 20_000 });
}

/** What was done, with a way back for ten seconds. */
export function notifyUndo(sentence: string, undo: { label: string; onUndo: () => void }) {
  toast.success(sentence, { duration: 10_000, action: { label: undo.label, onClick: undo.onUndo } });
}
