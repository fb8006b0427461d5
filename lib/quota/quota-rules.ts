import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { type QuotaRulesInput, quotaRulesSchema } from './schemas';
import { changeRules, findRules, lockRules, type RulesRow } from './store';
import type { QuotaRulesDto } from './types';

/** What an admin has set about permanent slots: pools, cooling time, approvals, and where WeChat's count differs. */
export async function getQuotaRules(ctx: Context, accountId: string): Promise<QuotaRulesDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const row = await findRules(ctx.db, id);
  if (!row) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
  return toRulesDto(row);
}

/**
 * Changes the rules; what is left out stays as it is. Pools that are shared from now on may overdraw the one there is: that is
 * recorded, and nothing is left then.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function setQuotaRules(
  ctx: Context,
  accountId: string,
  input: QuotaRulesInput,
): Promise<QuotaRulesDto> {
  authorise(ctx, 'admin', accountId);
  const id = requireId(accountId, 'account');
  const change = parseInput(quotaRulesSchema, input);
  return ctx.db.$transaction(async (tx) => {
    const before = await lockRules(tx, id);
    if (!before) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
    await changeRules(tx, id, change);
    const { sharesPool, coolingDays, approvalThreshold } = before;
    await recordAudit(ctx, tx, {
      action: 'account.setQuotaRules',
      target: { kind: 'account', id },
      accountId: id,
      details: { ...change, before: { sharesPool, coolingDays, approvalThreshold } },
    });
    return toRulesDto({ ...before, ...change });
  });
}

function toRulesDto(row: RulesRow): QuotaRulesDto {
  const { sharesPool, coolingDays, approvalThreshold, unlistedBefore, refusedAt, refusedRemaining } = row;
  return {
    ...{ sharesPool, coolingDays, approvalThreshold, unlistedBefore },
    usedUp:
      refusedAt === null ? null : { at: refusedAt.toISOString(), remainingByCount: refusedRemaining ?? 0 },
  };
}
