import 'server-only';
import { type CountedHistory, countHistory, type HistoryEvent } from './count-history';
import { foldHistory, type Memory, toMemory } from './fold-history';
import type { Increments } from './increments';
import { toLocalTime } from './local-time';
import type { FollowerRow, StoredEvent } from './record-store';

/** Read one by one up to so many; then the oldest are folded, so that who scans all day costs no more than others. */
const maxUnfolded = 256;

export function toHistoryEvent({ k, at, s, c, h, g }: StoredEvent): HistoryEvent {
  const at_ = Number(at);
  const scene = c === null ? s : null;
  return { kind: k, at: at_, lastAt: at_, times: 1, scene, codeId: c, channelId: h, campaignId: g };
}

export function countIn(zone: string, history: readonly HistoryEvent[]): CountedHistory | null {
  return history.length === 0 ? null : countHistory(history, (at) => toLocalTime(at, zone));
}

export type PersonChange = {
  id: string;
  memory: unknown;
  foldedThrough: string;
  countedZone: string;
  /** What was known and is not folded, and what has come; or the same as changed. */
  before: { folded: HistoryEvent[]; events: HistoryEvent[] };
  after: { folded: HistoryEvent[]; events: HistoryEvent[] };
  /** Up to this event all is in `after`. */
  lastEventId: string;
  openidSealed: string | null;
};

/**
 * Adds what changes for one person to the increments.
 *
 * @param zone  the account's present time zone; who was counted in another is counted anew
 * @param alsoInto  the sums of a replay that has already passed this person
 * @returns the follower's row as it is to be written, and the counts after
 */
export function changePerson(
  person: PersonChange,
  zone: string,
  into: Increments,
  alsoInto: Increments | null,
): { row: FollowerRow; after: CountedHistory } {
  const { before, after } = person;
  const old = countIn(person.countedZone, [...before.folded, ...before.events]);
  const all = [...after.folded, ...after.events];
  const now = countHistory(all, (at) => toLocalTime(at, zone));
  into.change(old, now);
  alsoInto?.change(old, now);
  const isFolding = after.events.length > maxUnfolded || before.folded !== after.folded;
  return {
    after: now,
    row: toFollowerRow(person, zone, now, isFolding ? foldedOf(person, all) : null),
  };
}

function foldedOf(
  { after, lastEventId, foldedThrough }: PersonChange,
  all: HistoryEvent[],
): { memory: Memory; through: string } {
  if (after.events.length > maxUnfolded) return { memory: toMemory(foldHistory(all)), through: lastEventId };
  return { memory: toMemory(after.folded), through: foldedThrough };
}

export function toFollowerRow(
  person: Pick<PersonChange, 'id' | 'openidSealed'>,
  zone: string,
  { state }: CountedHistory,
  folded: { memory: unknown; through: string } | null,
): FollowerRow {
  return {
    id: person.id,
    first_seen_at: state.firstSeenAt,
    is_following: state.isFollowing,
    followed_at: state.followedAt,
    unfollowed_at: state.unfollowedAt,
    first_code_id: state.firstCodeId,
    first_campaign_id: state.firstCampaignId,
    last_code_id: state.lastCodeId,
    last_campaign_id: state.lastCampaignId,
    counted_zone: zone,
    openid_sealed: person.openidSealed,
    memory: folded?.memory ?? null,
    folded_through: folded?.through ?? null,
  };
}
