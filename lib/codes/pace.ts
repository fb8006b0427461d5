/** How many calls at a time an account bears: one more after a good run, half after "too fast", one fewer after trouble. */
export type Pace = {
  readonly limit: number;
  /** 0: go on. */
  readonly pausedUntil: number;
  succeed: () => void;
  meetTrouble: () => void;
  /** @param until  unix milliseconds */
  meetLimit: (until: number) => void;
};

export function createPace({ start, most }: { start: number; most: number }): Pace {
  let limit = Math.min(start, most);
  let goodRun = 0;
  let pausedUntil = 0;
  return {
    get limit() {
      return limit;
    },
    get pausedUntil() {
      return pausedUntil;
    },
    succeed() {
      goodRun += 1;
      if (goodRun < limit || limit >= most) return;
      limit += 1;
      goodRun = 0;
    },
    meetTrouble() {
      limit = Math.max(1, limit - 1);
      goodRun = 0;
    },
    meetLimit(until) {
      // Many calls in flight meet the same limit: it halves once.
      if (until > pausedUntil) limit = Math.max(1, Math.floor(limit / 2));
      pausedUntil = Math.max(pausedUntil, until);
      goodRun = 0;
    },
  };
}
