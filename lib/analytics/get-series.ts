import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { fromZonedInput, toZonedInput } from '../i18n/format';
import { authorise } from '../people/authorise';
import { estimatePeriod, type People, sketchesByDay } from './count-people';
import { type DayRow, isOneThing, readDays, readHours, type Source } from './figures-store';
import { addDays, daysOfPeriod, earlierOf, mondayOf, periodKey, periodKeys } from './format';
import { getCounting } from './get-counting';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { maxHourlyDays, type SeriesInput, seriesSchema } from './schemas';
import { toFigures } from './to-figures';
import type { CountingDto, DateRange, FiguresDto, Period, SeriesDto, SeriesItemDto } from './types';

/**
 * The figures of a range by hour, day, week (from Monday) or month, periods without any included; not beyond today, unless
 * something is counted there.
 *
 * A week or month that the range cuts holds only its days within the range.
 *
 * @throws AppError NOT_FOUND  what the filter names is not this account's
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function getSeries(ctx: Context, accountId: string, input: SeriesInput): Promise<SeriesDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { from, to, by, ...filter } = parseInput(seriesSchema, input);
  const source = await resolveSource(ctx, accountId, filter);
  const counting = await getCounting(ctx, accountId);
  const range = resolveRange({ from, to }, counting.today, by === 'hour' ? maxHourlyDays : undefined);
  return { by, items: await readSeries(ctx, source, range, by, counting) };
}

/** The same for services that have found the source. */
export function readSeries(
  ctx: Context,
  source: Source,
  range: DateRange,
  by: Period,
  counting: CountingDto,
): Promise<SeriesItemDto[]> {
  return by === 'hour' ? byHour(ctx, source, range, counting) : byDays(ctx, source, range, by, counting);
}

const exact = { peopleIs: 'exact', peopleError: 0 } as const;

async function byHour(
  ctx: Context,
  source: Source,
  range: DateRange,
  { timeZone, today }: CountingDto,
): Promise<SeriesItemDto[]> {
  const rows = await readHours(ctx.db, source, range);
  const found = new Map(rows.map((row) => [`${row.day}T${String(row.hour).padStart(2, '0')}`, row]));
  const now = toZonedInput(ctx.clock.now(), timeZone).slice(0, 13);
  const keys = periodKeys(shownDays(range, today, rows.at(-1)?.day), 'day').flatMap((day) =>
    hoursOf(day, timeZone).filter((hour) => hour <= now || found.has(hour)),
  );
  const isOne = isOneThing(source);
  return keys.map((key) => {
    const figures = toFigures(found.get(key));
    return {
      key,
      ...figures,
      ...(isOne || figures.people < 2 ? exact : { peopleIs: 'atMost', peopleError: 0 }),
    };
  });
}

/** The hours that the clocks of a day show: one fewer where they skip one; one that comes twice is one. */
function hoursOf(day: string, timeZone: string): string[] {
  const hours = Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}`);
  const start = fromZonedInput(day, timeZone);
  const end = fromZonedInput(addDays(day, 1), timeZone);
  if (start && end && end.getTime() - start.getTime() === 86_400_000) return hours;
  return hours.filter((hour) => {
    const moment = fromZonedInput(`${hour}:00`, timeZone);
    return moment !== null && toZonedInput(moment, timeZone).startsWith(hour);
  });
}

async function byDays(
  ctx: Context,
  source: Source,
  range: DateRange,
  by: Exclude<Period, 'hour'>,
  { today }: CountingDto,
): Promise<SeriesItemDto[]> {
  const rows = await readDays(ctx.db, source, range);
  const shown = shownDays(range, today, rows.at(-1)?.day);
  const isOne = isOneThing(source);
  const groups = new Map<string, DayRow[]>();
  for (const row of rows) {
    const key = periodKey(row.day, by);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const needsSketches =
    !isOne || (by !== 'day' && range.from !== daysOfPeriod(periodKey(range.from, by), by, wide).from);
  const sketches =
    needsSketches && rows.length > 0 ? await sketchesByDay(ctx.db, source, range, today) : null;

  return periodKeys(shown, by).map((key) => {
    const days = groups.get(key) ?? [];
    const isCut = key === periodKey(range.from, by) && range.from !== daysOfPeriod(key, by, wide).from;
    return {
      key,
      ...addUp(days),
      ...peopleOfPeriod(days, by, { isOne, isCut, days: daysOfPeriod(key, by, range) }, sketches),
    };
  });
}

const wide = { from: '0000-01-01', to: '9999-12-31' };

function shownDays(range: DateRange, today: string, lastCounted: string | undefined): DateRange {
  const until = earlierOf(range.to, today);
  return { from: range.from, to: lastCounted && lastCounted > until ? lastCounted : until };
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

function addUp(rows: readonly DayRow[]): FiguresDto {
  return toFigures({
    scans: sum(rows, ({ scans }) => scans),
    people: sum(rows, ({ people }) => people),
    new_followers: sum(rows, ({ new_followers }) => new_followers),
    refollows: sum(rows, ({ refollows }) => refollows),
    follower_scans: sum(rows, ({ follower_scans }) => follower_scans),
    unfollows: sum(rows, ({ unfollows }) => unfollows),
  });
}

type PeriodShape = { isOne: boolean; isCut: boolean; days: DateRange };

function peopleOfPeriod(
  rows: readonly DayRow[],
  by: Exclude<Period, 'hour'>,
  { isOne, isCut, days }: PeriodShape,
  sketches: Awaited<ReturnType<typeof sketchesByDay>>,
): People {
  const ofDays = sum(rows, ({ people }) => people);
  if (isOne && (by === 'day' || rows.length <= 1)) return { people: ofDays, ...exact };
  const whole = sum(rows, (row) =>
    by === 'day' ? row.people : by === 'week' ? row.people_of_week : row.people_of_month,
  );
  if (isOne && !isCut) return { people: whole, ...exact };
  const bounds = {
    people: isCut ? atMostOfCut(rows, by, days) : whole,
    people_ever: sum(rows, ({ people_ever }) => people_ever),
  };
  return estimatePeriod(bounds, sketches, days, isOne);
}

/** Up to the first Monday by day, from there by week, which counts nobody twice within it. */
function atMostOfCut(rows: readonly DayRow[], by: 'day' | 'week' | 'month', { from }: DateRange): number {
  const monday = mondayOf(addDays(from, 6));
  return sum(rows, (row) => (by === 'month' && row.day >= monday ? row.people_of_week : row.people));
}
