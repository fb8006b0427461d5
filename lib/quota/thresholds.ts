import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { wakeBackground } from '../background/announce';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { setThresholdsSchema } from './schemas';
import { findCounts } from './store';
import { findThresholds, replaceThresholds } from './threshold-store';
import type { ThresholdDto } from './types';

/** The shares of use at which people are told, ascending. */
export async function listThresholds(ctx: Context, accountId: string): Promise<ThresholdDto[]> {
  authorise(ctx, 'viewer', accountId);
  return findThresholds(ctx.db, requireId(accountId, 'account'));
}

/** The highest threshold that use stands above, for the banner; null: none. */
export async function findRaisedThreshold(ctx: Context, accountId: string): Promise<number | null> {
  const thresholds = await listThresholds(ctx, accountId);
  return thresholds.filter(({ raisedAt }) => raisedAt !== null).at(-1)?.percent ?? null;
}

/**
 * Sets the thresholds of an account, 1…100 percent, ten at most; none turns the warnings off.
 *
 * @throws AppError NOT_FOUND, VALIDATION_FAILED
 */
export async function setThresholds(
  ctx: Context,
  accountId: string,
  percents: number[],
): Promise<ThresholdDto[]> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const wanted = [...new Set(parseInput(setThresholdsSchema, { percents }).percents)].sort((a, b) => a - b);
  await ctx.db.$transaction(async (tx) => {
    if (!(await findCounts(tx, id))) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
    const before = (await findThresholds(tx, id)).map(({ percent }) => percent);
    await replaceThresholds(tx, id, wanted);
    await recordAudit(ctx, tx, {
      action: 'account.setThresholds',
      target: { kind: 'account', id },
      accountId: id,
      details: { before, percents: wanted },
    });
  });
  wakeBackground('watch quota thresholds');
  return listThresholds(ctx, id);
}
