import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countNaively, type KnownCode, noCampaign, type ToldEvent } from '@/scripts/fault-test/naive-counts';
import type { HistoryEvent } from './count-history';
import { foldHistory, fromMemory, toMemory } from './fold-history';
import { dayColumns, Increments, type RowIncrement } from './increments';
import { countIn } from './recounting';

const accountId = 'the account';
const codes: KnownCode[] = [
  { id: 'c1', scene: '1', channelId: 'h1', campaigns: [{ fromAt: 0, campaignId: 'g1' }] },
  {
    ...{ id: 'c2', scene: '2', channelId: 'h1' },
    campaigns: [
      { fromAt: 0, campaignId: 'g1' },
      { fromAt: Date.UTC(2026, 2, 29) / 1000, campaignId: 'g2' },
    ],
  },
  { id: 'c3', scene: '3', channelId: null, campaigns: [{ fromAt: 0, campaignId: null }] },
];

// Days on which clocks change: Berlin 29 March 2026, New York 8 March, Lord Howe (half an hour) 5 April, Troll (two hours).
const zones = [
  'Asia/Shanghai',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Asia/Kolkata',
];
const moment = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 28) / 1000, max: Date.UTC(2026, 2, 30) / 1000 }),
  fc.integer({ min: Date.UTC(2026, 9, 24, 22) / 1000, max: Date.UTC(2026, 9, 25, 4) / 1000 }),
  fc.integer({ min: Date.UTC(2026, 1, 1) / 1000, max: Date.UTC(2026, 10, 1) / 1000 }),
);
const told = fc.record({
  openid: fc.constant('a person'),
  at: moment,
  kind: fc.constantFrom<ToldEvent['kind']>('subscribe', 'scan', 'scan', 'unsubscribe'),
  scene: fc.constantFrom('1', '2', '3', 'nobody knows', null),
});
const history = fc.array(told, { maxLength: 25 }).map((events): ToldEvent[] =>
  events.map((event) => ({
    ...event,
    scene: event.kind === 'unsubscribe' ? null : event.kind === 'scan' ? (event.scene ?? '1') : event.scene,
  })),
);

function toEvent({ kind, at, scene }: ToldEvent): HistoryEvent {
  const code = codes.find((one) => one.scene === scene);
  const campaigns = code?.campaigns.filter(({ fromAt }) => fromAt <= at) ?? [];
  return {
    ...{ kind, at, lastAt: at, times: 1, scene: code ? null : scene },
    ...{
      codeId: code?.id ?? null,
      channelId: code?.channelId ?? null,
      campaignId: campaigns.at(-1)?.campaignId ?? null,
    },
  };
}

const naiveNames: Record<string, string> = {
  people_of_week: 'people_week',
  people_of_month: 'people_month',
};

function flatten(rows: RowIncrement[]): [string, Record<string, number>][] {
  return rows.map(({ scope, scope_id, campaign_id, local_date, local_hour, values }) => {
    const key = [scope, scope_id, campaign_id, local_date, ...(local_hour < 0 ? [] : [local_hour])].join('|');
    const counts = dayColumns.flatMap((name, place): [string, number][] =>
      values[place] ? [[naiveNames[name] ?? name, values[place]]] : [],
    );
    return [key, Object.fromEntries(counts)];
  });
}

function sumOf(increments: Increments): Map<string, Record<string, number>> {
  const { days, hours } = increments.rows();
  const codeRows = increments.codes().map(({ code_id, first_scan_at, last_scan_at, ...counts }) => {
    const kept = Object.entries(counts).filter(([, count]) => count !== 0);
    return [`code|${code_id}`, Object.fromEntries(kept)] as [string, Record<string, number>];
  });
  return new Map(
    [...flatten(days), ...flatten(hours), ...codeRows].filter(([, row]) => Object.keys(row).length > 0),
  );
}

it('counts as one who counts by hand does, in every time zone', () => {
  fc.assert(
    fc.property(history, fc.constantFrom(...zones), (events, zone) => {
      const increments = new Increments(accountId);
      increments.change(null, countIn(zone, events.map(toEvent)));
      expect(sumOf(increments)).toEqual(countNaively(accountId, events, codes, zone).rows);
    }),
    { numRuns: 400 },
  );
});

it('comes to the same in whatever order and groups events arrive, folded or not, and when the time zone changes', () => {
  const way = fc.record({
    events: history.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    ),
    size: fc.integer({ min: 1, max: 6 }),
    foldEvery: fc.integer({ min: 1, max: 4 }),
    zones: fc.tuple(fc.constantFrom(...zones), fc.constantFrom(...zones)),
  });
  fc.assert(
    fc.property(way, ({ events: [events, shuffled], size, foldEvery, zones: [first, last] }) => {
      const increments = new Increments(accountId);
      let folded: HistoryEvent[] = [];
      let open: HistoryEvent[] = [];
      let zone = first;
      for (let from = 0, group = 0; from < shuffled.length; from += size, group++) {
        if (group % foldEvery === 0) {
          folded = fromMemory(JSON.parse(JSON.stringify(toMemory(foldHistory([...folded, ...open])))));
          open = [];
        }
        const before = countIn(zone, [...folded, ...open]);
        if (from > shuffled.length / 2) zone = last;
        open = [...open, ...shuffled.slice(from, from + size).map(toEvent)];
        increments.change(before, countIn(zone, [...folded, ...open]));
      }
      const all = [...folded, ...open];
      increments.change(countIn(zone, all), countIn(last, all));
      expect(sumOf(increments)).toEqual(countNaively(accountId, events, codes, last).rows);
    }),
    { numRuns: 400 },
  );
});

it('reads ten thousand scans of a day as 96', () => {
  const midnight = Date.UTC(2026, 5, 1) / 1000;
  const scans = Array.from({ length: 10_000 }, (_, i) =>
    toEvent({ openid: 'x', kind: 'scan', scene: '1', at: midnight + Math.floor(i * 8.64) }),
  );
  const folded = foldHistory(scans);
  expect(folded).toHaveLength(96);
  const [whole, short] = [scans, folded].map((events) => {
    const increments = new Increments(accountId);
    increments.change(null, countIn('Asia/Kolkata', events));
    return sumOf(increments);
  });
  expect(short).toEqual(whole);
  expect(whole?.get(`code|c1|g1|2026-06-01`)?.scans).toBeGreaterThan(0);
  expect(whole?.has(`account|${accountId}|${noCampaign}|2026-06-01`)).toBe(true);
});
