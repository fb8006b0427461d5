import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { retentionDaysSchema } from './schemas';
import { readRetentionDays, writeRetentionDays } from './store';

/** For how many days an account keeps its print files. */
export async function getExportRetention(ctx: Context, accountId: string): Promise<number> {
  authorise(ctx, 'viewer', accountId);
  return readRetentionDays(ctx.db, requireId(accountId, 'account'));
}

/** @param days  1…365, for exports made from now on. @throws AppError VALIDATION_FAILED */
export async function setExportRetention(ctx: Context, accountId: string, days: number): Promise<void> {
  authorise(ctx, 'admin', accountId);
  requireId(accountId, 'account');
  const wanted = parseInput(retentionDaysSchema, days);
  await ctx.db.$transaction(async (tx) => {
    const before = await readRetentionDays(tx, accountId);
    if (before === wanted) return;
    await writeRetentionDays(tx, accountId, wanted);
    await recordAudit(ctx, tx, {
      action: 'export.setRetention',
      target: { kind: 'account', id: accountId },
      accountId,
      details: { before, after: wanted },
    });
  });
}
