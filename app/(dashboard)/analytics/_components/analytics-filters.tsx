'use client';

import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { type Filter, FilterChips } from '@/components/ui/filter-chips';
import { Link } from '@/components/ui/link';
import { SearchFilterChip } from '@/components/ui/search-filter-chip';
import { useListTransition } from '../../_components/list-frame';
import { searchCampaignsAction } from '../../campaigns/actions';
import { searchChannelsAction } from '../../channels/actions';
import { type AnalyticsQuery, analyticsParsers } from './query-parsers';

type Named = { id: string; name: string } | null;

/** What the figures are narrowed by; a code is chosen by drilling down to it, and taken off here. */
export function AnalyticsFilters({
  accountId,
  campaign,
  channel,
  code,
  choices,
}: {
  accountId: string;
  campaign: Named;
  channel: Named;
  code: Named;
  choices: {
    cities: readonly string[];
    regions: readonly string[];
    tags: readonly { id: string; name: string }[];
  };
}) {
  const t = useTranslations('analytics.filters');
  const startTransition = useListTransition();
  const [query, setQuery] = useQueryStates(analyticsParsers, { shallow: false, startTransition });

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

  const toCodes = codesHref(query);
  const named = (names: readonly string[]) => names.map((value) => ({ value, label: value }));
  const filters: Filter[] = [
    {
      key: 'tagId',
      label: t('tag'),
      value: query.tagId,
      options: choices.tags.map(({ id, name }) => ({ value: id, label: name })),
      onValueChange: (tagId: string | null) => setQuery({ tagId }),
    },
    {
      key: 'city',
      label: t('city'),
      value: query.city,
      options: named(choices.cities),
      onValueChange: (city: string | null) => setQuery({ city }),
    },
    {
      key: 'region',
      label: t('region'),
      value: query.region,
      options: named(choices.regions),
      onValueChange: (region: string | null) => setQuery({ region }),
    },
    {
      key: 'codeId',
      label: t('code'),
      value: code?.id ?? null,
      options: code ? [{ value: code.id, label: code.name }] : [],
      onValueChange: (codeId: string | null) => setQuery({ codeId }),
    },
  ].filter(({ options, value }) => options.length > 0 || value !== null);

  return (
    <>
      <SearchFilterChip
        label={t('campaign')}
        value={campaign ? { value: campaign.id, label: campaign.name } : null}
        search={searchCampaigns}
        onValueChange={(campaignId) => setQuery({ campaignId })}
      />
      <SearchFilterChip
        label={t('channel')}
        value={channel ? { value: channel.id, label: channel.name } : null}
        search={searchChannels}
        onValueChange={(channelId) => setQuery({ channelId })}
      />
      <FilterChips
        label={t('label')}
        filters={filters}
        onClear={() =>
          setQuery({ campaignId: null, channelId: null, codeId: null, tagId: null, city: null, region: null })
        }
      />
      {toCodes ? (
        <Link
          href={toCodes}
          className="ml-auto text-sm text-accent underline underline-offset-3 max-sm:ml-0"
          prefetch={false}
        >
          {t('codes')}
        </Link>
      ) : null}
    </>
  );
}

/** The list of codes narrowed alike; null where it cannot be, or is not. */
function codesHref({ campaignId, channelId, tagId, codeId, city, region }: AnalyticsQuery): string | null {
  if (codeId || city || region) return null;
  const named = Object.entries({ campaignId, channelId, tagId }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  return named.length === 0 ? null : `/codes?${new URLSearchParams(named)}`;
}
