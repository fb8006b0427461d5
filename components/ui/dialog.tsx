'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names';

export const scrimClasses = 'fixed inset-0 z-40 animate-fade-in bg-scrim';

type OverlayProps = {
  title: ReactNode;
  text?: ReactNode;
  /** Opens it; left out when `open` is given. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children?: ReactNode;
  /** The row of buttons; the one that acts comes last. */
  footer?: ReactNode;
  className?: string;
};

/** Something small to do without leaving the page. On a phone it comes up from the bottom edge. */
export function Dialog({ className, ...props }: OverlayProps) {
  return (
    <Overlay
      {...props}
      className={cn(
        'inset-x-0 bottom-0 max-h-[92dvh] animate-slide-from-bottom rounded-t-lg sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[85dvh] sm:w-[min(32rem,calc(100vw-3rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:animate-fade-in sm:rounded-lg sm:border',
        className,
      )}
    />
  );
}

/** A panel at the edge, for what needs room beside the page: details, a long form. */
export function Sheet({ side = 'right', className, ...props }: OverlayProps & { side?: 'left' | 'right' }) {
  return (
    <Overlay
      {...props}
      className={cn(
        'inset-y-0 w-[min(28rem,calc(100vw-2.5rem))]',
        side === 'right'
          ? 'right-0 animate-slide-from-right border-l'
          : 'left-0 animate-slide-from-left border-r',
        className,
      )}
    />
  );
}

const fields =
  'form :is(input:not([type="hidden"]), textarea, select, [role="combobox"], [role="radio"][aria-checked="true"]):enabled';

/** Opened to be filled in, so the first field waits and not the cross. On a touch screen its keyboard would cover half of it. */
function focusFirstField(event: Event): void {
  if (window.matchMedia('(pointer: coarse)').matches) return;
  const first = (event.target as HTMLElement).querySelector<HTMLElement>(fields);
  if (!first) return;
  event.preventDefault();
  first.focus();
}

function Overlay({ title, text, trigger, open, onOpenChange, children, footer, className }: OverlayProps) {
  const t = useTranslations('common');
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={scrimClasses} />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          {...(text ? {} : { 'aria-describedby': undefined })}
          className={cn('fixed z-50 flex flex-col border-line bg-surface shadow-pop', className)}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold text-pretty">{title}</Radix.Title>
              {text ? (
                <Radix.Description className="mt-1 text-pretty text-muted">{text}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label={t('actions.close')}
              className="-mr-2 grid size-9 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-1 pb-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Wraps a button inside a dialog or sheet so that it also closes it. */
export const DialogClose = Radix.Close;
