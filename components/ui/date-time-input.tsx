'use client';

import { type ComponentProps, useId } from 'react';
import { cn } from './class-names';
import { Input } from './input';

/**
 * The platform's own date (and time) picker, with a row of picks that are wanted most.
 *
 * Values are wall-clock texts of the official account's zone, "2026-12-23T14:02" or "2026-12-23"; `toZonedInput` and
 * `fromZonedInput` of lib/i18n/format turn moments into them and back.
 */
export function DateTimeInput({
  kind = 'datetime',
  value,
  onValueChange,
  presets = [],
  presetsLabel,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  kind?: 'date' | 'datetime';
  value: string;
  onValueChange: (value: string) => void;
  presets?: readonly { label: string; value: string }[];
  presetsLabel?: string;
}) {
  const id = useId();
  return (
    <div className={cn('flex flex-col gap-2', className)}>
      {presets.length > 0 ? (
        <fieldset aria-label={presetsLabel} className="m-0 flex min-w-0 flex-wrap gap-2 border-0 p-0">
          {presets.map((preset) => (
            <button
              key={`${id}${preset.value}`}
              type="button"
              aria-pressed={preset.value === value}
              onClick={() => onValueChange(preset.value)}
              className="h-9 rounded-full border border-line-strong bg-surface px-3 text-sm transition-colors hover:border-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold sm:h-8"
            >
              {preset.label}
            </button>
          ))}
        </fieldset>
      ) : null}
      <Input
        {...rest}
        type={kind === 'date' ? 'date' : 'datetime-local'}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        className="sm:w-64"
      />
    </div>
  );
}
