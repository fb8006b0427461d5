import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { archiveScene, holdLedger } from '../ledger/move-scenes';
import { authorise } from '../people/authorise';
import { requireCode, requireLockedCode } from './require-code';
import { changeCode, type LockedCode } from './store';
import type { CodeDto } from './types';

/**
 * Takes a code out of the lists. Its print still works and still counts for it; its permanent slot stays spent. Done
 * twice, it is done once.
 *
 * @throws AppError CODE_NOT_ISSUED  it still waits for WeChat, or can be discarded instead
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function archiveCode(ctx: Context, accountId: string, codeId: string): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  const code = await requireCode(ctx, ctx.db, accountId, codeId);
  if (code.archivedAt !== null) return code;
  return ctx.db.$transaction(async (tx) => {
    if (code.kind === 'permanent') await holdLedger(tx, accountId);
    const locked = await requireLockedCode(tx, accountId, codeId);
    const { canDiscard } = await requireCode(ctx, tx, accountId, codeId);
    requireArchivable(locked, canDiscard);
    if (locked.archivedAt === null) {
      if (locked.permanentSceneId !== null) await archiveScene(tx, locked.permanentSceneId);
      await changeCode(tx, codeId, { archivedAt: ctx.clock.now() });
      await recordAudit(ctx, tx, {
        action: 'code.archive',
        target: { kind: 'code', id: codeId, label: locked.label },
        accountId,
      });
    }
    return requireCode(ctx, tx, accountId, codeId);
  });
}

function requireArchivable({ id, kind, status }: LockedCode, canDiscard: boolean): void {
  if (status === 'issued') return;
  // A failed one whose slot is spent has no other way out of sight.
  if (status === 'failed' && !(kind === 'permanent' && canDiscard)) return;
  throw new AppError('CODE_NOT_ISSUED', `code ${id} is not issued`, { what: 'code' });
}
