'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { useFieldControl } from './field';
import { controlClasses } from './input';

export type SelectOption = { value: string; label: string; disabled?: boolean };

/** The platform's own select, dressed: on a phone it opens the wheel that people know. For long lists see Combobox. */
export function Select({
  className,
  options,
  placeholder,
  ...rest
}: Omit<ComponentProps<'select'>, 'children'> & {
  options: readonly (SelectOption | { group: string; options: readonly SelectOption[] })[];
  /** An empty first choice. */
  placeholder?: string;
}) {
  const wiring = useFieldControl(rest);
  return (
    <span className={cn('relative flex min-w-0 items-center', className)}>
      <select
        {...rest}
        {...wiring}
        className={cn(controlClasses, 'h-10 appearance-none truncate pr-9 sm:h-9')}
      >
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) =>
          'group' in option ? (
            <optgroup key={option.group} label={option.group}>
              {option.options.map(renderOption)}
            </optgroup>
          ) : (
            renderOption(option)
          ),
        )}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-3 size-4 text-muted" />
    </span>
  );
}

function renderOption({ value, label, disabled }: SelectOption) {
  return (
    <option key={value} value={value} disabled={disabled}>
      {label}
    </option>
  );
}
