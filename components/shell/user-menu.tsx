'use client';

import { ChevronsUpDown, Keyboard, LogOut, UserRound } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { useTransition } from 'react';
import { DropdownMenu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { Link } from '@/components/ui/link';
import { type Locale, locales } from '@/lib/i18n/locales';
import { useShortcutSheet } from './keyboard-shortcuts';

export type ShellUser = { name: string; email: string; role: 'viewer' | 'marketer' | 'admin' };

const themes = ['light', 'dark', 'system'] as const;

export function UserMenu({
  user,
  onSelectLocale,
  onSignOut,
}: {
  user: ShellUser;
  onSelectLocale: (locale: Locale) => Promise<unknown>;
  onSignOut: () => Promise<unknown>;
}) {
  const t = useTranslations('shell');
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  const openShortcuts = useShortcutSheet();
  const [, startTransition] = useTransition();
  return (
    <DropdownMenu
      align="start"
      side="top"
      label={t('user.menu')}
      trigger={
        <button
          type="button"
          className="-m-1 flex w-[calc(100%+0.5rem)] items-center gap-2 rounded-md p-2 text-left transition-colors hover:bg-hover"
        >
          <span className="sr-only">{t('user.menu')}</span>
          <span className="min-w-0 flex-1">
            <span className="block truncate">{user.name}</span>
            <span className="block truncate text-sm text-muted">{t(`role.${user.role}`)}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      }
    >
      <p className="max-w-56 truncate px-2.5 py-1.5 text-sm text-muted">{user.email}</p>
      <MenuItem asChild>
        <Link href="/settings/profile">
          <UserRound aria-hidden />
          {t('user.profile')}
        </Link>
      </MenuItem>
      <MenuItem onSelect={openShortcuts}>
        <Keyboard aria-hidden />
        {t('user.shortcuts')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t('user.language')}</MenuLabel>
      <MenuChoices
        value={locale}
        options={locales.map((value) => ({
          value,
          label: <span lang={value}>{t(`languages.${value}`)}</span>,
        }))}
        onValueChange={(value) => startTransition(async () => void (await onSelectLocale(value)))}
      />
      <MenuLabel>{t('user.theme')}</MenuLabel>
      <MenuChoices
        value={themes.find((each) => each === theme) ?? null}
        options={themes.map((value) => ({ value, label: t(`user.${value}`) }))}
        onValueChange={setTheme}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => startTransition(async () => void (await onSignOut()))}>
        <LogOut aria-hidden />
        {t('user.signOut')}
      </MenuItem>
    </DropdownMenu>
  );
}
