import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countPeople } from './count-people';
import { readTotals, type Source } from './figures-store';
import { getCounting } from './get-counting';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { type SummaryInput, summarySchema } from './schemas';
import { toFigures } from './to-figures';
import type { CountedDto, DateRange } from './types';

/**
 * The figures of a range of local days, of all or of what a filter leaves.
 *
 * @param input.from, input.to  local dates of the account, both included; the last 30 days when left out
 * @throws AppError NOT_FOUND  what the filter names is not this account's
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function summariseScans(
  ctx: Context,
  accountId: string,
  input: SummaryInput,
): Promise<CountedDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { from, to, ...filter } = parseInput(summarySchema, input);
  const source = await resolveSource(ctx, accountId, filter);
  const { today } = await getCounting(ctx, accountId);
  return summariseSource(ctx, source, resolveRange({ from, to }, today), today);
}

/** The same for services that have found the source. */
export async function summariseSource(
  ctx: Context,
  source: Source,
  range: DateRange,
  today: string,
): Promise<CountedDto> {
  const row = await readTotals(ctx.db, source, range);
  const people = await countPeople(ctx.db, source, range, toBounds(row), today);
  return { ...toFigures(row), ...people };
}

function toBounds(row: { people: number | null; people_ever: number | null } | undefined) {
  return { people: row?.people ?? 0, people_ever: row?.people_ever ?? 0 };
}
