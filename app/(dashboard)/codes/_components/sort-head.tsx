'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import type { CodeSortKey } from '@/lib/codes/types';
import { useListTransition } from '../../_components/list-frame';
import { codeListParsers, firstPage } from './list-parsers';

/** The head of a column that sorts: once by it, once more the other way round. */
export function SortHead({ sortKey, label }: { sortKey: CodeSortKey; label: string }) {
  const t = useTranslations('codes.sort');
  const startTransition = useListTransition();
  const [{ sort, order }, setQuery] = useQueryStates(codeListParsers, { shallow: false, startTransition });
  const isActive = sort === sortKey;
  const first = sortKey === 'label' || sortKey === 'expiresAt' ? 'asc' : 'desc';
  const next = isActive ? (order === 'asc' ? 'desc' : 'asc') : first;
  const Arrow = order === 'asc' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      className="inline-flex items-center gap-1 rounded-sm font-semibold hover:text-ink"
      aria-label={`${t('by', { what: label })} (${t(next)})`}
      onClick={() => setQuery({ sort: sortKey, order: next, ...firstPage })}
    >
      {label}
      {isActive ? <Arrow aria-hidden className="size-3.5 text-ink" /> : null}
    </button>
  );
}
