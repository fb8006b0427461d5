'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { cn } from './class-names';
import { useFieldControl } from './field';
import { controlClasses } from './input';

export type ComboboxOption = { value: string; label: string; detail?: string };

/**
 * A choice out of many, found by typing.
 *
 * @param search  asked again as the person types, 150 ms after the last key; an answer that comes late is dropped
 */
export function Combobox({
  value,
  onValueChange,
  search,
  name,
  placeholder,
  searchPlaceholder,
  clearable = false,
  disabled = false,
  footer,
}: {
  value: ComboboxOption | null;
  onValueChange: (option: ComboboxOption | null) => void;
  search: (query: string) => Promise<readonly ComboboxOption[]> | readonly ComboboxOption[];
  /** Also posts the value with the form, under this name. */
  name?: string;
  placeholder?: string;
  searchPlaceholder?: string;
  clearable?: boolean;
  disabled?: boolean;
  /** Under the list: a way to make what is not there. */
  footer?: ReactNode;
}) {
  const t = useTranslations('common');
  const wiring = useFieldControl();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly ComboboxOption[] | null>(null);
  const [active, setActive] = useState('');

  useEffect(() => {
    if (!open) return;
    let dropped = false;
    const timer = setTimeout(
      async () => {
        const options = await Promise.resolve(search(query)).catch(() => []);
        if (dropped) return;
        setFound(options);
        setActive(options[0]?.value ?? '');
      },
      query ? 150 : 0,
    );
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [open, query, search]);

  const choose = (option: ComboboxOption | null) => {
    onValueChange(option);
    setOpen(false);
    setQuery('');
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <div className="relative flex items-center">
        <Popover.Trigger asChild>
          <button
            type="button"
            role="combobox"
            aria-expanded={open}
            aria-haspopup="listbox"
            disabled={disabled}
            {...wiring}
            className={cn(controlClasses, 'flex h-10 items-center justify-between gap-2 text-left sm:h-9')}
          >
            <span className={cn('truncate', clearable && value && 'pr-8', !value && 'text-muted')}>
              {value?.label ?? placeholder ?? t('choose')}
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
          </button>
        </Popover.Trigger>
        {clearable && value && !disabled ? (
          <button
            type="button"
            aria-label={t('actions.clear')}
            onClick={() => choose(null)}
            className="absolute right-9 grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </button>
        ) : null}
      </div>
      {name ? <input type="hidden" name={name} value={value?.value ?? ''} /> : null}
      <Popover.Portal>
        <Popover.Content
          align="start"
          aria-label={placeholder ?? t('choose')}
          sideOffset={4}
          className="z-50 w-(--radix-popover-trigger-width) min-w-56 animate-rise-in overflow-hidden rounded-md border border-line bg-surface shadow-pop"
        >
          <Command
            shouldFilter={false}
            label={placeholder ?? t('choose')}
            value={active}
            onValueChange={setActive}
          >
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={searchPlaceholder ?? t('typeToSearch')}
              className="h-10 w-full border-b border-line bg-transparent px-3 outline-none"
            />
            <Command.List className="max-h-64 overflow-y-auto p-1" label={placeholder ?? t('choose')}>
              {found === null ? (
                <p className="px-2 py-1.5 text-sm text-muted">{t('loading')}</p>
              ) : (
                <Command.Empty className="px-2 py-1.5 text-sm text-muted">{t('noMatch')}</Command.Empty>
              )}
              {found?.map((option) => (
                <Command.Item
                  key={option.value}
                  value={option.value}
                  onSelect={() => choose(option)}
                  className="flex items-center gap-2 rounded-sm px-2 py-1.5 select-none data-[selected=true]:bg-hover"
                >
                  <Check
                    aria-hidden
                    className={cn(
                      'size-4 shrink-0 text-accent',
                      option.value !== value?.value && 'invisible',
                    )}
                  />
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  {option.detail ? (
                    <span className="shrink-0 text-sm text-muted">{option.detail}</span>
                  ) : null}
                </Command.Item>
              ))}
            </Command.List>
            {footer ? <div className="border-t border-line p-1">{footer}</div> : null}
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
