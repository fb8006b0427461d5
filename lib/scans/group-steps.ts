import 'server-only';
import type { WakeableTask } from '../background/task';
import type { ReplyContent } from '../replies/types';
import type { FollowMark } from './count-history';
import type { GroupConnection } from './record-store';

/** One push as it is to be recorded. */
export type PushedEvent = {
  openid: string;
  kind: 'subscribe' | 'scan' | 'unsubscribe';
  /** Unix seconds. */
  createTime: number;
  /** Lower case. */
  event: string;
  eventKey: string;
  ticket: string | null;
  scene: string | null;
};

/** What became of it. */
export type RecordedEvent = {
  pushed: PushedEvent;
  /** The same for every delivery of this push. */
  digest: string;
  personKey: string;
  /** False: it had been recorded before. */
  isFirstDelivery: boolean;
  /** Null where it had been recorded before. */
  eventId: string | null;
  followerId: string | null;
  codeId: string | null;
  channelId: string | null;
  campaignId: string | null;
  scene: string | null;
  /** Of a follow through a code: whether this person was new. */
  follow: FollowMark;
  /** What the scan is answered with, when it was first delivered as now; a step sets it. */
  reply: ReplyContent | null;
  /** Tasks that have work of it once it is committed; steps add to them. */
  wakes: WakeableTask[];
};

/** Of the group as a whole. */
export type GroupFacts = {
  /** Some tag of the account marks followers: read along with the events, so that no step asks for it again. */
  marksFollowers: boolean;
};

/**
 * What else belongs to a group, in this order: `inTransaction` commits with the events or not at all (a binding that one
 * scan wins); `afterCommit` begins when the events are safe, and its failing changes nothing (webhooks).
 */
export type GroupStep = {
  name: string;
  inTransaction?: (
    connection: GroupConnection,
    accountId: string,
    recorded: RecordedEvent[],
    facts: GroupFacts,
  ) => Promise<void>;
  afterCommit?: (accountId: string, recorded: RecordedEvent[]) => Promise<void>;
};
