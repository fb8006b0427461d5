import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Context } from '../context';
import { violatedLaw } from '../db/violated-law';
import { AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { issueCode } from './issue-code';
import { wakeIssueWorker } from './issue-worker';
import { requireCode, requireForCampaigns } from './require-code';
import { isIssuedLater, reserveCode } from './reserve-code';
import { maxExpireSeconds } from './scene-limits';
import { type RenewCodeInput, renewCodeSchema } from './schemas';
import type { CodeDto } from './types';

/**
 * Makes the successor of a temporary code, whose time cannot be prolonged: same label, campaign and channel, a new scene and
 * so a new symbol. Linked both ways.
 *
 * A code is renewed once: done again, the successor that is there comes back. One that was discarded makes room for another.
 *
 * @param input.expireSeconds  as long as its predecessor when left out
 * @returns the successor after WeChat's answer, see `createCode`
 * @throws AppError VALIDATION_FAILED  it is permanent
 * @throws AppError CODE_NOT_ISSUED  there is nothing yet that could be renewed
 * @throws AppError CONFLICT  it is archived, or a binding's
 * @throws AppError ACCOUNT_STOPPED
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function renewCode(
  ctx: Context,
  accountId: string,
  codeId: string,
  input: RenewCodeInput = {},
  options: { id?: string } = {},
): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  const code = await requireCode(ctx, ctx.db, accountId, codeId);
  const { expireSeconds } = parseInput(renewCodeSchema, input);
  if (code.renewedBy) return requireCode(ctx, ctx.db, accountId, code.renewedBy.id);
  requireRenewable(code);
  const isHeldBack = await isIssuedLater(ctx, accountId, 'temporary');
  const wanted = {
    ...{ id: options.id ?? randomUUID(), kind: 'temporary' as const, label: code.label, scene: null },
    channelId: code.channel?.id ?? null,
    campaignId: code.campaign?.id ?? null,
    expireSeconds: expireSeconds ?? code.expireSeconds ?? maxExpireSeconds,
    renewsId: code.id,
  };
  try {
    const claim = await reserveCode(ctx, accountId, wanted, isHeldBack, 'code.renew');
    if (!isHeldBack) await issueCode(ctx, claim);
  } catch (error) {
    if (violatedLaw(error) !== 'codes_renewed_once') throw error;
  }
  const { renewedBy } = await requireCode(ctx, ctx.db, accountId, codeId);
  const successor = await requireCode(ctx, ctx.db, accountId, renewedBy?.id ?? wanted.id);
  if (successor.status === 'reserved') wakeIssueWorker();
  return successor;
}

function requireRenewable(code: CodeDto): void {
  const { id, kind, issuedAt, archivedAt } = code;
  if (kind === 'permanent') throw invalidField('id', 'renewPermanent', 'a permanent code does not expire');
  requireForCampaigns(code);
  if (issuedAt === null) throw new AppError('CODE_NOT_ISSUED', `code ${id} is not issued`, { what: 'code' });
  if (archivedAt !== null) throw new AppError('CONFLICT', `code ${id} is archived`, { what: 'code' });
}
