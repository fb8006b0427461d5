'use client';

import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cn } from './class-names';
import { useFieldGroup } from './field';

export type RadioCard<V extends string> = {
  value: V;
  title: ReactNode;
  /** The consequence of this choice, in a sentence. */
  text?: ReactNode;
  disabled?: boolean;
};

/** A choice between a few things that each need a sentence. Stands in a `<Field group>`. */
export function RadioCards<V extends string>({
  options,
  columns = 2,
  className,
  value,
  defaultValue,
  onValueChange,
  name,
  disabled,
}: {
  options: readonly RadioCard<V>[];
  columns?: 1 | 2 | 3;
  className?: string;
  value?: V;
  defaultValue?: V;
  onValueChange?: (value: V) => void;
  name?: string;
  disabled?: boolean;
}) {
  const wiring = useFieldGroup();
  const id = useId();
  return (
    <RadioGroup.Root
      {...wiring}
      value={value}
      defaultValue={defaultValue}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange?.(option.value);
      }}
      name={name}
      disabled={disabled}
      className={cn(
        'grid gap-2',
        columns === 2 && 'sm:grid-cols-2',
        columns === 3 && 'sm:grid-cols-3',
        className,
      )}
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled}
          aria-labelledby={`${id}${option.value}-title`}
          aria-describedby={option.text ? `${id}${option.value}-text` : undefined}
          className="group flex gap-2.5 rounded-md border border-line-strong bg-surface p-3 text-left transition-colors hover:border-ink disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
        >
          <span className="mt-1 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface group-data-[state=checked]:border-accent">
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span className="min-w-0">
            <span id={`${id}${option.value}-title`} className="block font-semibold">
              {option.title}
            </span>
            {option.text ? (
              <span id={`${id}${option.value}-text`} className="block text-sm text-pretty text-muted">
                {option.text}
              </span>
            ) : null}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
