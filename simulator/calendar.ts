const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (UTC+8), `YYYY-MM-DD`, by which daily limits and the user summary go. */
export function chinaDay(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** The calendar month in China, `YYYY-MM`. */
export function chinaMonth(ms: number): string {
  return chinaDay(ms).slice(0, 7);
}

/** The hour of the day in China, 0 to 23. */
export function chinaHour(ms: number): number {
  return new Date(ms + CHINA_OFFSET_MS).getUTCHours();
}
