'use client';

import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { Switch } from '@/components/ui/switch';
import type { Messages } from '@/lib/i18n/load-messages';
import { nextRowIndex, shortcutOf } from './shortcut-of';

const SheetContext = createContext<() => void>(() => {});

/** Opens the list of shortcuts. */
export const useShortcutSheet = () => useContext(SheetContext);

const listed: { keys: string; name: keyof Messages['shell']['shortcuts'] }[] = [
  { keys: '/', name: 'search' },
  { keys: 'c', name: 'create' },
  { keys: 'j', name: 'next' },
  { keys: 'k', name: 'previous' },
  { keys: 'x', name: 'select' },
  { keys: 'Enter', name: 'open' },
  { keys: '?', name: 'help' },
];

const OFF_KEY = 'shortcuts-off';

/**
 * Single-key shortcuts for all pages, in one place. Pages only mark what is meant:
 *
 * - `data-shortcut="search"` the search box (SearchInput does), `data-shortcut="create"` the link or button that creates
 * - `data-row` a row (Tr does), in it `data-row-link` (RowLink) and `data-row-select` (SelectRow)
 *
 * Enter needs nothing: moving puts the focus on the row's link. They can be switched off, for who dictates or uses keys
 * of their own (WCAG 2.1.4).
 */
export function KeyboardShortcuts({ children }: { children: ReactNode }) {
  const t = useTranslations('shell.shortcuts');
  const [sheetOpen, setSheetOpen] = useState(false);
  const [enabled, setEnabled] = useState(true);
  const openSheet = useCallback(() => setSheetOpen(true), []);

  useEffect(() => setEnabled(localStorage.getItem(OFF_KEY) === null), []);

  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      if (!shortcut || document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      if (shortcut === 'help') setSheetOpen(true);
      else if (!act(shortcut)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [enabled]);

  const switchTo = (on: boolean) => {
    setEnabled(on);
    if (on) localStorage.removeItem(OFF_KEY);
    else localStorage.setItem(OFF_KEY, '1');
  };

  return (
    <SheetContext value={openSheet}>
      {children}
      <Dialog open={sheetOpen} onOpenChange={setSheetOpen} title={t('title')} text={t('text')}>
        <dl className="mb-4 divide-y divide-line">
          {listed.map(({ keys, name }) => (
            <div key={name} className="flex items-center justify-between py-2">
              <dt>{t(name)}</dt>
              <dd>
                <Kbd>{keys}</Kbd>
              </dd>
            </div>
          ))}
        </dl>
        <Switch label={t('enabled')} checked={enabled} onCheckedChange={switchTo} />
      </Dialog>
    </SheetContext>
  );
}

/** @returns whether the page has something to do it to */
function act(shortcut: 'search' | 'create' | 'next' | 'previous' | 'select'): boolean {
  if (shortcut === 'search' || shortcut === 'create') {
    const marked = document.querySelectorAll<HTMLElement>(`[data-shortcut="${shortcut}"]`);
    const target = [...marked].find((element) => element.checkVisibility());
    if (!target) return false;
    if (shortcut === 'create') target.click();
    else target.focus();
    return true;
  }
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  if (shortcut === 'select') {
    const box = rows[current]?.querySelector<HTMLElement>('[data-row-select]');
    box?.click();
    return Boolean(box);
  }
  const row = rows[nextRowIndex(current, rows.length, shortcut)];
  const link = row?.querySelector<HTMLElement>('[data-row-link]');
  link?.focus();
  row?.scrollIntoView({ block: 'nearest' });
  return Boolean(link);
}
