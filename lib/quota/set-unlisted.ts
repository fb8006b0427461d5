import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getQuotaCounts } from './get-quota';
import { type SetUnlistedInput, setUnlistedSchema } from './schemas';
import { changeRules, lockRules, type RulesRow } from './store';
import type { QuotaCountsDto } from './types';

/**
 * Sets down how many slots are spent without anybody knowing their scenes: WeChat said "used up" before our count did.
 *
 * A fact, so it may go beyond the cap. The account stays stopped until it is resumed. `undoUnlisted` takes it back.
 *
 * @param unlisted  0…1,000,000; or with it the part of them that were strings
 */
export async function setUnlisted(
  ctx: Context,
  accountId: string,
  unlisted: number | SetUnlistedInput,
): Promise<QuotaCountsDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const wanted = parseInput(setUnlistedSchema, typeof unlisted === 'number' ? { unlisted } : unlisted);
  await ctx.db.$transaction(async (tx) => {
    const before = await requireRules(tx, id);
    const isSame = before.unlisted === wanted.unlisted && before.unlistedStrings === wanted.strings;
    if (isSame) return;
    await changeRules(tx, id, {
      unlisted: wanted.unlisted,
      unlistedStrings: wanted.strings,
      unlistedBefore: before.unlisted,
      unlistedStringsBefore: before.unlistedStrings,
    });
    await recordAudit(ctx, tx, {
      action: 'account.setUnlisted',
      target: { kind: 'account', id },
      accountId: id,
      details: { before: before.unlisted, ...wanted },
    });
  });
  return getQuotaCounts(ctx, id);
}

/**
 * Takes back the last `setUnlisted`; done twice, it is done once.
 *
 * @throws AppError NOT_FOUND  no such account
 */
export async function undoUnlisted(ctx: Context, accountId: string): Promise<QuotaCountsDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  await ctx.db.$transaction(async (tx) => {
    const now = await requireRules(tx, id);
    if (now.unlistedBefore === null) return;
    await changeRules(tx, id, {
      unlisted: now.unlistedBefore,
      unlistedStrings: now.unlistedStringsBefore ?? 0,
      unlistedBefore: null,
      unlistedStringsBefore: null,
    });
    await recordAudit(ctx, tx, {
      action: 'account.setUnlisted',
      target: { kind: 'account', id },
      accountId: id,
      details: { before: now.unlisted, unlisted: now.unlistedBefore, isUndo: true },
    });
  });
  return getQuotaCounts(ctx, id);
}

async function requireRules(tx: Db, id: string): Promise<RulesRow> {
  const row = await lockRules(tx, id);
  if (!row) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
  return row;
}
