import { addDays, daysIn, earlierOf, fittingPeriod, laterOf, presetRange } from '@/lib/analytics/format';
import { getCounting } from '@/lib/analytics/get-counting';
import { maxHourlyDays, maxRangeDays } from '@/lib/analytics/schemas';
import type { CountingDto, DateRange, Period } from '@/lib/analytics/types';
import type { Context } from '@/lib/context';
import type { AnalyticsQuery } from './_components/query-parsers';

export type Filter = {
  campaignId?: string;
  channelId?: string;
  codeId?: string;
  tagId?: string;
  city?: string;
  region?: string;
};

/** What every view of the page is made from. */
export type Report = {
  ctx: Context;
  accountId: string;
  query: AnalyticsQuery;
  filter: Filter;
  range: DateRange;
  period: Period;
  counting: CountingDto;
  /** The query of REST and of the CSV that says the same. */
  csvQuery: Record<string, string>;
};

/** Reads a URL into a report; what no person would type there is set right and not refused. */
export async function loadReport(ctx: Context, accountId: string, query: AnalyticsQuery): Promise<Report> {
  const counting = await getCounting(ctx, accountId);
  const range = readRange(query, counting.today);
  const fitting = fittingPeriod(range);
  const period =
    query.by === null || (query.by === 'hour' && daysIn(range) > maxHourlyDays) ? fitting : query.by;
  const { campaignId, channelId, codeId, tagId, city, region } = query;
  const filter = Object.fromEntries(
    Object.entries({ campaignId, channelId, codeId, tagId, city, region }).filter(([, value]) => value),
  ) as Filter;
  return {
    ctx,
    accountId,
    query,
    filter,
    range,
    period,
    counting,
    csvQuery: { accountId, ...range, ...filter },
  };
}

const isDate = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

function readRange({ from, to, preset }: AnalyticsQuery, today: string): DateRange {
  if (!isDate(from) || !isDate(to)) return presetRange(preset ?? 'last30', today);
  const range = { from: earlierOf(from, to), to: laterOf(from, to) };
  return daysIn(range) <= maxRangeDays ? range : { from: addDays(range.to, 1 - maxRangeDays), to: range.to };
}

export function csvHref(report: Report, name: string, more: Record<string, string> = {}): string {
  return `/api/analytics/csv?${new URLSearchParams({ report: name, ...report.csvQuery, ...more })}`;
}
