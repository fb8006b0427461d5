import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countPeopleBy } from './count-people';
import { NO_CAMPAIGN, readBreakdown } from './figures-store';
import { getCounting } from './get-counting';
import { readNames } from './names-store';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { type BreakdownInput, breakdownSchema } from './schemas';
import { toFigures } from './to-figures';
import type { BreakdownDto, Dimension } from './types';

/**
 * The figures of a range by campaign, channel, code, tag, city or region, most scans first.
 *
 * A code's place and tags are those of now; its campaign is the one that it served at the scan.
 *
 * @param input.limit  1…1,000, 50 when left out
 * @throws AppError NOT_FOUND  what the filter names is not this account's
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function getBreakdown(
  ctx: Context,
  accountId: string,
  input: BreakdownInput,
): Promise<BreakdownDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { from, to, by, limit, ...filter } = parseInput(breakdownSchema, input);
  const source = await resolveSource(ctx, accountId, filter);
  const { today } = await getCounting(ctx, accountId);
  const range = resolveRange({ from, to }, today);
  const found = await readBreakdown(ctx.db, source, by, range, limit + 1);
  const rows = found.slice(0, limit);
  const people = await countPeopleBy(ctx.db, source, by, range, rows, today);
  const names = await namesOf(
    ctx,
    accountId,
    by,
    rows.map(({ key }) => key),
  );
  return {
    by,
    items: rows.map((row) => {
      const key = row.key === NO_CAMPAIGN ? '' : row.key;
      const { people: _, ...figures } = toFigures(row);
      const counted = people.get(row.key) ?? { people: row.people, peopleIs: 'atMost', peopleError: 0 };
      return { key, name: names.get(row.key) ?? '', ...figures, ...counted };
    }),
    hasMore: found.length > limit,
  };
}

/** What the keys of a breakdown are called; cities and regions are their own names. */
export async function namesOf(
  ctx: Context,
  accountId: string,
  by: Dimension,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (by === 'city' || by === 'region') return new Map(keys.map((key) => [key, key]));
  return readNames(
    ctx.db,
    accountId,
    by,
    keys.filter((key) => key !== '' && key !== NO_CAMPAIGN),
  );
}
