import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readScansByDay } from './figures-store';
import { addDays, periodKeys } from './format';
import { getCounting } from './get-counting';
import type { Comparable } from './types';

export const sparklineDays = 30;

/** Scans of the last 30 days, one number a day, for the rows that a page shows. What has none is left out. */
export async function listSparklines(
  ctx: Context,
  accountId: string,
  { of, ids }: { of: Comparable; ids: readonly string[] },
): Promise<Record<string, number[]>> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  if (ids.length === 0) return {};
  for (const id of ids) requireId(id, of);
  const { today } = await getCounting(ctx, accountId);
  const range = { from: addDays(today, 1 - sparklineDays), to: today };
  const place = new Map(periodKeys(range, 'day').map((day, i) => [day, i]));
  const lines: Record<string, number[]> = {};
  for (const { id, day, scans } of await readScansByDay(ctx.db, accountId, of, ids, range)) {
    const line = lines[id] ?? new Array<number>(sparklineDays).fill(0);
    lines[id] = line;
    const at = place.get(day);
    if (at !== undefined) line[at] = scans;
  }
  return lines;
}
