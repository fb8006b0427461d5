const utcPlus8Ms = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The calendar day on WeChat's clock (UTC+8), which its daily limits go by: `2026-11-24`. */
export function weChatDay(moment: Date): string {
  return new Date(moment.getTime() + utcPlus8Ms).toISOString().slice(0, 10);
}

/** When WeChat's daily limits begin anew: the next midnight of UTC+8. */
export function nextWeChatMidnight(moment: Date): Date {
  const days = Math.floor((moment.getTime() + utcPlus8Ms) / dayMs);
  return new Date((days + 1) * dayMs - utcPlus8Ms);
}
