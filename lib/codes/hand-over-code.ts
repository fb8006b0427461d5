import 'server-only';
import { recordAudit } from '../audit/record-audit';
import { requireCampaign } from '../campaigns/require-campaign';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { findAssignments, putAssignment } from './assignment-store';
import { requireCode, requireForCampaigns, requireLockedCode } from './require-code';
import { type HandOverCodeInput, handOverCodeSchema } from './schemas';
import { toAssignmentDtos } from './to-assignment-dtos';
import type { AssignmentDto } from './types';

/** Clocks of a browser and of a server differ by so much; within it, "now" is meant. */
const toleranceMs = 60_000;

/**
 * Has a code serve another campaign from a moment on; scans before it stay with the campaign that they counted for.
 *
 * Several hand-overs may be planned. One that begins at the moment of another replaces it.
 *
 * @param input.campaignId  null: no campaign from then on
 * @param input.fromAt  ISO 8601, now when left out
 * @returns all assignments, in order of time
 * @throws AppError VALIDATION_FAILED  the moment has passed, or the campaign is archived
 * @throws AppError NOT_FOUND  code or campaign: malformed, unknown, or of another account
 */
export async function handOverCode(
  ctx: Context,
  accountId: string,
  codeId: string,
  input: HandOverCodeInput,
): Promise<AssignmentDto[]> {
  authorise(ctx, 'marketer', accountId);
  const code = await requireCode(ctx, ctx.db, accountId, codeId);
  const { campaignId, fromAt } = parseInput(handOverCodeSchema, input);
  requireForCampaigns(code);
  const campaign = campaignId === null ? null : await requireCampaign(ctx.db, accountId, campaignId);
  if (campaign?.archivedAt) throw invalidField('campaignId', 'campaignArchived', 'the campaign is archived');
  const now = ctx.clock.now();
  const begins = fromAt === undefined ? now : new Date(fromAt);
  if (begins.getTime() < now.getTime() - toleranceMs) {
    throw invalidField('fromAt', 'dateInPast', 'scans keep the campaign that they counted for');
  }
  const moment = new Date(Math.max(begins.getTime(), now.getTime()));
  return ctx.db.$transaction(async (tx) => {
    await requireLockedCode(tx, accountId, codeId);
    const rows = await findAssignments(tx, codeId);
    const inForce = rows.findLast((row) => row.fromAt <= moment);
    if ((inForce?.campaign?.id ?? null) === campaignId) return toAssignmentDtos(rows, now);
    await putAssignment(tx, codeId, campaignId, moment);
    await recordAudit(ctx, tx, {
      action: 'code.handOver',
      target: { kind: 'code', id: codeId, label: code.label },
      accountId,
      details: { campaignId, campaign: campaign?.name ?? null, fromAt: moment.toISOString() },
    });
    return toAssignmentDtos(await findAssignments(tx, codeId), now);
  });
}
