'use client';

import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';
import { useFieldControl } from './field';

export const controlClasses =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-ink transition-colors placeholder:text-muted hover:border-ink focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted [&[readonly]]:bg-sunken aria-invalid:border-red';

export function Input({
  className,
  lead,
  trail,
  ...rest
}: ComponentProps<'input'> & {
  /** Stands inside, before the text: an icon. */
  lead?: ReactNode;
  /** Stands inside, after the text: a unit, a button. */
  trail?: ReactNode;
}) {
  const wiring = useFieldControl(rest);
  const input = (
    <input
      autoComplete="off"
      {...rest}
      {...wiring}
      className={cn(controlClasses, 'h-10 sm:h-9', lead && 'pl-9', trail && 'pr-12', className)}
    />
  );
  if (!lead && !trail) return input;
  return (
    <div className="relative flex min-w-0 flex-1 items-center">
      {lead ? (
        <span className="pointer-events-none absolute left-3 text-muted [&_svg]:size-4">{lead}</span>
      ) : null}
      {input}
      {trail ? <span className="absolute right-2 flex items-center text-sm text-muted">{trail}</span> : null}
    </div>
  );
}
