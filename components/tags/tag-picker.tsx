'use client';

import { Command } from 'cmdk';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFieldGroup } from '@/components/ui/field';
import { Popover } from '@/components/ui/popover';
import { mostTagCharacters, mostTagsOfCode } from '@/lib/tags/types';

/**
 * Tags by their names: each a chip that can be taken off, and more found by typing. A name that is not there yet makes a tag.
 *
 * @param onAdd  one name at a time; the list stays open for the next
 */
export function TagPicker({
  names,
  known,
  onAdd,
  onRemove,
}: {
  names: readonly string[];
  /** Of the account. */
  known: readonly { id: string; name: string }[];
  onAdd: (name: string) => void;
  onRemove: (name: string) => void;
}) {
  const t = useTranslations('tags.picker');
  const group = useFieldGroup();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const typed = query.trim().normalize('NFC');
  const isFull = names.length >= mostTagsOfCode;
  const isTooLong = typed.length > mostTagCharacters;
  const found = known.filter(
    ({ name }) => !names.includes(name) && name.toLowerCase().includes(typed.toLowerCase()),
  );
  const isNew =
    typed !== '' && !isTooLong && !names.includes(typed) && !known.some(({ name }) => name === typed);

  const add = (name: string) => {
    setQuery('');
    onAdd(name);
  };
  const empty = () => {
    if (isFull) return t('full', { max: mostTagsOfCode });
    if (isTooLong) return t('tooLong', { max: mostTagCharacters });
    return known.length === 0 ? t('none') : t('more');
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would break the row of chips, and Field names the group
    <div role="group" {...group} className="flex min-w-0 flex-wrap items-center gap-1.5">
      {names.map((name) => (
        <span
          key={name}
          className="inline-flex h-8 max-w-full min-w-0 items-center rounded-full border border-line-strong bg-surface pr-1 pl-3 text-sm"
        >
          <span className="truncate">{name}</span>
          <button
            type="button"
            aria-label={t('remove', { name })}
            onClick={() => onRemove(name)}
            className="ml-0.5 grid size-6 shrink-0 place-items-center rounded-full text-muted hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
      <Popover
        label={t('add')}
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          setQuery('');
        }}
        className="w-64 overflow-hidden p-0"
        trigger={
          <button
            type="button"
            className="inline-flex h-8 items-center gap-1 rounded-full border border-dashed border-line-strong px-3 text-sm text-muted hover:bg-hover hover:text-ink"
          >
            <Plus aria-hidden className="size-3.5" />
            {t('add')}
          </button>
        }
      >
        <Command shouldFilter={false} label={t('add')}>
          <Command.Input
            value={query}
            onValueChange={setQuery}
            placeholder={t('search')}
            className="h-10 w-full border-b border-line bg-transparent px-3 outline-none"
          />
          <Command.List label={t('add')} className="max-h-64 overflow-y-auto p-1">
            <Command.Empty className="px-2 py-1.5 text-sm text-pretty text-muted">{empty()}</Command.Empty>
            {isFull
              ? null
              : found.map(({ id, name }) => (
                  <Command.Item key={id} value={id} onSelect={() => add(name)} className={itemClasses}>
                    <span className="min-w-0 flex-1 truncate">{name}</span>
                  </Command.Item>
                ))}
            {isNew && !isFull ? (
              <Command.Item value={`make ${typed}`} onSelect={() => add(typed)} className={itemClasses}>
                <Plus aria-hidden className="size-4 shrink-0 text-accent" />
                <span className="min-w-0 flex-1 truncate">{t('make', { name: typed })}</span>
              </Command.Item>
            ) : null}
          </Command.List>
        </Command>
      </Popover>
    </div>
  );
}

const itemClasses =
  'flex items-center gap-2 rounded-sm px-2 py-1.5 select-none data-[selected=true]:bg-hover';
