import {
  bitsOfScope,
  type CountedHistory,
  type HistoryEvent,
  type Mark,
  type Place,
  peopleBits,
} from './count-history';
import { toDateText } from './local-time';

export const noCampaign = '00000000-0000-0000-0000-000000000000';

/** The columns of a row of a day, in this order; a row of an hour uses those that it has. */
export const dayColumns = [
  'scans',
  'people',
  'people_of_week',
  'people_of_month',
  'people_ever',
  'people_of_pair',
  'people_of_pair_week',
  'people_of_pair_month',
  'people_of_pair_ever',
  'new_followers',
  'refollows',
  'follower_scans',
  'unfollows',
  'lost_1',
  'lost_7',
  'lost_30',
] as const;

export type Scope = 'account' | 'campaign' | 'channel' | 'code';

const column = Object.fromEntries(dayColumns.map((name, place) => [name, place])) as Record<
  (typeof dayColumns)[number],
  number
>;

type Row = { day: number; hour: number; values: number[] };

type ScopeRows = {
  scope: Scope;
  scopeId: string;
  campaignId: string;
  days: Map<number, Row>;
  hours: Map<number, Row>;
};

/** The rows of one scope, and where its people stand in a mark: over all campaigns, and within the pair. */
type Counted = { rows: ScopeRows; shift: number; pairShift: number };

export type RowIncrement = {
  scope: Scope;
  scope_id: string;
  campaign_id: string;
  local_date: string;
  local_hour: number;
  values: number[];
};
export type CodeIncrement = {
  code_id: string;
  scans: number;
  people: number;
  new_followers: number;
  refollows: number;
  unfollows: number;
  first_scan_at: number | null;
  last_scan_at: number | null;
};

/**
 * Adds up, for many people at once, what their histories count for, as increments of the rows that pages read.
 *
 * Events whose mark has not changed cost next to nothing.
 */
export class Increments {
  readonly #accountId: string;
  readonly #scopes = new Map<string, ScopeRows>();
  readonly #places = new Map<string, Counted[]>();
  readonly #touched = new Map<string, { first: number; last: number }>();
  /** Local days on which something has changed, since 1970-01-01. */
  readonly days = new Set<number>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  /** What `after` counts for and `before` did not. */
  change(before: CountedHistory | null, after: CountedHistory | null): void {
    const known = new Map<HistoryEvent, Mark>();
    for (const mark of before?.marks ?? []) known.set(mark.event, mark);
    for (const mark of after?.marks ?? []) {
      const old = known.get(mark.event);
      if (old) known.delete(mark.event);
      if (old && isSame(old, mark)) continue;
      if (old) this.#add(old, -1);
      this.#add(mark, 1);
    }
    for (const mark of known.values()) this.#add(mark, -1);
  }

  #add(mark: Mark, sign: 1 | -1): void {
    const { event, local } = mark;
    const place = event.kind === 'unsubscribe' ? mark.credit : event.codeId === null ? null : event;
    if (event.kind !== 'unsubscribe' && place === null) return;
    this.days.add(local.day);
    for (const counted of this.#scopesOf(place)) this.#addTo(counted, mark, sign);
    if (event.kind !== 'unsubscribe' && sign === 1 && event.codeId !== null) this.#touch(event.codeId, event);
  }

  #addTo({ rows, shift, pairShift }: Counted, mark: Mark, sign: 1 | -1): void {
    const { event, local, follow, lostWithin } = mark;
    const day = rowOf(rows.days, local.day, local.day, -1).values;
    const hour = rowOf(rows.hours, local.day * 32 + local.hour, local.day, local.hour).values;
    const both = (place: number, by: number) => {
      day[place] = (day[place] ?? 0) + by;
      hour[place] = (hour[place] ?? 0) + by;
    };
    if (event.kind === 'unsubscribe') {
      both(column.unfollows, sign);
      return;
    }
    both(column.scans, sign * event.times);
    if (event.kind === 'scan') both(column.follower_scans, sign * event.times);
    if (follow === 'new') both(column.new_followers, sign);
    if (follow === 'again') both(column.refollows, sign);
    addPeople(day, hour, column.people, (mark.people >> shift) & 31, sign);
    addPeople(day, hour, column.people_of_pair, (mark.people >> pairShift) & 31, sign);
    if (lostWithin === 0) return;
    if (lostWithin === 1) day[column.lost_1] = (day[column.lost_1] ?? 0) + sign;
    if (lostWithin <= 7) day[column.lost_7] = (day[column.lost_7] ?? 0) + sign;
    day[column.lost_30] = (day[column.lost_30] ?? 0) + sign;
  }

  #touch(codeId: string, { at, lastAt }: HistoryEvent): void {
    const known = this.#touched.get(codeId);
    if (!known) this.#touched.set(codeId, { first: at, last: lastAt });
    else {
      known.first = Math.min(known.first, at);
      known.last = Math.max(known.last, lastAt);
    }
  }

  #scopesOf(place: Place | null): Counted[] {
    const key = place === null ? '' : `${place.codeId} ${place.channelId} ${place.campaignId}`;
    const known = this.#places.get(key);
    if (known) return known;
    const made: Counted[] = [
      { rows: this.#scope('account', this.#accountId, noCampaign), shift: 0, pairShift: 0 },
    ];
    if (place) {
      const { codeId, channelId, campaignId } = place;
      const pair = campaignId ?? noCampaign;
      const [ofCampaign, ofChannel, ofCode, ofChannelPair, ofCodePair] = [1, 2, 3, 4, 5].map(
        (n) => n * bitsOfScope,
      );
      if (campaignId !== null)
        made.push({
          rows: this.#scope('campaign', campaignId, noCampaign),
          shift: ofCampaign ?? 0,
          pairShift: ofCampaign ?? 0,
        });
      if (channelId !== null)
        made.push({
          rows: this.#scope('channel', channelId, pair),
          shift: ofChannel ?? 0,
          pairShift: ofChannelPair ?? 0,
        });
      if (codeId !== null)
        made.push({
          rows: this.#scope('code', codeId, pair),
          shift: ofCode ?? 0,
          pairShift: ofCodePair ?? 0,
        });
    }
    this.#places.set(key, made);
    return made;
  }

  #scope(scope: Scope, scopeId: string, campaignId: string): ScopeRows {
    const key = `${scope} ${scopeId} ${campaignId}`;
    let rows = this.#scopes.get(key);
    if (!rows) {
      rows = { scope, scopeId, campaignId, days: new Map(), hours: new Map() };
      this.#scopes.set(key, rows);
    }
    return rows;
  }

  /** Rows that change, in one order for everybody, so that two processes never wait for each other. Hour -1: the day. */
  rows(): { days: RowIncrement[]; hours: RowIncrement[] } {
    const days: RowIncrement[] = [];
    const hours: RowIncrement[] = [];
    const scopes = [...this.#scopes.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, { scope, scopeId, campaignId, ...rows }] of scopes) {
      const put = (into: RowIncrement[], from: Map<number, Row>) => {
        for (const { day, hour, values } of [...from.values()].sort(
          (a, b) => a.day - b.day || a.hour - b.hour,
        )) {
          if (values.some((value) => value !== 0))
            into.push({
              scope,
              scope_id: scopeId,
              campaign_id: campaignId,
              local_date: toDateText(day),
              local_hour: hour,
              values,
            });
        }
      };
      put(days, rows.days);
      put(hours, rows.hours);
    }
    return { days, hours };
  }

  /** What a code's life gains, in order of ids. */
  codes(): CodeIncrement[] {
    const codes = new Map<string, CodeIncrement>();
    for (const { scope, scopeId, days } of this.#scopes.values()) {
      if (scope !== 'code') continue;
      const touched = this.#touched.get(scopeId);
      const total = codes.get(scopeId) ?? {
        ...{ code_id: scopeId, scans: 0, people: 0, new_followers: 0, refollows: 0, unfollows: 0 },
        ...{ first_scan_at: touched?.first ?? null, last_scan_at: touched?.last ?? null },
      };
      codes.set(scopeId, total);
      for (const { values } of days.values()) {
        total.scans += values[column.scans] ?? 0;
        total.people += values[column.people_ever] ?? 0;
        total.new_followers += values[column.new_followers] ?? 0;
        total.refollows += values[column.refollows] ?? 0;
        total.unfollows += values[column.unfollows] ?? 0;
      }
    }
    return [...codes.values()].sort((a, b) => (a.code_id < b.code_id ? -1 : 1));
  }
}

function isSame(a: Mark, b: Mark): boolean {
  return (
    a.people === b.people &&
    a.follow === b.follow &&
    a.lostWithin === b.lostWithin &&
    a.credit === b.credit &&
    a.local.day === b.local.day &&
    a.local.hour === b.local.hour
  );
}

function rowOf(rows: Map<number, Row>, key: number, day: number, hour: number): Row {
  let row = rows.get(key);
  if (!row) {
    row = { day, hour, values: new Array<number>(dayColumns.length).fill(0) };
    rows.set(key, row);
  }
  return row;
}

/** `from` is the column of the day; those of week, month and ever follow it. */
function addPeople(day: number[], hour: number[], from: number, bits: number, sign: 1 | -1): void {
  if (bits === 0) return;
  if (bits & peopleBits.hour) hour[from] = (hour[from] ?? 0) + sign;
  if (bits & peopleBits.day) day[from] = (day[from] ?? 0) + sign;
  if (bits & peopleBits.week) day[from + 1] = (day[from + 1] ?? 0) + sign;
  if (bits & peopleBits.month) day[from + 2] = (day[from + 2] ?? 0) + sign;
  if (bits & peopleBits.ever) day[from + 3] = (day[from + 3] ?? 0) + sign;
}
