'use client';

import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { cn } from './class-names';
import { Input } from './input';

/**
 * The search box of a list; `/` goes to it. Tells what was typed 250 ms after the last key, and not while an input method
 * composes.
 */
export function SearchInput({
  value,
  onSearch,
  label,
  className,
}: {
  value: string;
  onSearch: (text: string) => void;
  /** Names what is searched: "Search codes by label, scene value or channel". */
  label: string;
  className?: string;
}) {
  const t = useTranslations('common');
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const told = useRef(value);

  // Somebody else changed it: the back button, "clear filters".
  useEffect(() => {
    if (value !== told.current) {
      told.current = value;
      setTyped(value);
    }
  }, [value]);

  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      if (composing.current) return;
      told.current = typed;
      onSearch(typed);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);

  return (
    <search className={cn('flex w-full sm:w-72', className)}>
      <Input
        type="text"
        role="searchbox"
        enterKeyHint="search"
        data-shortcut="search"
        aria-label={label}
        placeholder={label}
        lead={<Search aria-hidden />}
        trail={
          typed ? (
            <button
              type="button"
              aria-label={t('actions.clear')}
              onClick={() => setTyped('')}
              className="grid size-7 place-items-center rounded-sm hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </button>
          ) : undefined
        }
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          told.current = event.currentTarget.value;
          onSearch(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
    </search>
  );
}
