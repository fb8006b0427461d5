'use client';

import { ChevronsUpDown, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { DropdownMenu, MenuChoices, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { Link } from '@/components/ui/link';

export type ShellAccount = { id: string; name: string; appId: string };

export function AccountSwitcher({
  accounts,
  currentAccountId,
  onSelectAccount,
  mayConnectAccounts,
}: {
  accounts: readonly ShellAccount[];
  currentAccountId: string | null;
  onSelectAccount: (accountId: string) => Promise<unknown>;
  mayConnectAccounts: boolean;
}) {
  const t = useTranslations('shell.account');
  const [pending, startTransition] = useTransition();
  const current = accounts.find((account) => account.id === currentAccountId);
  return (
    <DropdownMenu
      align="start"
      label={t('switch')}
      trigger={
        <button
          type="button"
          aria-busy={pending}
          className="flex w-full items-center gap-2 rounded-md border border-line bg-surface px-3 py-2 text-left transition-colors hover:border-line-strong"
        >
          <span className="min-w-0 flex-1">
            <span className="block text-sm text-muted">{t('label')}</span>
            <span className="block truncate font-semibold">{current?.name ?? t('none')}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      }
    >
      <MenuChoices
        value={currentAccountId}
        options={accounts.map(({ id, name, appId }) => ({
          value: id,
          label: (
            <>
              <span className="block">{name}</span>
              <span className="block font-mono text-sm text-muted">{appId}</span>
            </>
          ),
        }))}
        onValueChange={(id) => {
          if (id !== currentAccountId) startTransition(async () => void (await onSelectAccount(id)));
        }}
      />
      {mayConnectAccounts ? (
        <>
          {accounts.length > 0 ? <MenuSeparator /> : null}
          <MenuItem asChild>
            <Link href="/settings/accounts/new">
              <Plus aria-hidden />
              {t('connect')}
            </Link>
          </MenuItem>
        </>
      ) : null}
    </DropdownMenu>
  );
}
