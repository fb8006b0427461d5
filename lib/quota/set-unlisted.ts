import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getQuotaCounts } from './get-quota';
import { setUnlistedSchema } from './schemas';
import { writeUnlisted } from './store';
import type { QuotaCountsDto } from './types';

/**
 * Sets down how many slots are spent without anybody knowing their scenes: WeChat said "used up" before our count did.
 *
 * A fact, so it may go beyond the cap. The account stays stopped until it is resumed.
 *
 * @param unlisted  0…1,000,000
 */
export async function setUnlisted(
  ctx: Context,
  accountId: string,
  unlisted: number,
): Promise<QuotaCountsDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const wanted = parseInput(setUnlistedSchema, { unlisted }).unlisted;
  await ctx.db.$transaction(async (tx) => {
    const before = await writeUnlisted(tx, id, wanted);
    if (before === null) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
    await recordAudit(ctx, tx, {
      action: 'account.setUnlisted',
      target: { kind: 'account', id },
      accountId: id,
      details: { before, unlisted: wanted },
    });
  });
  return getQuotaCounts(ctx, id);
}
