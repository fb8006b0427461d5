'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names';

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: ComponentProps<typeof Radix.Root> & { label?: ReactNode; hint?: ReactNode }) {
  const id = useId();
  const box = (
    <Radix.Root
      id={id}
      aria-describedby={hint ? `${id}hint` : undefined}
      {...rest}
      className={cn(
        // The pseudo-element widens what a finger has to hit.
        "relative grid size-5 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface text-on-accent transition-colors before:absolute before:-inset-2 before:content-[''] hover:border-ink disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
    >
      <Radix.Indicator>
        {rest.checked === 'indeterminate' ? (
          <Minus aria-hidden className="size-4" />
        ) : (
          <Check aria-hidden className="size-4" />
        )}
      </Radix.Indicator>
    </Radix.Root>
  );
  if (!label) return box;
  return (
    <div className="flex gap-2.5">
      <span className="flex h-6 items-center">{box}</span>
      <div className="min-w-0">
        <label htmlFor={rest.id ?? id}>{label}</label>
        {hint ? (
          <p id={`${id}hint`} className="text-sm text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
