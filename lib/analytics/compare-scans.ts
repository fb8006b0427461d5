import 'server-only';
import { z } from 'zod';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { namesOf } from './get-breakdown';
import { getCounting } from './get-counting';
import { readSeries } from './get-series';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { maxCompared, maxHourlyDays, type SeriesInput, seriesSchema } from './schemas';
import { summariseSource } from './summarise-scans';
import { type Comparable, type ComparedDto, comparables } from './types';

const comparedSchema = z.object({
  compare: z.enum(comparables),
  ids: z.array(z.string()).min(1).max(maxCompared),
});

const filterOf = { campaign: 'campaignId', channel: 'channelId', code: 'codeId' } as const;

/**
 * Up to six campaigns, channels or codes side by side, each narrowed by the same filter.
 *
 * @throws AppError NOT_FOUND  one of them, or what the filter names, is not this account's
 * @throws AppError VALIDATION_FAILED  more than six, or `details.fields` names what is wrong
 */
export async function compareScans(
  ctx: Context,
  accountId: string,
  input: SeriesInput & { compare: Comparable; ids: string[] },
): Promise<ComparedDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { compare, ids, ...rest } = input;
  const chosen = parseInput(comparedSchema, { compare, ids });
  const { from, to, by, ...filter } = parseInput(seriesSchema, rest);
  if (new Set(chosen.ids).size < chosen.ids.length) throw invalidField('ids', 'invalid', 'names one twice');
  for (const id of chosen.ids) requireId(id, chosen.compare);
  const counting = await getCounting(ctx, accountId);
  const range = resolveRange({ from, to }, counting.today, by === 'hour' ? maxHourlyDays : undefined);
  const names = await namesOf(ctx, accountId, chosen.compare, chosen.ids);
  return Promise.all(
    chosen.ids.map(async (id) => {
      const source = await resolveSource(ctx, accountId, { ...filter, [filterOf[chosen.compare]]: id });
      return {
        key: id,
        name: names.get(id) ?? '',
        total: await summariseSource(ctx, source, range, counting.today),
        items: await readSeries(ctx, source, range, by, counting),
      };
    }),
  );
}
