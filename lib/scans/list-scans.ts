import 'server-only';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { appSecret } from '../env';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { unseal } from '../secrets';
import { openidPlace } from './person-key';
import { type ListScansInput, listScansSchema } from './schemas';
import { seesOpenids } from './sees-openids';
import { findScans, type ScanRow } from './store';
import type { ScanPageDto } from './types';

/**
 * Raw events, as long as they are kept, the last received first.
 *
 * @param input.known  `false`: only those whose scene no code has
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 * @throws AppError NOT_FOUND  the code is unknown or of another account
 */
export async function listScans(
  ctx: Context,
  accountId: string,
  input: ListScansInput = {},
): Promise<ScanPageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { limit, cursor, ...filter } = parseInput(listScansSchema, input);
  const before = cursor === undefined ? null : readCursor(cursor);
  if (filter.codeId !== undefined) await requireCode(ctx, ctx.db, accountId, filter.codeId);
  const rows = await findScans(ctx.db, accountId, filter, before, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const isWhole = await seesOpenids(ctx);
  return {
    items: page.map((row) => ({
      ...{ id: row.id.toString(), at: row.at.toISOString(), event: row.kind, scene: row.scene },
      ...{ codeId: row.codeId, codeLabel: row.codeLabel, known: row.codeId !== null || row.scene === null },
      openid: openidOf(accountId, row, isWhole),
    })),
    nextCursor: last ? encodeCursor([last.id.toString()]) : null,
  };
}

function readCursor(cursor: string): bigint {
  const [id = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(id))
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  return BigInt(id);
}

function openidOf(accountId: string, { openidSealed }: ScanRow, isWhole: boolean): string | null {
  if (openidSealed === null) return null;
  const openid = unseal(appSecret(), openidPlace(accountId), openidSealed);
  return isWhole ? openid : maskOpenid(openid);
}

/** Enough to tell two people on one screen apart, too little to find either. */
export function maskOpenid(openid: string): string {
  return `${openid.slice(0, 3)}…${openid.slice(-4)}`;
}
