import 'server-only';
import type { HistoryEvent, Mark } from './count-history';
import { fromMemory } from './fold-history';
import type { GroupStep, PushedEvent, RecordedEvent } from './group-steps';
import { Increments } from './increments';
import { toDateText, toLocalTime } from './local-time';
import { toEventDigest, toPersonKey } from './person-key';
import {
  type ConnectionPool,
  type GroupConnection,
  type GroupWrites,
  inGroupTransaction,
  insertEvents,
  type LockedPerson,
  lockPeople,
  type NewEvent,
  PersonRaced,
  type StoredEvent,
  type UnknownIncrement,
  type WrittenEvents,
  writeGroup,
} from './record-store';
import { changePerson, type PersonChange, toHistoryEvent } from './recounting';

/** What is needed of an account to record its events. */
export type RecordingAccount = {
  id: string;
  personSecret: Buffer;
  asksUserInfo: boolean;
  retentionDays: number;
  sealOpenid: (openid: string) => string;
};

export type Recording = {
  pool: ConnectionPool;
  /** Of roll-up rows: so that processes do not wait for each other's. */
  shard: number;
  now: () => Date;
  steps: readonly GroupStep[];
};

/**
 * Records events of one account in one transaction: each once, whoever else has it; with all that it counts for.
 *
 * @returns in the order given; nothing is recorded of what is older than the account's retention, since nobody could
 *   tell any more whether it had been counted
 * @throws the database's error; then nothing of the group has been recorded
 */
export async function recordGroup(
  recording: Recording,
  account: RecordingAccount,
  pushes: readonly PushedEvent[],
): Promise<RecordedEvent[]> {
  return inGroupTransaction(recording.pool, account.id, (connection) =>
    recordIn(connection, recording, account, pushes),
  );
}

async function recordIn(
  connection: GroupConnection,
  recording: Recording,
  account: RecordingAccount,
  pushes: readonly PushedEvent[],
): Promise<RecordedEvent[]> {
  const recorded = pushes.map((pushed) => notRecorded(account, pushed));
  const oldest = recording.now().getTime() / 1000 - account.retentionDays * 86_400;
  const people = groupByPerson(account, pushes, oldest);
  if (people.length === 0) return recorded;

  const locked = await lockPeople(
    connection,
    account.id,
    people.map(({ key, at }, i) => ({ i, key, at })),
  );
  if (locked.people.length < people.length) throw new PersonRaced();
  const { zone } = locked;
  const written = await insertEvents(
    connection,
    account.id,
    locked.people.flatMap((person) =>
      newEventsOf(account, pushes, people[person.i]?.places ?? [], person.id, zone),
    ),
    locked.people.flatMap(({ id, isNew, foldedThrough }) => (isNew ? [] : [{ id, after: foldedThrough }])),
  );
  const counted = countGroup(
    account,
    zone,
    locked.people,
    written,
    (person) => people[person.i]?.openid ?? '',
  );
  if (written.inserted.length > 0) {
    const today = toDateText(toLocalTime(Math.floor(recording.now().getTime() / 1000), zone).day);
    await writeGroup(connection, account.id, { ...counted.writes, shard: recording.shard, today });
  }
  for (const { i, id, f, c, h, g, s } of written.inserted) {
    const found = recorded[i];
    if (!found) continue;
    recorded[i] = {
      ...found,
      ...{
        isFirstDelivery: true,
        eventId: id,
        followerId: f,
        codeId: c,
        channelId: h,
        campaignId: g,
        scene: s,
      },
      follow: counted.marks.get(id)?.follow ?? null,
    };
  }
  const { marksFollowers } = written;
  for (const { inTransaction } of recording.steps) {
    await inTransaction?.(connection, account.id, recorded, { marksFollowers });
  }
  return recorded;
}

function notRecorded(account: RecordingAccount, pushed: PushedEvent): RecordedEvent {
  return {
    ...{ pushed, reply: null, wakes: [] },
    digest: toEventDigest(account.personSecret, pushed),
    personKey: toPersonKey(account.personSecret, pushed.openid),
    ...{ isFirstDelivery: false, eventId: null, followerId: null, follow: null },
    ...{ codeId: null, channelId: null, campaignId: null, scene: pushed.scene },
  };
}

type Person = { key: string; openid: string; at: number; places: number[] };

function groupByPerson(account: RecordingAccount, pushes: readonly PushedEvent[], oldest: number): Person[] {
  const people = new Map<string, Person>();
  for (const [place, { openid, createTime }] of pushes.entries()) {
    if (createTime < oldest) continue;
    const known = people.get(openid);
    if (known) {
      known.places.push(place);
      known.at = Math.min(known.at, createTime);
    } else
      people.set(openid, {
        key: toPersonKey(account.personSecret, openid),
        openid,
        at: createTime,
        places: [place],
      });
  }
  return [...people.values()];
}

function newEventsOf(
  account: RecordingAccount,
  pushes: readonly PushedEvent[],
  places: number[],
  follower: string,
  zone: string,
): NewEvent[] {
  return places.flatMap((i): NewEvent[] => {
    const pushed = pushes[i];
    if (!pushed) return [];
    const { kind, createTime, eventKey, ticket, scene } = pushed;
    const { day, hour } = toLocalTime(createTime, zone);
    return [
      {
        ...{ i, follower, kind, at: createTime, date: toDateText(day), hour, key: eventKey, ticket, scene },
        digest: toEventDigest(account.personSecret, pushed),
        asks: account.asksUserInfo && kind === 'subscribe' && eventKey === '' && ticket === null,
      },
    ];
  });
}

type Counted = { writes: Omit<GroupWrites, 'shard' | 'today'>; marks: Map<string, Mark> };

function countGroup(
  account: RecordingAccount,
  zone: string,
  people: LockedPerson[],
  { inserted, history, recount }: WrittenEvents,
  openidOf: (person: LockedPerson) => string,
): Counted {
  const increments = new Increments(account.id);
  const recounted = recount ? new Increments(account.id) : null;
  const known = byFollower(history);
  const fresh = byFollower(inserted);
  const unknown = new Map<string, UnknownIncrement>();
  const followers: GroupWrites['followers'] = [];
  const marks = new Map<string, Mark>();
  for (const person of people) {
    const came = fresh.get(person.id) ?? [];
    if (came.length === 0) continue;
    const events = new Map<HistoryEvent, string>();
    const toEvents = (stored: StoredEvent[]) =>
      stored.map((one) => {
        const event = toHistoryEvent(one);
        events.set(event, one.id);
        return event;
      });
    const before = toEvents(known.get(person.id) ?? []);
    const after = [...before, ...toEvents(came)];
    const folded = fromMemory(person.memory);
    const change: PersonChange = {
      ...{
        id: person.id,
        memory: person.memory,
        foldedThrough: person.foldedThrough,
        countedZone: person.countedZone,
      },
      before: { folded, events: before },
      after: { folded, events: after },
      lastEventId: came.reduce((last, { id }) => (BigInt(id) > BigInt(last) ? id : last), '0'),
      openidSealed: null,
    };
    const isPassed = recount !== null && isCountedBy(recount, person.id);
    const { row, after: counts } = changePerson(change, zone, increments, isPassed ? recounted : null);
    if (row.is_following && !person.hasOpenid) row.openid_sealed = account.sealOpenid(openidOf(person));
    followers.push(row);
    for (const mark of counts.marks) {
      const id = events.get(mark.event);
      if (id !== undefined) marks.set(id, mark);
    }
    for (const { s, c, at } of came) if (s !== null && c === null) addUnknown(unknown, s, at);
  }
  const rows = increments.rows();
  const recountRows = recounted?.rows();
  return {
    marks,
    writes: {
      ...rows,
      codes: increments.codes(),
      unknown: [...unknown.values()].sort((a, b) => (a.scene < b.scene ? -1 : 1)),
      followers: followers.sort((a, b) => Number(BigInt(a.id) - BigInt(b.id))),
      staleDates: [...increments.days].sort((a, b) => a - b).map(toDateText),
      recount:
        recount && recountRows ? { id: recount.id, rows: [...recountRows.days, ...recountRows.hours] } : null,
    },
  };
}

/** A replay that has passed this person, or goes no further than before it, must be told of what changes. */
export function isCountedBy(recount: { cursor: string; bound: string }, followerId: string): boolean {
  const id = BigInt(followerId);
  return id <= BigInt(recount.cursor) || id > BigInt(recount.bound);
}

function byFollower<T extends StoredEvent>(events: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const event of events) {
    const known = groups.get(event.f);
    if (known) known.push(event);
    else groups.set(event.f, [event]);
  }
  return groups;
}

function addUnknown(unknown: Map<string, UnknownIncrement>, scene: string, at: number): void {
  const known = unknown.get(scene);
  if (!known) unknown.set(scene, { scene, events: 1, first_at: at, last_at: at });
  else {
    known.events += 1;
    known.first_at = Math.min(known.first_at, at);
    known.last_at = Math.max(known.last_at, at);
  }
}
