import { maxExpireSeconds } from '@/lib/codes/scene-limits';
import { fromZonedInput } from '@/lib/i18n/format';

export const expiryPicks = [3_600, 86_400, 259_200, 604_800, 2_592_000] as const;
export type ExpiryPick = (typeof expiryPicks)[number];

/** A minute past the bound is what a picker without seconds gives for "30 days from now". */
const PICKER_STEP_SECONDS = 60;

/**
 * Seconds from `nowMs` to a wall-clock time of the account.
 *
 * @param at  "2026-12-23T14:02"
 * @returns NaN when it is no date
 */
export function secondsUntil(at: string, timeZone: string, nowMs: number): number {
  const moment = fromZonedInput(at, timeZone);
  if (!moment) return Number.NaN;
  const seconds = Math.round((moment.getTime() - nowMs) / 1000);
  return seconds > maxExpireSeconds && seconds <= maxExpireSeconds + PICKER_STEP_SECONDS
    ? maxExpireSeconds
    : seconds;
}
