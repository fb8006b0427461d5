import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readKept, type Source } from './figures-store';
import { addDays, earlierOf } from './format';
import { getCounting } from './get-counting';
import { resolveRange } from './resolve-range';
import { resolveSource } from './resolve-source';
import { type SummaryInput, summarySchema } from './schemas';
import { summariseSource } from './summarise-scans';
import { type DateRange, type FunnelDto, type KeptDto, keptAfterDays } from './types';

/**
 * From the scan to the follower who stays: the figures of a range, and how many of its follows were still there after 1,
 * 7 and 30 days, each over those days only for which that many days have passed.
 *
 * @throws AppError NOT_FOUND  what the filter names is not this account's
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function getFunnel(ctx: Context, accountId: string, input: SummaryInput): Promise<FunnelDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { from, to, ...filter } = parseInput(summarySchema, input);
  const source = await resolveSource(ctx, accountId, filter);
  const { today } = await getCounting(ctx, accountId);
  const range = resolveRange({ from, to }, today);
  const total = await summariseSource(ctx, source, range, today);
  return {
    ...total,
    follows: total.newFollowers + total.refollows,
    kept: await readAllKept(ctx, source, range, today),
  };
}

async function readAllKept(
  ctx: Context,
  source: Source,
  range: DateRange,
  today: string,
): Promise<KeptDto[]> {
  const all: KeptDto[] = [];
  for (const days of keptAfterDays) {
    const until = earlierOf(range.to, addDays(today, -days - 1));
    if (until < range.from) {
      all.push({ days, follows: 0, kept: 0, until: null });
      continue;
    }
    const { follows, lost } = await readKept(ctx.db, source, { from: range.from, to: until }, days);
    all.push({ days, follows, kept: follows - lost, until });
  }
  return all;
}
