/** A moment on the wall clock of a time zone: days since 1970-01-01, and the hour. */
export type LocalTime = { day: number; hour: number };

const quarterSeconds = 900;
const daySeconds = 86_400;
const maxKeptOffsets = 4096;

const clocks = new Map<string, { format: Intl.DateTimeFormat; offsets: Map<number, number> }>();

/**
 * Local day and hour of a moment, daylight saving included.
 *
 * Offsets are kept by the quarter of an hour, at which every change of clocks since 1970 has fallen.
 *
 * @param at  unix seconds
 * @param zone  IANA name, such as Asia/Shanghai
 */
export function toLocalTime(at: number, zone: string): LocalTime {
  const seconds = at + offsetSeconds(at, zone);
  const day = Math.floor(seconds / daySeconds);
  return { day, hour: Math.floor((seconds - day * daySeconds) / 3600) };
}

/** YYYY-MM-DD of a day counted from 1970-01-01. */
export function toDateText(day: number): string {
  return new Date(day * daySeconds * 1000).toISOString().slice(0, 10);
}

function offsetSeconds(at: number, zone: string): number {
  let clock = clocks.get(zone);
  if (!clock) {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric', calendar: 'gregory' },
    });
    clock = { format, offsets: new Map() };
    clocks.set(zone, clock);
  }
  const quarter = Math.floor(at / quarterSeconds);
  const known = clock.offsets.get(quarter);
  if (known !== undefined) return known;
  const offset = readOffset(clock.format, quarter * quarterSeconds);
  if (clock.offsets.size >= maxKeptOffsets) clock.offsets.clear();
  clock.offsets.set(quarter, offset);
  return offset;
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at * 1000)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
}
