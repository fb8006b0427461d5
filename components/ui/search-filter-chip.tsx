'use client';

import { Command } from 'cmdk';
import { Check, ChevronDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { cn } from './class-names';
import type { ComboboxOption } from './combobox';
import { Popover } from './popover';

/** A filter chip whose values are too many to list: they are found by typing. */
export function SearchFilterChip({
  label,
  value,
  onValueChange,
  search,
}: {
  label: string;
  value: { value: string; label: string } | null;
  onValueChange: (value: string | null) => void;
  /** Asked again 150 ms after the last key. */
  search: (query: string) => Promise<readonly ComboboxOption[]>;
}) {
  const t = useTranslations('common');
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly ComboboxOption[] | null>(null);

  useEffect(() => {
    if (!open) return;
    let dropped = false;
    const timer = setTimeout(
      async () => {
        const options = await search(query).catch(() => []);
        if (!dropped) setFound(options);
      },
      query ? 150 : 0,
    );
    return () => {
      dropped = true;
      clearTimeout(timer);
    };
  }, [open, query, search]);

  const choose = (next: string | null) => {
    setOpen(false);
    setQuery('');
    onValueChange(next);
  };

  return (
    <span
      className={cn(
        'inline-flex h-9 min-w-0 items-center rounded-full border text-sm sm:h-8',
        value ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
      )}
    >
      <Popover
        label={label}
        open={open}
        onOpenChange={setOpen}
        className="w-72 overflow-hidden p-0"
        trigger={
          <button
            type="button"
            className={cn(
              'flex h-full min-w-0 items-center gap-1 rounded-full pl-3',
              value ? 'pr-1' : 'pr-2.5',
            )}
          >
            {value ? (
              <>
                <span className="shrink-0 text-muted">{label}</span>
                <span className="max-w-40 truncate font-semibold">{value.label}</span>
              </>
            ) : (
              <>
                {label}
                <ChevronDown aria-hidden className="size-4 text-muted" />
              </>
            )}
          </button>
        }
      >
        <Command shouldFilter={false} label={label}>
          <Command.Input
            value={query}
            onValueChange={setQuery}
            placeholder={t('typeToSearch')}
            className="h-10 w-full border-b border-line bg-transparent px-3 outline-none"
          />
          <Command.List label={label} className="max-h-64 overflow-y-auto p-1">
            {found === null ? (
              <p className="px-2 py-1.5 text-sm text-muted">{t('loading')}</p>
            ) : (
              <Command.Empty className="px-2 py-1.5 text-sm text-muted">{t('noMatch')}</Command.Empty>
            )}
            {found?.map((option) => (
              <Command.Item
                key={option.value}
                value={option.value}
                onSelect={() => choose(option.value)}
                className="flex items-center gap-2 rounded-sm px-2 py-1.5 select-none data-[selected=true]:bg-hover"
              >
                <Check
                  aria-hidden
                  className={cn('size-4 shrink-0 text-accent', option.value !== value?.value && 'invisible')}
                />
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {option.detail ? <span className="shrink-0 text-sm text-muted">{option.detail}</span> : null}
              </Command.Item>
            ))}
          </Command.List>
        </Command>
      </Popover>
      {value ? (
        <button
          type="button"
          aria-label={t('removeFilter', { label: `${label} ${value.label}` })}
          onClick={() => choose(null)}
          className="mr-1 grid size-6 shrink-0 place-items-center rounded-full hover:bg-hover"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : null}
    </span>
  );
}
