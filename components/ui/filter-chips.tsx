'use client';

import { ChevronDown, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from './class-names';
import { DropdownMenu, MenuChoices } from './dropdown-menu';

export type Filter = {
  key: string;
  label: string;
  /** null: not filtered by this. */
  value: string | null;
  options: readonly { value: string; label: string; count?: string }[];
  onValueChange: (value: string | null) => void;
};

/** Filters as chips: an empty one offers its values, a set one says its value and can be taken off. */
export function FilterChips({
  filters,
  onClear,
  label,
}: {
  filters: readonly Filter[];
  onClear: () => void;
  /** Names the group for who cannot see it: "Filter codes". */
  label: string;
}) {
  const t = useTranslations('common');
  const active = filters.filter((filter) => filter.value !== null).length;
  return (
    <fieldset aria-label={label} className="m-0 flex min-w-0 flex-wrap items-center gap-2 border-0 p-0">
      {filters.map((filter) => (
        <FilterChip key={filter.key} filter={filter} />
      ))}
      {active > 1 ? (
        <button
          type="button"
          onClick={onClear}
          className="h-9 px-1 text-sm text-muted underline underline-offset-3 hover:text-ink sm:h-8"
        >
          {t('clearFilters')}
        </button>
      ) : null}
    </fieldset>
  );
}

function FilterChip({ filter }: { filter: Filter }) {
  const t = useTranslations('common');
  const { label, value, options, onValueChange } = filter;
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <span
      className={cn(
        'inline-flex h-9 items-center rounded-full border text-sm sm:h-8',
        chosen === null ? 'border-line-strong bg-surface' : 'border-accent bg-accent-soft',
      )}
    >
      <DropdownMenu
        align="start"
        label={label}
        trigger={
          <button
            type="button"
            className={cn(
              'flex h-full items-center gap-1 rounded-full pl-3',
              chosen === null ? 'pr-2.5' : 'pr-1',
            )}
          >
            {chosen === null ? (
              label
            ) : (
              <>
                <span className="text-muted">{label}</span>
                <span className="font-semibold">{chosen}</span>
              </>
            )}
            {chosen === null ? <ChevronDown aria-hidden className="size-4 text-muted" /> : null}
          </button>
        }
      >
        <MenuChoices
          value={value}
          options={options.map((option) => ({ ...option, detail: option.count }))}
          onValueChange={onValueChange}
        />
      </DropdownMenu>
      {chosen === null ? null : (
        <button
          type="button"
          aria-label={t('removeFilter', { label: `${label} ${chosen}` })}
          onClick={() => onValueChange(null)}
          className="mr-1 grid size-6 place-items-center rounded-full hover:bg-hover"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </span>
  );
}
