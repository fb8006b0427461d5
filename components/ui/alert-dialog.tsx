'use client';

import { useTranslations } from 'next-intl';
import { AlertDialog } from 'radix-ui';
import { type ReactNode, useId, useState } from 'react';
import { Button } from './button';
import { cn } from './class-names';
import { scrimClasses } from './dialog';
import { Input } from './input';

/**
 * Asks before what cannot be taken back. What can be undone is not asked but done, with `notifyUndo`.
 *
 * @param text  the consequence, in a sentence
 * @param onConfirm  the dialog stays, with the button busy, until it settles; then it closes, unless it returns false
 */
export function ConfirmDialog({
  trigger,
  open,
  onOpenChange,
  title,
  text,
  confirmLabel,
  tone = 'danger',
  typeToConfirm,
  typeLabel,
  onConfirm,
  children,
}: {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  text: ReactNode;
  /** A verb and its object: "Revoke the key", never "OK". */
  confirmLabel: string;
  tone?: 'danger' | 'primary';
  /** Has to be typed exactly first, for what would hurt most. */
  typeToConfirm?: string;
  typeLabel?: string;
  onConfirm: () => unknown;
  children?: ReactNode;
}) {
  const t = useTranslations('common');
  const id = useId();
  const [openHere, setOpenHere] = useState(false);
  const [pending, setPending] = useState(false);
  const [typed, setTyped] = useState('');

  const change = (next: boolean) => {
    if (pending) return;
    if (!next) setTyped('');
    setOpenHere(next);
    onOpenChange?.(next);
  };

  const confirm = async () => {
    setPending(true);
    try {
      const answer = await onConfirm();
      if (answer === false) return;
      setTyped('');
      setOpenHere(false);
      onOpenChange?.(false);
    } finally {
      setPending(false);
    }
  };

  return (
    <AlertDialog.Root open={open ?? openHere} onOpenChange={change}>
      {trigger ? <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger> : null}
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={scrimClasses} />
        <AlertDialog.Content
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 grid max-h-[92dvh] animate-slide-from-bottom gap-3 overflow-y-auto rounded-t-lg border-line bg-surface p-5 shadow-pop',
            'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[min(28rem,calc(100vw-3rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:animate-fade-in sm:rounded-lg sm:border',
          )}
        >
          <AlertDialog.Title className="text-lg font-semibold text-pretty">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-pretty text-muted">{text}</AlertDialog.Description>
          {children}
          {typeToConfirm ? (
            <div className="grid gap-1.5">
              <label htmlFor={id} className="text-sm font-semibold">
                {typeLabel ?? typeToConfirm}
              </label>
              <Input id={id} value={typed} onChange={(event) => setTyped(event.target.value)} />
            </div>
          ) : null}
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button variant="secondary" disabled={pending}>
                {t('actions.cancel')}
              </Button>
            </AlertDialog.Cancel>
            <Button
              variant={tone}
              pending={pending}
              disabled={typeToConfirm !== undefined && typed.trim() !== typeToConfirm}
              onClick={confirm}
            >
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
