'use client';

import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useTransition } from 'react';
import { FilterChips } from '@/components/ui/filter-chips';

type Option = { value: string; label: string };

/** Filters of the audit log, kept in the URL; a new one begins at the top again. */
export function AuditFilters({ kinds, people }: { kinds: readonly Option[]; people: readonly Option[] }) {
  const t = useTranslations('audit');
  const [, startTransition] = useTransition();
  const [{ kind, person }, setQuery] = useQueryStates(
    { kind: parseAsString, person: parseAsString, before: parseAsString, after: parseAsString },
    { shallow: false, startTransition },
  );
  const set = (change: { kind?: string | null; person?: string | null }) =>
    void setQuery({ ...change, before: null, after: null });
  return (
    <FilterChips
      label={t('filter')}
      filters={[
        {
          key: 'kind',
          label: t('kind'),
          value: kind,
          options: kinds,
          onValueChange: (value) => set({ kind: value }),
        },
        {
          key: 'person',
          label: t('person'),
          value: person,
          options: people,
          onValueChange: (value) => set({ person: value }),
        },
      ]}
      onClear={() => set({ kind: null, person: null })}
    />
  );
}
