import 'server-only';
import type { HistoryEvent } from './count-history';
import { fromMemory } from './fold-history';
import { Increments, type RowIncrement } from './increments';
import { toDateText, toLocalTime } from './local-time';
import { isCountedBy } from './record-group';
import {
  type GroupConnection,
  type GroupWrites,
  inGroupTransaction,
  type StoredEvent,
  type UnknownIncrement,
  writeGroup,
  writeRecountRows,
} from './record-store';
import {
  type Adopted,
  adoptEvents,
  claimRecount,
  dropEmptyUnknown,
  endRecount,
  findAdoptable,
  findCodeDifferences,
  findDifferences,
  findPeopleAfter,
  findPeopleOfScenes,
  findRunning,
  type HeldPerson,
  holdPeople,
  keepLease,
  leaveRecount,
  moveCursor,
  placeFolded,
  type RecountJob,
  type RecountPool,
  readDifferences,
  readMoments,
  readOpenEvents,
  readZone,
  setBound,
  writeDifferences,
  writeLocalTimes,
} from './recount-store';
import { changePerson, countIn, toFollowerRow, toHistoryEvent } from './recounting';

const peopleAtOnce = 200;
const keptSamples = 20;

/** The shard of what no process counts live. */
const ownShard = 0;

/**
 * Works on one recount until it is done or `stopping` is aborted; then another process, or the next start, goes on where
 * it stopped.
 *
 * @returns false: there is none
 */
export async function runRecount(pool: RecountPool, stopping: AbortSignal): Promise<boolean> {
  const job = await claimRecount(pool);
  if (!job) return false;
  try {
    while (!stopping.aborted) {
      if (await advance(pool, job)) {
        await endRecount(pool, job, null);
        return true;
      }
    }
    await leaveRecount(pool, job);
    return true;
  } catch (error) {
    await endRecount(pool, job, error instanceof Error ? error.message.slice(0, 500) : 'unknown').catch(
      () => undefined,
    );
    throw error;
  }
}

/** One bounded piece. @returns true: that was the last */
async function advance(pool: RecountPool, job: RecountJob): Promise<boolean> {
  job.bound ??= await setBound(pool, job);
  const { bound } = job;
  const end = await inGroupTransaction(pool, job.accountId, async (connection) => {
    if (!(await keepLease(connection, job))) return 'last';
    if (job.reason === 'adopt') return (await adoptPiece(connection, job)) ? 'last' : job.cursor;
    const ids = await findPeopleAfter(connection, job.accountId, job.cursor, bound, peopleAtOnce);
    const last = ids.at(-1);
    if (last === undefined) {
      return job.reason === 'time_zone' || (await comparePiece(connection, job)) ? 'last' : job.cursor;
    }
    if (job.reason === 'time_zone') await moveZonePiece(connection, job, ids);
    else await sumPiece(connection, job, ids);
    await moveCursor(connection, job, last, ids.length);
    return last;
  });
  if (end === 'last') return true;
  job.cursor = end;
  return false;
}

export type Loaded = HeldPerson & { folded: HistoryEvent[]; stored: StoredEvent[]; events: HistoryEvent[] };

/** People held until the end of the transaction, with all that is known of them. */
export async function loadPeople(
  connection: GroupConnection,
  accountId: string,
  ids: string[],
): Promise<Loaded[]> {
  const people = await holdPeople(connection, accountId, ids);
  const stored = new Map<string, StoredEvent[]>();
  for (const event of await readOpenEvents(connection, ids)) {
    stored.set(event.f, [...(stored.get(event.f) ?? []), event]);
  }
  return people.map((person) => {
    const own = stored.get(person.id) ?? [];
    return { ...person, folded: fromMemory(person.memory), stored: own, events: own.map(toHistoryEvent) };
  });
}

const nothing: Omit<GroupWrites, 'shard' | 'today'> = {
  ...{ days: [], hours: [], codes: [], unknown: [], followers: [], staleDates: [], recount: null },
};
const written = { shard: ownShard, today: '' };

/** Of a replay or a check: adds up what these people count for, beside what is live. */
async function sumPiece(connection: GroupConnection, job: RecountJob, ids: string[]): Promise<void> {
  const sums = new Increments(job.accountId);
  const followers: GroupWrites['followers'] = [];
  for (const person of await loadPeople(connection, job.accountId, ids)) {
    const counts = countIn(person.countedZone, [...person.folded, ...person.events]);
    sums.change(null, counts);
    if (counts && job.reason === 'replay')
      followers.push(toFollowerRow({ id: person.id, openidSealed: null }, person.countedZone, counts, null));
  }
  const { days, hours } = sums.rows();
  await writeRecountRows(connection, job.id, [...days, ...hours]);
  if (followers.length > 0)
    await writeGroup(connection, job.accountId, { ...nothing, ...written, followers });
}

/** Of a replay or a check, when all people are added up: sets the sums against what is live, and mends it by a replay. */
async function comparePiece(connection: GroupConnection, job: RecountJob): Promise<boolean> {
  const differences = await readDifferences(connection, job);
  const { done, ranges } = differences;
  const digits = ranges === 1 ? ['00', 'ff'] : [toHex(done), toHex(done)];
  const from = `${digits[0]}000000-0000-0000-0000-000000000000`;
  const to = `${digits[1]}ffffff-ffff-ffff-ffff-ffffffffffff`;
  const rows = await findDifferences(connection, job, from, to);
  const codes = await findCodeDifferences(connection, job, from, to);
  if (job.reason === 'replay' && rows.length + codes.length > 0) {
    await writeGroup(connection, job.accountId, {
      ...{ ...nothing, ...written },
      days: rows.filter(({ local_hour }) => local_hour < 0),
      hours: rows.filter(({ local_hour }) => local_hour >= 0),
      codes: codes.map((code) => ({ ...code, first_scan_at: null, last_scan_at: null })),
    });
  }
  await writeDifferences(connection, job, {
    ...{ done: done + 1, ranges },
    rows: differences.rows + rows.length + codes.length,
    samples: [...differences.samples, ...rows].slice(0, keptSamples),
  });
  return done + 1 >= ranges;
}

const toHex = (byte: number) => byte.toString(16).padStart(2, '0');

/** Counts these people in the account's present time zone. */
async function moveZonePiece(connection: GroupConnection, job: RecountJob, ids: string[]): Promise<void> {
  const zone = await readZone(connection, job.accountId);
  const people = await loadPeople(connection, job.accountId, ids);
  await changeAll(
    connection,
    job,
    zone,
    people.map((person) => ({ person, folded: person.folded, events: person.events })),
    [],
  );
  const moments = await readMoments(connection, ids);
  await writeLocalTimes(
    connection,
    moments.map(({ id, at }) => {
      const { day, hour } = toLocalTime(at, zone);
      return { id, date: toDateText(day), hour };
    }),
  );
}

/** Gives what was scanned of scenes that have a code by now to that code. */
async function adoptPiece(connection: GroupConnection, job: RecountJob): Promise<boolean> {
  const { accountId } = job;
  const scenes = await findAdoptable(connection, accountId);
  const ids =
    scenes.length === 0 ? [] : await findPeopleOfScenes(connection, accountId, scenes, peopleAtOnce);
  if (ids.length === 0) {
    await dropEmptyUnknown(connection, accountId);
    return true;
  }
  const zone = await readZone(connection, accountId);
  const people = await loadPeople(connection, accountId, ids);
  const adopted = new Map(
    (await adoptEvents(connection, accountId, ids, scenes)).map((event) => [event.id, event]),
  );
  const wanted = new Set(scenes);
  const isWanted = ({ scene, codeId }: HistoryEvent) =>
    codeId === null && scene !== null && wanted.has(scene);
  const folded = people.flatMap((person) => person.folded.filter(isWanted));
  const placedFolded = await placeFolded(
    connection,
    accountId,
    folded.map(({ scene, at }, ref) => ({ ref, scene: scene ?? '', at })),
  );
  const places = new Map(placedFolded.map((place) => [folded[Number(place.id)], place]));
  const unknown = new Map<string, UnknownIncrement>();
  const give = (event: HistoryEvent, place: Adopted | undefined): HistoryEvent => {
    if (!place || event.codeId !== null) return event;
    const scene = event.scene ?? '';
    const less = unknown.get(scene) ?? { scene, events: 0, first_at: event.at, last_at: event.at };
    unknown.set(scene, { ...less, events: less.events - event.times });
    return { ...event, scene: null, codeId: place.c, channelId: place.h, campaignId: place.g };
  };
  const changes = people.map((person) => ({
    person,
    folded: person.folded.some((event) => places.has(event))
      ? person.folded.map((event) => give(event, places.get(event)))
      : person.folded,
    events: person.events.map((event, i) => give(event, adopted.get(person.stored[i]?.id ?? ''))),
  }));
  await changeAll(connection, job, zone, changes, [...unknown.values()]);
  await moveCursor(connection, job, job.cursor, ids.length);
  return false;
}

type Change = { person: Loaded; folded: HistoryEvent[]; events: HistoryEvent[] };

/** Writes what a change of histories changes in the counts, and in those of a replay that has passed these people. */
export async function changeAll(
  connection: GroupConnection,
  job: Pick<RecountJob, 'accountId'>,
  zone: string,
  changes: Change[],
  unknown: UnknownIncrement[],
): Promise<void> {
  const running = await findRunning(connection, job.accountId);
  const increments = new Increments(job.accountId);
  const passed = running ? new Increments(job.accountId) : null;
  const followers = changes
    .filter(({ folded, events }) => folded.length + events.length > 0)
    .map(({ person, folded, events }) => {
      const isPassed = running !== null && isCountedBy(running, person.id);
      const change = {
        ...person,
        before: { folded: person.folded, events: person.events },
        after: { folded, events },
        lastEventId: person.stored.reduce(
          (last, { id }) => (BigInt(id) > BigInt(last) ? id : last),
          person.foldedThrough,
        ),
        openidSealed: null,
      };
      return changePerson(change, zone, increments, isPassed ? passed : null).row;
    });
  const rows = increments.rows();
  const passedRows: RowIncrement[] = passed ? Object.values(passed.rows()).flat() : [];
  await writeGroup(connection, job.accountId, {
    ...{ ...rows, ...written, followers },
    codes: increments.codes(),
    unknown: unknown.sort((a, b) => (a.scene < b.scene ? -1 : 1)),
    staleDates: [...increments.days].sort((a, b) => a - b).map(toDateText),
    recount: running ? { id: running.id, rows: passedRows } : null,
  });
}
