import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { rangePresets } from '@/lib/analytics/format';
import { comparables, dimensions, figureNames, periods } from '@/lib/analytics/types';

export const views = ['trend', 'patterns', 'compare', 'followers', 'unscanned', 'wechat'] as const;
export type View = (typeof views)[number];

/** What the page of analytics keeps in the URL. */
export const analyticsParsers = {
  view: parseAsStringLiteral(views).withDefault('trend'),
  preset: parseAsStringLiteral(rangePresets),
  from: parseAsString,
  to: parseAsString,
  by: parseAsStringLiteral(periods),
  figure: parseAsStringLiteral(figureNames).withDefault('scans'),
  part: parseAsStringLiteral(dimensions).withDefault('campaign'),
  campaignId: parseAsString,
  channelId: parseAsString,
  codeId: parseAsString,
  tagId: parseAsString,
  city: parseAsString,
  region: parseAsString,
  compare: parseAsStringLiteral(comparables).withDefault('campaign'),
  ids: parseAsArrayOf(parseAsString).withDefault([]),
  place: parseAsString,
};

export const loadAnalyticsQuery = createLoader(analyticsParsers);
export type AnalyticsQuery = Awaited<ReturnType<typeof loadAnalyticsQuery>>;

const serialize = createSerializer(analyticsParsers);

/** The same page with some of it changed. */
export function analyticsHref(query: AnalyticsQuery, change: Partial<AnalyticsQuery>): string {
  return serialize('/analytics', { ...query, ...change });
}
