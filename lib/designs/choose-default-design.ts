import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { refusalOf } from './refusal-of';
import { requireDesign } from './require-design';
import { clearDefaultDesign, findDefaultDesignRow, markDefaultDesign } from './store';

/**
 * Says which design is proposed wherever somebody of the account chooses one.
 *
 * @param designId  null: none
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 * @throws AppError CONFLICT  it is archived, or somebody else chose at the same moment
 */
export async function chooseDefaultDesign(
  ctx: Context,
  accountId: string,
  designId: string | null,
): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const chosen = designId === null ? null : await requireDesign(ctx.db, accountId, designId);
  if (chosen?.archivedAt) {
    throw new AppError('CONFLICT', `design ${chosen.id} is archived`, { what: 'design' });
  }
  try {
    await ctx.db.$transaction(async (tx) => {
      const former = await findDefaultDesignRow(tx, accountId);
      if (former?.id === chosen?.id) return;
      await clearDefaultDesign(tx, accountId);
      if (chosen) await markDefaultDesign(tx, chosen.id);
      const target = chosen ?? former;
      await recordAudit(ctx, tx, {
        action: chosen ? 'design.makeDefault' : 'design.clearDefault',
        target: { kind: 'design', ...(target ? { id: target.id, label: target.name } : {}) },
        accountId,
        details: chosen && former ? { formerName: former.name } : {},
      });
    });
  } catch (error) {
    throw refusalOf(error);
  }
}
