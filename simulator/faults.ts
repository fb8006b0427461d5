import { z } from 'zod';

const kinds = [
  /** -1. */
  'busy',
  /** Waits `delayMs`, then does what it would have done; it adds to another fault. */
  'slow',
  /** Cuts the connection before any work. */
  'reset',
  /** Does the work, then cuts the connection. */
  'lostReply',
  /** Does the work, then sends half of its JSON as if it were all. */
  'badJson',
  /** Does the work, promises all of it, sends half and cuts the connection. */
  'truncated',
  /** Does the work, answers as text/plain. */
  'textPlain',
  /** A proxy's HTML page with status 502, no work. */
  'htmlError',
  /** The token dies at this moment, for everybody. */
  'tokenExpired',
  /** 45011. */
  'minuteLimit',
  /** 45009. */
  'dayLimit',
] as const;

export type FaultKind = (typeof kinds)[number];

export const faultInput = z.strictObject({
  path: z.string().startsWith('/').optional(),
  appId: z.string().optional(),
  rate: z.number().min(0).max(1),
  kind: z.enum(kinds),
  delayMs: z.number().int().min(0).max(600_000).default(1_000),
  seed: z.number().int(),
  /** At most so many. */
  times: z.number().int().min(1).optional(),
});

type Fault = z.infer<typeof faultInput> & { random: () => number; injected: number };

/** What happens to one call: how long it waits, and which one fault befalls it. */
export type Misfortune = { delayMs: number; kind: Exclude<FaultKind, 'slow'> | undefined };

/**
 * The faults asked for. Each draws once for every call it applies to, from a generator of its own, so that what one
 * injects does not depend on the others. When several hit, the one posted first is injected, and `slow` beside it.
 */
export class Faults {
  private readonly faults: Fault[] = [];
  private readonly counts = new Map<FaultKind, number>();

  add(input: z.infer<typeof faultInput>): void {
    this.faults.push({ ...input, random: mulberry32(input.seed), injected: 0 });
  }

  /** Ends all faults; what was injected stays counted until the next reset. */
  clear(): void {
    this.faults.length = 0;
  }

  reset(): void {
    this.clear();
    this.counts.clear();
  }

  draw(call: { path: string; appId: string | undefined; hasToken: boolean; isPicture: boolean }): Misfortune {
    let delayMs = 0;
    let kind: Misfortune['kind'];
    for (const fault of this.faults) {
      if (!appliesTo(fault, call)) continue;
      const hit = fault.random() < fault.rate;
      if (!hit || (fault.times !== undefined && fault.injected >= fault.times)) continue;
      if (fault.kind === 'slow') delayMs += fault.delayMs;
      else if (kind === undefined) kind = fault.kind;
      else continue;
      fault.injected += 1;
      this.counts.set(fault.kind, (this.counts.get(fault.kind) ?? 0) + 1);
    }
    return { delayMs, kind };
  }

  injected(): Partial<Record<FaultKind, number>> {
    return Object.fromEntries(this.counts);
  }
}

const picturesKnow = new Set<FaultKind>(['slow', 'reset', 'lostReply', 'truncated', 'htmlError']);

function appliesTo(fault: Fault, call: Parameters<Faults['draw']>[0]): boolean {
  if (fault.path !== undefined && fault.path !== call.path) return false;
  if (fault.appId !== undefined && fault.appId !== call.appId) return false;
  if (fault.kind === 'tokenExpired') return call.hasToken;
  return !call.isPicture || picturesKnow.has(fault.kind);
}

/** A small seeded generator of numbers in [0, 1): the same seed, the same faults. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
