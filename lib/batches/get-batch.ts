import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireBatch } from './require-batch';
import { countIssuedSince, findErrorGroups } from './store';
import type { BatchDto, BatchProgressDto } from './types';

/** @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function getBatch(ctx: Context, accountId: string, batchId: string): Promise<BatchDto> {
  authorise(ctx, 'viewer', accountId);
  return requireBatch(ctx, ctx.db, accountId, batchId);
}

const rateWindowSeconds = 10;
const errorSampleRows = 2_000;

/**
 * A batch with how fast it goes, how long it will take, and what went wrong last, for a page that asks again and again.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function getBatchProgress(
  ctx: Context,
  accountId: string,
  batchId: string,
): Promise<BatchProgressDto> {
  authorise(ctx, 'viewer', accountId);
  const asOf = ctx.clock.now();
  const batch = await requireBatch(ctx, ctx.db, accountId, batchId);
  const isMoving = batch.state === 'issuing' && batch.issued > 0;
  const now = asOf.getTime();
  const began = batch.startedAt === null ? now : Date.parse(batch.startedAt);
  const seconds = Math.min(rateWindowSeconds, Math.max(1, (now - began) / 1000));
  const since = new Date(now - seconds * 1000);
  const issuedLately = isMoving ? await countIssuedSince(ctx.db, batch.id, since) : 0;
  const issuedPerSecond = issuedLately === 0 ? null : issuedLately / seconds;
  const groups = batch.issued === batch.total ? [] : await findErrorGroups(ctx.db, batch.id, errorSampleRows);
  return {
    ...batch,
    asOf: asOf.toISOString(),
    issuedPerSecond,
    secondsLeft: issuedPerSecond === null ? null : Math.ceil(batch.reserved / issuedPerSecond),
    lastErrors: groups.map(({ errorKind, errorCode, errorMessage, errorRid, errorAt, rows }) => ({
      kind: errorKind,
      errcode: errorCode,
      errmsg: errorMessage,
      rid: errorRid,
      at: errorAt.toISOString(),
      rows,
    })),
  };
}
