'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

export const menuClasses =
  'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-rise-in overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-pop';

const item =
  'relative flex min-h-9 items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-ink outline-none select-none data-disabled:opacity-55 data-highlighted:bg-hover sm:min-h-8 [&_svg]:size-4 [&_svg]:shrink-0';

/** A menu of things to do or of choices, opened by `trigger` (one element that takes a ref). */
export function DropdownMenu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
  label,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
  label?: string;
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={menuClasses}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** With `asChild` its one child, a link, becomes the item. */
export function MenuItem({
  tone,
  className,
  ...rest
}: ComponentProps<typeof Radix.Item> & { tone?: 'danger' }) {
  return <Radix.Item className={cn(item, tone === 'danger' && 'text-red', className)} {...rest} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2.5 pt-2 pb-1 text-sm text-muted">{children}</Radix.Label>;
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

/** One of several: the chosen one carries a tick. */
export function MenuChoices<V extends string>({
  value,
  options,
  onValueChange,
}: {
  value: V | null;
  options: readonly { value: V; label: ReactNode; detail?: ReactNode }[];
  onValueChange: (value: V) => void;
}) {
  return (
    <Radix.RadioGroup value={value ?? ''}>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onValueChange(option.value)}
          className={cn(item, 'pl-8')}
        >
          <Radix.ItemIndicator className="absolute left-2">
            <Check aria-hidden className="text-accent" />
          </Radix.ItemIndicator>
          <span className="min-w-0 flex-1">{option.label}</span>
          {option.detail ? <span className="text-sm text-muted">{option.detail}</span> : null}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
