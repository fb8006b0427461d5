'use client';

import { Switch as Radix } from 'radix-ui';
import { type ComponentProps, type ReactNode, useId } from 'react';

/**
 * Takes effect at once; for what is saved with a form, Checkbox.
 *
 * @param hideLabel  heard and not seen, where the head of a column says it
 */
export function Switch({
  label,
  hint,
  hideLabel = false,
  ...rest
}: ComponentProps<typeof Radix.Root> &
  (
    | { label: ReactNode; hint?: ReactNode; hideLabel?: false }
    | { label: string; hint?: undefined; hideLabel: true }
  )) {
  const id = useId();
  const control = (
    <Radix.Root
      id={id}
      aria-label={hideLabel && typeof label === 'string' ? label : undefined}
      aria-describedby={hint ? `${id}hint` : undefined}
      {...rest}
      className="inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <Radix.Thumb className="size-4 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-4.5 data-[state=checked]:bg-on-accent" />
    </Radix.Root>
  );
  if (hideLabel) return control;
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={rest.id ?? id}>{label}</label>
        {hint ? (
          <p id={`${id}hint`} className="text-sm text-muted">
            {hint}
          </p>
        ) : null}
      </div>
      {control}
    </div>
  );
}
