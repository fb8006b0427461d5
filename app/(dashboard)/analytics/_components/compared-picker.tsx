'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuChoices } from '@/components/ui/dropdown-menu';
import { useListTransition } from '../../_components/list-frame';
import { analyticsParsers } from './query-parsers';

/** What stands side by side, each to be taken off; one more from those with the most scans. */
export function ComparedPicker({
  chosen,
  choices,
  most,
}: {
  chosen: readonly { key: string; name: string }[];
  choices: readonly { key: string; name: string; scans: string }[];
  most: number;
}) {
  const t = useTranslations('analytics.compare');
  const startTransition = useListTransition();
  const [, setQuery] = useQueryStates(analyticsParsers, { shallow: false, startTransition });
  const ids = chosen.map(({ key }) => key);
  const others = choices.filter(({ key }) => !ids.includes(key));
  return (
    <ul aria-label={t('chosen')} className="flex flex-wrap items-center gap-2">
      {chosen.map(({ key, name }) => (
        <li
          key={key}
          className="inline-flex h-8 max-w-60 items-center rounded-full border border-accent bg-accent-soft pl-3 text-sm"
        >
          <span className="truncate">{name}</span>
          <button
            type="button"
            aria-label={t('remove', { name })}
            disabled={chosen.length === 1}
            onClick={() => setQuery({ ids: ids.filter((id) => id !== key) })}
            className="mx-1 grid size-6 shrink-0 place-items-center rounded-full hover:bg-hover disabled:opacity-40"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </li>
      ))}
      {chosen.length < most && others.length > 0 ? (
        <li>
          <DropdownMenu
            align="start"
            label={t('add')}
            trigger={
              <Button variant="secondary" size="sm">
                <Plus aria-hidden />
                {t('add')}
              </Button>
            }
          >
            <MenuChoices
              value={null}
              options={others.map(({ key, name, scans }) => ({ value: key, label: name, detail: scans }))}
              onValueChange={(id) => (id ? setQuery({ ids: [...ids, id] }) : undefined)}
            />
          </DropdownMenu>
        </li>
      ) : null}
    </ul>
  );
}
