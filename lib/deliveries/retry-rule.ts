const waits = [10, 60, 300, 1_800, 7_200, 21_600];

/** Seconds from a failed attempt, the first being 1, to the next; the last of them again and again. */
export function waitSeconds(attempts: number): number {
  return waits[Math.min(attempts, waits.length) - 1] ?? 0;
}

/**
 * When a delivery is tried again.
 *
 * @param attempts  made so far, 1 or more
 * @param giveUpAt  a day after it was handed over; the last attempt is made then
 * @returns null when that day is over: it has failed
 */
export function nextAttemptAt(
  attempts: number,
  now: Date,
  giveUpAt: Date,
  retryAfterSeconds = 0,
): Date | null {
  if (now >= giveUpAt) return null;
  const seconds = Math.max(waitSeconds(attempts), retryAfterSeconds);
  return new Date(Math.min(now.getTime() + seconds * 1000, giveUpAt.getTime()));
}
