import type { LocalTime } from './local-time';

/** Where a scan counts. Without a code (an unknown scene, or no scene at all) it counts nowhere. */
export type Place = {
  codeId: string | null;
  channelId: string | null;
  campaignId: string | null;
};

/** One event of one person, or the scans of one place within a quarter of an hour, folded into one. */
export type HistoryEvent = Place & {
  kind: 'subscribe' | 'scan' | 'unsubscribe';
  /** Unix seconds; of folded scans the first. */
  at: number;
  /** Of folded scans the last, else `at`. */
  lastAt: number;
  /** How many scans it stands for. */
  times: number;
  /** What was scanned, where no code is known for it. */
  scene: string | null;
};

/** Bits of {@link Mark.people}, five for each of account, campaign, channel, code, channel in campaign, code in campaign. */
export const peopleBits = { hour: 1, day: 2, week: 4, month: 8, ever: 16 } as const;
export const bitsOfScope = 5;

export type FollowMark = 'new' | 'again' | null;

/** What one event counts for, beside being a scan. */
export type Mark = {
  event: HistoryEvent;
  local: LocalTime;
  /** In which scopes and periods it is this person's first scan. */
  people: number;
  follow: FollowMark;
  /** Days within which the follow was lost: 1, 7, 30; 0: it was not. */
  lostWithin: 0 | 1 | 7 | 30;
  /** Of an unfollow: the follow that it ends, where that came through a code. */
  credit: HistoryEvent | null;
};

/** How the person stands after all of it. */
export type FollowerState = {
  firstSeenAt: number;
  isFollowing: boolean;
  followedAt: number | null;
  unfollowedAt: number | null;
  firstCodeId: string | null;
  firstCampaignId: string | null;
  lastCodeId: string | null;
  lastCampaignId: string | null;
};

export type CountedHistory = { marks: Mark[]; state: FollowerState };

const daySeconds = 86_400;
const rankOfKind = { subscribe: 0, scan: 1, unsubscribe: 2 } as const;

/**
 * Says what each event of one person counts for. The one definition of every count: recording, adoption, replay, a
 * changed time zone and the check all add up what this answers, so the order in which events arrive cannot matter.
 *
 * A scan is an event through a code: SCAN, or a subscribe with a scene. A follow through a code is new when nothing at
 * all is known of the person before it, else it is a follow again. An unfollow ends the follow before it and is credited
 * to that follow's code, campaign and channel. The first scan of a period counts the person in that period.
 *
 * @param history  in any order; left as it is
 * @param toLocal  the wall clock of the account's time zone
 * @returns marks in order of time
 */
export function countHistory(
  history: readonly HistoryEvent[],
  toLocal: (at: number) => LocalTime,
): CountedHistory {
  const events = history.length > 1 ? [...history].sort(compareEvents) : history;
  const seen = new Map<string, Set<number>>();
  const marks: Mark[] = [];
  let follow: Mark | null = null;
  for (const event of events) {
    const local = toLocal(event.at);
    const mark: Mark = { event, local, people: 0, follow: null, lostWithin: 0, credit: null };
    if (event.kind === 'unsubscribe') {
      if (follow) endFollow(follow, mark);
      follow = null;
    } else {
      if (event.codeId !== null) mark.people = markPeople(seen, event, local);
      if (event.kind === 'subscribe') {
        if (event.codeId !== null) mark.follow = marks.length === 0 ? 'new' : 'again';
        follow = mark;
      }
    }
    marks.push(mark);
  }
  return { marks, state: stateAfter(events) };
}

/** Events of the same second: a follow comes before a scan, and that before an unfollow. */
export function compareEvents(a: HistoryEvent, b: HistoryEvent): number {
  return (
    a.at - b.at ||
    rankOfKind[a.kind] - rankOfKind[b.kind] ||
    compareTexts(a.codeId, b.codeId) ||
    compareTexts(a.campaignId, b.campaignId) ||
    compareTexts(a.channelId, b.channelId) ||
    compareTexts(a.scene, b.scene)
  );
}

function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

function endFollow(follow: Mark, unfollow: Mark): void {
  if (follow.event.codeId === null) return;
  unfollow.credit = follow.event;
  const days = (unfollow.event.at - follow.event.at) / daySeconds;
  follow.lostWithin = days <= 1 ? 1 : days <= 7 ? 7 : days <= 30 ? 30 : 0;
}

function markPeople(seen: Map<string, Set<number>>, event: HistoryEvent, local: LocalTime): number {
  const { codeId, channelId, campaignId } = event;
  let people = firstIn(seen, '', local);
  if (campaignId !== null) people |= firstIn(seen, `g${campaignId}`, local) << bitsOfScope;
  if (channelId !== null) {
    people |= firstIn(seen, `h${channelId}`, local) << (2 * bitsOfScope);
    people |= firstIn(seen, `h${channelId}${campaignId}`, local) << (4 * bitsOfScope);
  }
  people |= firstIn(seen, `c${codeId}`, local) << (3 * bitsOfScope);
  people |= firstIn(seen, `c${codeId}${campaignId}`, local) << (5 * bitsOfScope);
  return people;
}

/** A Set rather than the last period seen: where clocks go back by two hours, an hour comes again after another. */
function firstIn(seen: Map<string, Set<number>>, scope: string, { day, hour }: LocalTime): number {
  const known = seen.get(scope);
  const hourKey = day * 32 + hour;
  if (!known) {
    seen.set(scope, new Set([hourKey, dayKey(day), weekKey(day), monthKey(day)]));
    return peopleBits.hour | peopleBits.day | peopleBits.week | peopleBits.month | peopleBits.ever;
  }
  let bits = 0;
  if (!known.has(hourKey)) {
    known.add(hourKey);
    bits |= peopleBits.hour;
    if (addTo(known, dayKey(day))) bits |= peopleBits.day;
    if (addTo(known, weekKey(day))) bits |= peopleBits.week;
    if (addTo(known, monthKey(day))) bits |= peopleBits.month;
  }
  return bits;
}

function addTo(known: Set<number>, key: number): boolean {
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

// Apart from the keys of hours, which stay below 10^8 until the year 10,000.
const dayKey = (day: number) => 1e9 + day;
/** Weeks begin on Monday; 1970-01-01 was a Thursday. */
const weekKey = (day: number) => 2e9 + Math.floor((day + 3) / 7);

function monthKey(day: number): number {
  const date = new Date(day * daySeconds * 1000);
  return 3e9 + date.getUTCFullYear() * 12 + date.getUTCMonth();
}

function stateAfter(events: readonly HistoryEvent[]): FollowerState {
  const state: FollowerState = {
    ...{ firstSeenAt: events[0]?.at ?? 0, isFollowing: false, followedAt: null, unfollowedAt: null },
    ...{ firstCodeId: null, firstCampaignId: null, lastCodeId: null, lastCampaignId: null },
  };
  let lastSign = Number.NEGATIVE_INFINITY;
  let lastTouch = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.kind === 'unsubscribe') state.unfollowedAt = event.at;
    else lastSign = Math.max(lastSign, event.lastAt);
    if (event.kind === 'subscribe') state.followedAt = event.at;
    if (event.codeId === null) continue;
    if (state.firstCodeId === null) {
      state.firstCodeId = event.codeId;
      state.firstCampaignId = event.campaignId;
    }
    if (event.lastAt >= lastTouch) {
      lastTouch = event.lastAt;
      state.lastCodeId = event.codeId;
      state.lastCampaignId = event.campaignId;
    }
  }
  state.isFollowing = state.unfollowedAt === null || lastSign > state.unfollowedAt;
  if (state.followedAt !== null && state.unfollowedAt !== null && state.followedAt <= state.unfollowedAt) {
    state.followedAt = null;
  }
  return state;
}
