import { z } from 'zod';
import { compareEvents, type HistoryEvent } from './count-history';

const quarterSeconds = 900;
const kinds = ['subscribe', 'scan', 'unsubscribe'] as const;

const id = z.string().nullable();
const memorySchema = z.object({
  /** [code, channel, campaign, scene where no code is known] */
  places: z.array(z.tuple([id, id, id, id])),
  /** [kind, at, seconds to the last, times, place] */
  events: z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])),
  /** Scenes without a code among the places, for adoption to find. */
  unknown: z.array(z.string()),
});

export type Memory = z.infer<typeof memorySchema>;

/**
 * Makes a history shorter without losing anything that counts: scans of one place within one quarter of an hour become
 * one entry, since no time zone's hour begins or ends within a quarter.
 *
 * Whoever scans ten thousand times in a day is then read as at most 96 entries a place.
 */
export function foldHistory(history: readonly HistoryEvent[]): HistoryEvent[] {
  const folded = new Map<string, HistoryEvent>();
  const kept: HistoryEvent[] = [];
  for (const event of history) {
    if (event.kind !== 'scan') {
      kept.push(event);
      continue;
    }
    const quarter = Math.floor(event.at / quarterSeconds);
    const key = [quarter, event.codeId, event.channelId, event.campaignId, event.scene].join(' ');
    const known = folded.get(key);
    folded.set(key, known ? join(known, event) : event);
  }
  return [...kept, ...folded.values()].sort(compareEvents);
}

function join(a: HistoryEvent, b: HistoryEvent): HistoryEvent {
  return { ...a, at: Math.min(a.at, b.at), lastAt: Math.max(a.lastAt, b.lastAt), times: a.times + b.times };
}

/** The form in which a folded history is kept with its person. */
export function toMemory(history: readonly HistoryEvent[]): Memory {
  const places = new Map<string, number>();
  const memory: Memory = { places: [], events: [], unknown: [] };
  const unknown = new Set<string>();
  for (const { kind, at, lastAt, times, codeId, channelId, campaignId, scene } of history) {
    const key = [codeId, channelId, campaignId, scene].join(' ');
    let place = places.get(key);
    if (place === undefined) {
      place = memory.places.push([codeId, channelId, campaignId, scene]) - 1;
      places.set(key, place);
    }
    if (codeId === null && scene !== null) unknown.add(scene);
    memory.events.push([kinds.indexOf(kind), at, lastAt - at, times, place]);
  }
  memory.unknown = [...unknown];
  return memory;
}

/** @throws Error  it was not written by {@link toMemory} */
export function fromMemory(memory: unknown): HistoryEvent[] {
  if (memory === null || memory === undefined) return [];
  const { places, events } = memorySchema.parse(memory);
  return events.map(([kind, at, span, times, place]) => {
    const [codeId, channelId, campaignId, scene] = places[place] ?? [null, null, null, null];
    return {
      kind: kinds[kind] ?? 'scan',
      at,
      lastAt: at + span,
      times,
      codeId,
      channelId,
      campaignId,
      scene,
    };
  });
}
