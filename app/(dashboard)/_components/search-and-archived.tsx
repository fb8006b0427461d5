'use client';

import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { type Filter, FilterChips } from '@/components/ui/filter-chips';
import { SearchInput } from '@/components/ui/search-input';
import { useListTransition } from './list-frame';
import { listParsers } from './list-parsers';

/** Search and the one filter that campaigns and channels share. */
export function SearchAndArchived({
  searchLabel,
  filterLabel,
}: {
  searchLabel: string;
  filterLabel: string;
}) {
  const t = useTranslations('common.status');
  const startTransition = useListTransition();
  const [{ q, archived }, setQuery] = useQueryStates(listParsers, { shallow: false, startTransition });
  const filters: Filter[] = [
    {
      key: 'archived',
      label: t('archived'),
      value: archived,
      options: [{ value: 'only', label: t('archived') }],
      onValueChange: (value) =>
        setQuery({ archived: value === 'only' ? 'only' : null, cursor: null, trail: null }),
    },
  ];
  return (
    <>
      <SearchInput
        value={q}
        label={searchLabel}
        onSearch={(text) => setQuery({ q: text || null, cursor: null, trail: null })}
      />
      <FilterChips
        label={filterLabel}
        filters={filters}
        onClear={() => setQuery({ archived: null, cursor: null, trail: null })}
      />
    </>
  );
}
