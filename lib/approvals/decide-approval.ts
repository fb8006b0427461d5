import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { parseInput } from '../field-issues';
import { notify } from '../notifications/notify';
import { authorise } from '../people/authorise';
import { requireApproval, toApprovalDto } from './require-approval';
import { type DecideApprovalInput, decideApprovalSchema } from './schemas';
import { type ApprovalRow, decide } from './store';
import type { ApprovalDto } from './types';

/**
 * Refuses a request; nothing is made. Done twice, it is done once.
 *
 * @throws AppError APPROVAL_STATE  `details.state`: it was decided otherwise
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function refuseRequest(
  ctx: Context,
  accountId: string,
  approvalId: string,
  input: DecideApprovalInput = {},
): Promise<ApprovalDto> {
  authorise(ctx, 'admin', accountId);
  const { note } = parseInput(decideApprovalSchema, input);
  return close(ctx, accountId, approvalId, 'refused', note);
}

/**
 * Takes one's own request back, or as an admin anybody's.
 *
 * @throws AppError FORBIDDEN  somebody else has asked
 * @throws AppError APPROVAL_STATE | NOT_FOUND  as `refuseRequest`
 */
export async function withdrawRequest(
  ctx: Context,
  accountId: string,
  approvalId: string,
): Promise<ApprovalDto> {
  authorise(ctx, 'marketer', accountId);
  const { requestedById } = await requireApproval(ctx.db, accountId, approvalId);
  const { actor } = ctx;
  const isOwn = 'id' in actor && actor.id === requestedById;
  if (!isOwn) authorise(ctx, 'admin', accountId);
  return close(ctx, accountId, approvalId, 'withdrawn', '');
}

async function close(
  ctx: Context,
  accountId: string,
  approvalId: string,
  state: 'refused' | 'withdrawn',
  note: string,
): Promise<ApprovalDto> {
  const { actor, clock } = ctx;
  return ctx.db.$transaction(async (tx) => {
    const before = await requireApproval(tx, accountId, approvalId);
    const decidedByName = actor.kind === 'stranger' ? '' : actor.name;
    const decision = { state, decidedByName, decidedAt: clock.now(), note };
    const isDecided = await decide(tx, before.id, ['pending', 'failed'], decision);
    const row = await requireApproval(tx, accountId, approvalId);
    if (isDecided) {
      await recordAudit(ctx, tx, {
        action: state === 'refused' ? 'approval.refuse' : 'approval.withdraw',
        target: { kind: 'approval', id: row.id, label: row.campaign.name },
        accountId,
        details: { slots: row.slots, by: row.requestedByName, note },
      });
      if (state === 'refused') await tellRequester(ctx, tx, row, 'refused', note);
    } else if (row.state !== state) refuseDecided(row);
    return toApprovalDto(row, clock);
  });
}

export function refuseDecided({ id, state }: ApprovalRow): never {
  throw new AppError('APPROVAL_STATE', `approval ${id} is ${state}`, { state });
}

/** Who asked is told; what a key asked is told to those who may ask. */
export async function tellRequester(
  { actor }: Pick<Context, 'actor'>,
  tx: Db,
  row: ApprovalRow,
  decision: 'approved' | 'refused',
  reason: string,
): Promise<void> {
  const { id, accountId, slots, campaign, requestedByKind, requestedById } = row;
  const isPerson = requestedByKind === 'user' && requestedById !== null;
  await notify(tx, {
    accountId,
    kind: 'approval.decided',
    data: {
      by: actor.kind === 'stranger' ? '' : actor.name,
      count: slots,
      campaign: campaign.name,
      decision,
      reason,
    },
    href: `/approvals/${id}`,
    audience: isPerson ? { userId: requestedById } : { role: 'marketer' },
    dedupeKey: `approval.decided:${id}:${decision}`,
  });
}
