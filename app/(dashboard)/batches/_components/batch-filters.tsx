'use client';

import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { FilterChips } from '@/components/ui/filter-chips';
import { batchStates, rowFilters } from '@/lib/batches/types';
import { useListTransition } from '../../_components/list-frame';
import { batchListParsers, batchRowParsers } from './list-parsers';

const firstPage = { cursor: null, trail: null };

/** The list of batches by state. */
export function BatchFilters() {
  const t = useTranslations('batches');
  const startTransition = useListTransition();
  const [{ state }, setQuery] = useQueryStates(batchListParsers, { shallow: false, startTransition });
  const setState = (value: string | null) =>
    setQuery({ state: batchStates.find((each) => each === value) ?? null, ...firstPage });
  return (
    <FilterChips
      label={t('filterLabel')}
      onClear={() => setState(null)}
      filters={[
        {
          key: 'state',
          label: t('columns.state'),
          value: state,
          options: batchStates.map((value) => ({ value, label: t(`state.${value}`) })),
          onValueChange: setState,
        },
      ]}
    />
  );
}

/** The rows of one batch by what became of them. */
export function BatchRowFilters() {
  const t = useTranslations('batches');
  const common = useTranslations('common');
  const startTransition = useListTransition();
  const [{ status }, setQuery] = useQueryStates(batchRowParsers, { shallow: false, startTransition });
  const setStatus = (value: string | null) =>
    setQuery({ status: rowFilters.find((each) => each === value) ?? null, ...firstPage });
  return (
    <FilterChips
      label={t('rows.filterLabel')}
      onClear={() => setStatus(null)}
      filters={[
        {
          key: 'status',
          label: t('rows.columns.status'),
          value: status,
          options: rowFilters.map((value) => ({
            value,
            label: value === 'reused' ? t('rows.reusedStatus') : common(`status.${value}`),
          })),
          onValueChange: setStatus,
        },
      ]}
    />
  );
}
