import 'server-only';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { findRow, type LockedCode, lockCode } from './store';
import { toCodeDto } from './to-code-dto';
import type { CodeDto } from './types';

/** For services that have authorised. @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireCode(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  accountId: string,
  codeId: string,
): Promise<CodeDto> {
  requireId(accountId, 'account');
  const code = await findCode(ctx, db, accountId, requireId(codeId, 'code'));
  if (!code) throw new AppError('NOT_FOUND', `no code ${codeId}`, { what: 'code' });
  return code;
}

/** For services that have authorised, and ids that are well formed. */
export async function findCode(
  ctx: Pick<Context, 'clock'>,
  db: Db,
  accountId: string,
  codeId: string,
): Promise<CodeDto | null> {
  const now = ctx.clock.now();
  const row = await findRow(db, accountId, codeId, now);
  return row && toCodeDto(row, now);
}

/** Locks the row until the transaction ends. @throws AppError NOT_FOUND  malformed, unknown, or of another account */
export async function requireLockedCode(tx: Db, accountId: string, codeId: string): Promise<LockedCode> {
  requireId(accountId, 'account');
  const row = await lockCode(tx, accountId, requireId(codeId, 'code'));
  if (!row) throw new AppError('NOT_FOUND', `no code ${codeId}`, { what: 'code' });
  return row;
}

/** @throws AppError CONFLICT  it was made for one binding, and serves no campaign and hangs nowhere */
export function requireForCampaigns({ id, origin }: CodeDto): void {
  if (origin === 'binding') throw new AppError('CONFLICT', `code ${id} is a binding's`, { what: 'code' });
}
