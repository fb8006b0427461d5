import 'server-only';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findBatchRow } from './store';
import { toBatchDto } from './to-batch-dto';
import type { BatchDto } from './types';

/** For services that have authorised. @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireBatch(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  accountId: string,
  batchId: string,
): Promise<BatchDto> {
  requireId(accountId, 'account');
  const row = await findBatchRow(db, accountId, requireId(batchId, 'batch'));
  if (!row) throw new AppError('NOT_FOUND', `no batch ${batchId}`, { what: 'batch' });
  return toBatchDto(row, ctx.clock.now());
}
