'use client';

import { ArrowDownUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { Button } from '@/components/ui/button';
import { DropdownMenu, MenuChoices, MenuSeparator } from '@/components/ui/dropdown-menu';
import { type Filter, FilterChips } from '@/components/ui/filter-chips';
import { SearchFilterChip } from '@/components/ui/search-filter-chip';
import { SearchInput } from '@/components/ui/search-input';
import { type CodeSortKey, codeKinds, codeOrigins, codeSortKeys, codeStatuses } from '@/lib/codes/types';
import { useListTransition } from '../../_components/list-frame';
import { searchCampaignsAction } from '../../campaigns/actions';
import { searchChannelsAction } from '../../channels/actions';
import { codeListParsers, expiryDays, firstPage } from './list-parsers';

type Named = { id: string; name: string } | null;

/** Scans are a key of the interface already; nothing counts them yet. */
const shownSortKeys = codeSortKeys.filter((key) => key !== 'scans');

/** Search, filters and order of the list of codes; all of it stands in the URL. */
export function CodeFilters({
  accountId,
  campaign,
  channel,
  tags,
}: {
  accountId: string;
  /** What the URL's ids stand for. */
  campaign: Named;
  channel: Named;
  /** Of the account. */
  tags: readonly { id: string; name: string }[];
}) {
  const t = useTranslations('codes');
  const common = useTranslations('common');
  const startTransition = useListTransition();
  const [query, setQuery] = useQueryStates(codeListParsers, { shallow: false, startTransition });

  const searchCampaigns = useCallback(
    async (q: string) => {
      const result = await searchCampaignsAction({ accountId, q });
      return result.ok ? result.value.map(({ id, name }) => ({ value: id, label: name })) : [];
    },
    [accountId],
  );
  const searchChannels = useCallback(
    async (q: string) => {
      const result = await searchChannelsAction({ accountId, q });
      return result.ok
        ? result.value.map(({ id, name, number }) => ({ value: id, label: name, detail: number }))
        : [];
    },
    [accountId],
  );

  const filters: Filter[] = [
    // Comes from the map of the quota page, and is only taken away here.
    ...(query.scenes
      ? [
          {
            key: 'scenes',
            label: t('filters.scenes'),
            value: query.scenes,
            options: [{ value: query.scenes, label: query.scenes.replace('-', '–') }],
            onValueChange: (scenes: string | null) => setQuery({ scenes, ...firstPage }),
          },
        ]
      : []),
    ...(tags.length > 0
      ? [
          {
            key: 'tagId',
            label: t('filters.tag'),
            value: query.tagId,
            options: tags.map(({ id, name }) => ({ value: id, label: name })),
            onValueChange: (tagId: string | null) => setQuery({ tagId, ...firstPage }),
          },
        ]
      : []),
    {
      key: 'kind',
      label: t('filters.kind'),
      value: query.kind,
      options: codeKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
      onValueChange: (value) =>
        setQuery({ kind: codeKinds.find((kind) => kind === value) ?? null, ...firstPage }),
    },
    {
      key: 'status',
      label: t('filters.status'),
      value: query.status,
      options: codeStatuses.map((value) => ({ value, label: common(`status.${value}`) })),
      onValueChange: (value) =>
        setQuery({ status: codeStatuses.find((status) => status === value) ?? null, ...firstPage }),
    },
  ];
  filters.push(
    {
      key: 'expires',
      label: t('filters.expires'),
      value: query.expiresWithinDays === null ? null : String(query.expiresWithinDays),
      options: expiryDays.map((days) => ({
        value: String(days),
        label: t('filters.expiresWithin', { days }),
      })),
      onValueChange: (value) =>
        setQuery({ expiresWithinDays: value === null ? null : Number(value), ...firstPage }),
    },
    {
      key: 'origin',
      label: t('filters.origin'),
      value: query.flagged ? 'flagged' : query.origin,
      options: [
        ...codeOrigins.map((value) => ({ value: value as string, label: t(`origin.${value}`) })),
        { value: 'flagged', label: t('filters.flagged') },
      ],
      onValueChange: (value) =>
        setQuery({
          origin: codeOrigins.find((origin) => origin === value) ?? null,
          flagged: value === 'flagged' ? 'true' : null,
          importId: null,
          ...firstPage,
        }),
    },
  );
  const clear = () =>
    setQuery({
      ...{ campaignId: null, channelId: null, tagId: null, scenes: null, kind: null, status: null },
      ...{ expiresWithinDays: null, origin: null, flagged: null, importId: null },
      ...firstPage,
    });

  return (
    <>
      <SearchInput
        value={query.q}
        label={t('searchLabel')}
        onSearch={(text) => setQuery({ q: text || null, ...firstPage })}
      />
      <SearchFilterChip
        label={t('filters.campaign')}
        value={campaign ? { value: campaign.id, label: campaign.name } : null}
        search={searchCampaigns}
        onValueChange={(campaignId) => setQuery({ campaignId, ...firstPage })}
      />
      <SearchFilterChip
        label={t('filters.channel')}
        value={channel ? { value: channel.id, label: channel.name } : null}
        search={searchChannels}
        onValueChange={(channelId) => setQuery({ channelId, ...firstPage })}
      />
      <FilterChips label={t('filterLabel')} filters={filters} onClear={clear} />
      <div className="ml-auto">
        <DropdownMenu
          label={t('sort.label')}
          trigger={
            <Button variant="quiet" size="sm">
              <ArrowDownUp aria-hidden />
              {sortName(t, query.sort)}
            </Button>
          }
        >
          <MenuChoices
            value={query.sort}
            options={shownSortKeys.map((value) => ({ value, label: sortName(t, value) }))}
            onValueChange={(sort) => setQuery({ sort, ...firstPage })}
          />
          <MenuSeparator />
          <MenuChoices
            value={query.order}
            options={(['asc', 'desc'] as const).map((value) => ({ value, label: t(`sort.${value}`) }))}
            onValueChange={(order) => setQuery({ order, ...firstPage })}
          />
        </DropdownMenu>
      </div>
    </>
  );
}

function sortName(t: ReturnType<typeof useTranslations<'codes'>>, key: CodeSortKey): string {
  return key === 'label' ? t('sort.labelKey') : t(`sort.${key}`);
}
