import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readWeekHours } from './figures-store';
import { getCounting } from './get-counting';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { type SummaryInput, summarySchema } from './schemas';
import type { WeekHoursDto } from './types';

/** Scans by weekday and local hour: when people pass by. @throws AppError NOT_FOUND, VALIDATION_FAILED */
export async function getWeekHours(
  ctx: Context,
  accountId: string,
  input: SummaryInput,
): Promise<WeekHoursDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { from, to, ...filter } = parseInput(summarySchema, input);
  const source = await resolveSource(ctx, accountId, filter);
  const { today } = await getCounting(ctx, accountId);
  const range = resolveRange({ from, to }, today);
  const scans = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const row of await readWeekHours(ctx.db, source, range)) {
    const hours = scans[row.weekday - 1];
    if (hours) hours[row.hour] = row.scans;
  }
  return { scans };
}
