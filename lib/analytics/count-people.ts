import 'server-only';
import type { Db } from '../db/open-database';
import {
  findFirstDay,
  hasStaleDays,
  isOneThing,
  isOneThingEach,
  isWholePeriod,
  readSketchesBy,
  readSketchesByDay,
  type SketchRow,
  type Source,
} from './figures-store';
import { decodeSketch, emptySketch, estimateSketch, mergeSketches, type Sketch } from './hyperloglog';
import type { DateRange, Dimension, PeopleIs } from './types';

export type People = { people: number; peopleIs: PeopleIs; peopleError: number };

/** More sketches than this are not read for one page; people are then told as "at most". */
const MOST_SKETCHES = 20_000;

/** What the roll-ups say of people: at least those who came for the first time ever, at most the sum of whole periods. */
export type Bounds = { people: number; people_ever: number };

const exactly = (people: number): People => ({ people, peopleIs: 'exact', peopleError: 0 });

/** Whether sums of rows count each person once: whole periods, and all that ever was. */
async function isExact(db: Db, source: Source, range: DateRange): Promise<'period' | 'ever' | null> {
  if (isWholePeriod(range)) return 'period';
  const account = { ...source, scope: 'account' as const, scopeId: source.accountId, campaignId: null };
  const first = await findFirstDay(db, account);
  return first === null || range.from <= first ? 'ever' : null;
}

/** An estimate kept within what is known for certain. */
function toPeople({ people, people_ever }: Bounds, sketch: Sketch | undefined, isOne: boolean): People {
  const least = isOne ? people_ever : 0;
  if (least >= people) return exactly(people);
  if (!sketch) return { people, peopleIs: 'atMost', peopleError: 0 };
  const estimate = estimateSketch(sketch);
  const within = Math.min(people, Math.max(least, estimate.people));
  return { people: within, peopleIs: 'about', peopleError: estimate.error };
}

/** The different people of a range. */
export async function countPeople(
  db: Db,
  source: Source,
  range: DateRange,
  bounds: Bounds,
  today: string,
): Promise<People> {
  if (bounds.people === 0) return exactly(0);
  const isOne = isOneThing(source);
  const exact = isOne ? await isExact(db, source, range) : null;
  if (exact) return exactly(exact === 'ever' ? bounds.people_ever : bounds.people);
  const sketches = await sketchesByDay(db, source, range, today);
  const union = sketches && unionOf(sketches);
  return toPeople(bounds, union ?? undefined, isOne);
}

/** The different people of each row of a breakdown. */
export async function countPeopleBy(
  db: Db,
  source: Source,
  by: Dimension,
  range: DateRange,
  rows: readonly (Bounds & { key: string })[],
  today: string,
): Promise<Map<string, People>> {
  const isOne = isOneThingEach(source, by);
  const exact = isOne ? await isExact(db, source, range) : null;
  if (exact) {
    return new Map(
      rows.map(({ key, people, people_ever }) => [key, exactly(exact === 'ever' ? people_ever : people)]),
    );
  }
  const keys = rows.map(({ key }) => key);
  const isStale = await hasStaleDays(db, source.accountId, range, today);
  const found = isStale ? null : await readSketchesBy(db, source, by, range, keys, MOST_SKETCHES + 1);
  const sketches = found && found.length <= MOST_SKETCHES ? mergeByKey(found) : null;
  return new Map(rows.map((row) => [row.key, toPeople(row, sketches?.get(row.key), isOne)]));
}

/** Sketches by day; null where they cannot answer. */
export async function sketchesByDay(
  db: Db,
  source: Source,
  range: DateRange,
  today: string,
): Promise<Map<string, Sketch> | null> {
  if (await hasStaleDays(db, source.accountId, range, today)) return null;
  const found = await readSketchesByDay(db, source, range, MOST_SKETCHES + 1);
  return found && found.length <= MOST_SKETCHES ? mergeByKey(found) : null;
}

export function unionOf(sketches: ReadonlyMap<string, Sketch>): Sketch {
  let union = emptySketch();
  for (const sketch of sketches.values()) union = mergeSketches(union, sketch);
  return union;
}

function mergeByKey(rows: readonly SketchRow[]): Map<string, Sketch> {
  const merged = new Map<string, Sketch>();
  for (const { key, sketch } of rows) {
    merged.set(key, mergeSketches(merged.get(key) ?? emptySketch(), decodeSketch(sketch)));
  }
  return merged;
}

/** The different people of one period of a series, of several things or cut off at its beginning. */
export function estimatePeriod(
  bounds: Bounds,
  sketches: ReadonlyMap<string, Sketch> | null,
  { from, to }: DateRange,
  isOne: boolean,
): People {
  if (bounds.people === 0) return exactly(0);
  if (!sketches) return toPeople(bounds, undefined, isOne);
  const ofPeriod = new Map([...sketches].filter(([day]) => day >= from && day <= to));
  return toPeople(bounds, unionOf(ofPeriod), isOne);
}
