import type { useTranslations } from 'next-intl';
import { compareScans } from '@/lib/analytics/compare-scans';
import { compareWithWeChat } from '@/lib/analytics/compare-with-wechat';
import { getBreakdown } from '@/lib/analytics/get-breakdown';
import { getFunnel } from '@/lib/analytics/get-funnel';
import { getHeatMap } from '@/lib/analytics/get-heat-map';
import { getLifeUsed } from '@/lib/analytics/get-life-used';
import { getSeries } from '@/lib/analytics/get-series';
import { getTouches } from '@/lib/analytics/get-touches';
import { getWeekHours } from '@/lib/analytics/get-week-hours';
import { listCampaignCosts } from '@/lib/analytics/list-campaign-costs';
import { listNeverScannedCodes } from '@/lib/analytics/list-never-scanned';
import type { CsvQuery } from '@/lib/analytics/schemas';
import { type CountedDto, figureNames } from '@/lib/analytics/types';
import type { Context } from '@/lib/context';

type TextKey = Parameters<ReturnType<typeof useTranslations<'analytics'>>>[0];
export type ReportText = (key: TextKey) => string;
type Cell = string | number | null;
type Table = { head: string[]; rows: Cell[][] };

const MOST_PARTS = 1_000;
const MOST_CODES = 500;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** What a chart shows as a table, from the same service with the same query. */
export async function makeTable(
  ctx: Context,
  accountId: string,
  query: CsvQuery & Record<string, unknown>,
  text: ReportText,
): Promise<Table> {
  const { report, by, compare, ids, figure, ...rest } = query;
  const figureHead = [...figureNames.map((name) => text(`figures.${name}`)), text('csv.peopleIs')];
  const figureCells = (item: CountedDto): Cell[] => [
    ...figureNames.map((name) => item[name]),
    text(`csv.${item.peopleIs}`),
  ];
  // Each service checks the rest with its own schema.
  const narrowed = rest as Record<string, string>;

  switch (report) {
    case 'series': {
      const { items } = await getSeries(ctx, accountId, { ...narrowed, by: by as 'day' });
      const head = [text('csv.key'), ...figureHead];
      return { head, rows: items.map((item) => [item.key, ...figureCells(item)]) };
    }
    case 'breakdown': {
      const input = { ...narrowed, by: by as 'campaign', limit: MOST_PARTS };
      const { items } = await getBreakdown(ctx, accountId, input);
      const head = [text('csv.key'), text('csv.name'), ...figureHead];
      return { head, rows: items.map((item) => [item.key, item.name, ...figureCells(item)]) };
    }
    case 'compare': {
      const input = {
        ...narrowed,
        by: by as 'day',
        compare: compare ?? 'campaign',
        ids: (ids ?? '').split(','),
      };
      const compared = await compareScans(ctx, accountId, input);
      return {
        head: [text('csv.key'), ...compared.map(({ name }) => name)],
        rows: (compared[0]?.items ?? []).map(({ key }, i) => [
          key,
          ...compared.map(({ items }) => items[i]?.[figure ?? 'scans'] ?? 0),
        ]),
      };
    }
    case 'heat': {
      const { columns, rows } = await getHeatMap(ctx, accountId, narrowed);
      return {
        head: [text('csv.channel'), ...columns.map(({ name }) => name || text('parts.none.campaign'))],
        rows: rows.map(({ name, scans }) => [name || text('parts.none.channel'), ...scans]),
      };
    }
    case 'hours': {
      const { scans } = await getWeekHours(ctx, accountId, narrowed);
      return {
        head: [text('csv.weekday'), ...Array.from({ length: 24 }, (_, hour) => String(hour))],
        rows: weekdays.map((day, i) => [text(`patterns.days.${day}`), ...(scans[i] ?? [])]),
      };
    }
    case 'funnel': {
      const funnel = await getFunnel(ctx, accountId, narrowed);
      return {
        head: [text('csv.keptAfter'), text('csv.follows'), text('csv.kept'), text('csv.until')],
        rows: [
          [0, funnel.follows, funnel.follows, ''],
          ...funnel.kept.map(({ days, follows, kept, until }) => [days, follows, kept, until]),
        ],
      };
    }
    case 'costs': {
      const costs = await listCampaignCosts(ctx, accountId);
      return {
        head: [text('csv.campaign'), text('csv.cost'), text('csv.follows'), text('csv.perFollower')],
        rows: costs.map((each) => [
          each.name,
          each.cost,
          each.newFollowers + each.refollows,
          each.costPerFollower,
        ]),
      };
    }
    case 'touches': {
      const { items } = await getTouches(ctx, accountId);
      return {
        head: [text('csv.campaign'), text('csv.first'), text('csv.last')],
        rows: items.map(({ name, first, last }) => [name || text('parts.none.campaign'), first, last]),
      };
    }
    case 'unscanned': {
      const codes = await listNeverScannedCodes(ctx, accountId, { limit: MOST_CODES });
      return {
        head: [
          text('csv.label'),
          text('csv.number'),
          text('csv.channel'),
          text('csv.city'),
          text('csv.region'),
          text('csv.issuedAt'),
          text('csv.printedAt'),
        ],
        rows: codes.map(({ label, channel, issuedAt, printedAt }) => [
          label,
          channel?.number ?? '',
          channel?.name ?? '',
          channel?.city ?? '',
          channel?.region ?? '',
          issuedAt,
          printedAt ?? '',
        ]),
      };
    }
    case 'life': {
      const life = await getLifeUsed(ctx, accountId, narrowed);
      const names = [
        text('unscanned.life.first'),
        text('unscanned.life.second'),
        text('unscanned.life.third'),
        text('unscanned.life.fourth'),
      ];
      return {
        head: [text('csv.quarter'), text('csv.codes')],
        rows: [
          ...life.lastScanInQuarter.map((codes, i) => [names[i] ?? '', codes]),
          [text('unscanned.life.never'), life.neverScanned],
        ],
      };
    }
    case 'wechat': {
      const days = await compareWithWeChat(ctx, accountId, narrowed);
      return {
        head: [text('csv.day'), text('csv.follows'), text('csv.wechat'), text('csv.difference')],
        rows: days.map(({ day, follows, wechatNewUsers, difference }) => [
          day,
          follows,
          wechatNewUsers,
          difference,
        ]),
      };
    }
  }
}
