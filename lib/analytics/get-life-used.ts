import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { fromZonedInput } from '../i18n/format';
import { authorise } from '../people/authorise';
import { addDays } from './format';
import { getCounting } from './get-counting';
import { readLifeUsed } from './reports-store';
import { resolveRange } from './resolve-range';
import { type SummaryInput, summarySchema } from './schemas';
import type { LifeUsedDto } from './types';

/**
 * How much of their life temporary codes were used, by the moment of the last scan; of the codes issued in a range.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function getLifeUsed(
  ctx: Context,
  accountId: string,
  input: Pick<SummaryInput, 'from' | 'to'>,
): Promise<LifeUsedDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const given = parseInput(summarySchema, { from: input.from, to: input.to });
  const { timeZone, today } = await getCounting(ctx, accountId);
  const { from, to } = resolveRange(given, today);
  const start = fromZonedInput(from, timeZone) ?? new Date(from);
  const end = fromZonedInput(addDays(to, 1), timeZone) ?? new Date(addDays(to, 1));
  const rows = await readLifeUsed(ctx.db, accountId, start, end);
  const of = (quarter: number | null) => rows.find((row) => row.quarter === quarter)?.codes ?? 0;
  return {
    codes: rows.reduce((total, { codes }) => total + codes, 0),
    neverScanned: of(null),
    lastScanInQuarter: [of(0), of(1), of(2), of(3)],
  };
}
