import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { holdLedger, releaseScenes } from '../ledger/move-scenes';
import { authorise } from '../people/authorise';
import { requireCode, requireLockedCode } from './require-code';
import { deleteCode } from './store';

/**
 * Takes back a code that was never issued; a permanent slot returns to the ledger.
 *
 * @throws AppError CONFLICT  it is issued, WeChat may have seen its slot, or WeChat is being asked right now
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function discardCode(ctx: Context, accountId: string, codeId: string): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  const { kind } = await requireCode(ctx, ctx.db, accountId, codeId);
  await ctx.db.$transaction(async (tx) => {
    if (kind === 'permanent') await holdLedger(tx, accountId);
    const { label, permanentSceneId } = await requireLockedCode(tx, accountId, codeId);
    const { canDiscard, scene } = await requireCode(ctx, tx, accountId, codeId);
    if (!canDiscard) {
      throw new AppError('CONFLICT', `code ${codeId} can no longer be discarded`, { what: 'code' });
    }
    await deleteCode(tx, codeId);
    if (permanentSceneId !== null) await releaseScenes(tx, accountId, [permanentSceneId]);
    await recordAudit(ctx, tx, {
      action: 'code.discard',
      target: { kind: 'code', id: codeId, label },
      accountId,
      details: { kind, scene },
    });
  });
}
