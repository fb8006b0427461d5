import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { addDays, rangeBefore } from './format';
import { namesOf } from './get-breakdown';
import { getCounting } from './get-counting';
import { type MoverRow, readMovers } from './reports-store';
import type { Comparable, MoverDto, MoversDto } from './types';

const DAYS = 30;

/**
 * What rose and what fell the most, by scans: the last 30 days, today included, against the 30 before.
 *
 * @param options.limit  of each, 5 when left out
 */
export async function listMovers(
  ctx: Context,
  accountId: string,
  { by = 'channel', limit = 5 }: { by?: Comparable; limit?: number } = {},
): Promise<MoversDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { today } = await getCounting(ctx, accountId);
  const after = { from: addDays(today, 1 - DAYS), to: today };
  const before = rangeBefore(after);
  const { up, down } = await readMovers(ctx.db, accountId, by, { before, after }, limit);
  const names = await namesOf(
    ctx,
    accountId,
    by,
    [...up, ...down].map(({ key }) => key),
  );
  const toDto = ({ key, before: of, after: now }: MoverRow): MoverDto => ({
    key,
    name: names.get(key) ?? '',
    before: of,
    after: now,
  });
  return { before, after, up: up.map(toDto), down: down.map(toDto) };
}
