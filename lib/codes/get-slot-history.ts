import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { coolingEndsAt } from './cooling';
import { requireCode } from './require-code';
import { findHolders } from './slot-store';
import type { SlotHistoryDto } from './types';

/**
 * Which codes have held the permanent slot of this one, in order; no holders for a temporary code.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function getSlotHistory(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<SlotHistoryDto> {
  authorise(ctx, 'viewer', accountId);
  const { id } = await requireCode(ctx, ctx.db, accountId, requireId(codeId, 'code'));
  const rows = await findHolders(ctx.db, accountId, id);
  const last = rows.at(-1);
  const isFree = last?.slotState === 'archived' && last.archivedAt !== null && last.toAt === null;
  return {
    holders: rows.map(({ codeId: holderId, label, archivedAt, fromAt, toAt }) => ({
      code: { id: holderId, label, isArchived: archivedAt !== null },
      fromAt: fromAt.toISOString(),
      toAt: toAt?.toISOString() ?? null,
    })),
    reusableAt:
      isFree && last.archivedAt ? coolingEndsAt(last.archivedAt, last.coolingDays).toISOString() : null,
  };
}
