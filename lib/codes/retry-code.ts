import 'server-only';
import { requireIssuable } from '../accounts/require-issuable';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import { claimCode } from './claim-codes';
import { issueCode } from './issue-code';
import { wakeIssueWorker } from './issue-worker';
import { requireCode } from './require-code';
import type { CodeDto } from './types';

/**
 * Asks WeChat again, at once and with the same scene, for a code that failed or waits. An issued one stays as it is.
 *
 * @returns the code as it is after WeChat's answer, see `createCode`
 * @throws AppError CONFLICT  WeChat is being asked for it right now, or it is archived
 * @throws AppError ACCOUNT_STOPPED
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function retryCode(ctx: Context, accountId: string, codeId: string): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  const code = await requireCode(ctx, ctx.db, accountId, codeId);
  if (code.issuedAt !== null) return code;
  if (code.archivedAt !== null)
    throw new AppError('CONFLICT', 'an archived code is not retried', { what: 'code' });
  await requireIssuable(ctx.db, accountId, code.kind, ctx.clock.now());
  const claim = await ctx.db.$transaction(async (tx) => {
    const claimed = await claimCode(tx, codeId);
    if (!claimed) throw new AppError('CONFLICT', `code ${codeId} is being asked for`, { what: 'code' });
    await recordAudit(ctx, tx, {
      action: 'code.retry',
      target: { kind: 'code', id: codeId, label: code.label },
      accountId,
    });
    return claimed;
  });
  await issueCode(ctx, claim);
  const retried = await requireCode(ctx, ctx.db, accountId, codeId);
  if (retried.status === 'reserved') wakeIssueWorker();
  return retried;
}
