'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { Button } from './button';
import { Checkbox } from './checkbox';

export type RowSelection = {
  ids: ReadonlySet<string>;
  count: number;
  /** All of the page, some, or none. */
  state: boolean | 'indeterminate';
  toggle: (id: string, withShift: boolean) => void;
  toggleAll: () => void;
  clear: () => void;
};

/**
 * Which rows of a page are ticked. With shift, all from the row ticked before; rows that leave the page leave the selection.
 *
 * @param rowIds  in the order shown
 */
export function useRowSelection(rowIds: readonly string[]): RowSelection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const ids = useMemo(() => new Set(rowIds.filter((id) => chosen.has(id))), [rowIds, chosen]);

  const toggle = useCallback(
    (id: string, withShift: boolean) => {
      const from = withShift && anchor.current ? rowIds.indexOf(anchor.current) : -1;
      const to = rowIds.indexOf(id);
      const range = from < 0 ? [id] : rowIds.slice(Math.min(from, to), Math.max(from, to) + 1);
      setChosen((before) => {
        const next = new Set(before);
        const tick = !before.has(id);
        for (const each of range) {
          if (tick) next.add(each);
          else next.delete(each);
        }
        return next;
      });
      anchor.current = id;
    },
    [rowIds],
  );

  return {
    ids,
    count: ids.size,
    state: ids.size === 0 ? false : ids.size === rowIds.length ? true : 'indeterminate',
    toggle,
    toggleAll: () => setChosen(ids.size === rowIds.length ? new Set() : new Set(rowIds)),
    clear: () => setChosen(new Set()),
  };
}

/** The tick box of a row. */
export function SelectRow({ id, label, selection }: { id: string; label: string; selection: RowSelection }) {
  const t = useTranslations('common');
  return (
    <Checkbox
      data-row-select=""
      aria-label={t('selectRow', { label })}
      checked={selection.ids.has(id)}
      onClick={(event) => selection.toggle(id, event.shiftKey)}
    />
  );
}

/** The tick box in the head of the table. */
export function SelectAllRows({ selection }: { selection: RowSelection }) {
  const t = useTranslations('common');
  return <Checkbox aria-label={t('selectAll')} checked={selection.state} onClick={selection.toggleAll} />;
}

/** Slides in at the bottom while something is selected; its buttons act on the selection. */
export function SelectionBar({ selection, children }: { selection: RowSelection; children: ReactNode }) {
  const t = useTranslations('common');
  if (selection.count === 0) return null;
  return (
    <section
      aria-label={t('selectedCount', { count: selection.count })}
      className="sticky bottom-4 z-20 mt-4 flex w-fit max-md:mx-auto max-w-full animate-slide-from-bottom flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface py-2 pr-2 pl-4 shadow-pop"
    >
      <span aria-live="polite" className="mr-2 font-semibold">
        {t('selectedCount', { count: selection.count })}
      </span>
      {children}
      <Button variant="quiet" size="icon" aria-label={t('clearSelection')} onClick={selection.clear}>
        <X aria-hidden />
      </Button>
    </section>
  );
}
