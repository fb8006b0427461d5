import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireBatch } from './require-batch';
import { lockBatch } from './store';
import type { BatchState } from './types';

export type Change = 'pause' | 'resume' | 'cancel' | 'retry';

/** Locks the batch for a change. For services that have authorised. @throws AppError NOT_FOUND */
export async function requireLockedBatch(tx: Db, accountId: string, batchId: string) {
  const locked = await lockBatch(tx, accountId, batchId);
  if (!locked) throw new AppError('NOT_FOUND', `no batch ${batchId}`, { what: 'batch' });
  return locked;
}

/** @throws AppError BATCH_STATE  `details.state` */
export function refuseState(state: BatchState, change: Change): never {
  throw new AppError('BATCH_STATE', `a batch that is ${state} cannot take ${change}`, { state, change });
}

export async function recordChange(
  ctx: Context,
  tx: Db,
  accountId: string,
  batchId: string,
  change: Change,
  details: Record<string, number> = {},
): Promise<void> {
  const { campaign } = await requireBatch(ctx, tx, accountId, batchId);
  await recordAudit(ctx, tx, {
    action: `batch.${change}`,
    target: { kind: 'batch', id: batchId, label: campaign?.name ?? '' },
    accountId,
    details,
  });
}
