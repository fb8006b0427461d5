import 'server-only';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import { recordAudit } from '../audit/record-audit';
import { createBatch } from '../batches/create-batch';
import type { BatchRequest } from '../batches/plan-batch';
import type { CreateBatchInput, TableBatchInput } from '../batches/schemas';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError, isAppError } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { refuseDecided, tellRequester } from './decide-approval';
import { requireApproval, stuckAfterMs, toApprovalDto } from './require-approval';
import { type DecideApprovalInput, decideApprovalSchema } from './schemas';
import { type ApprovalRow, decide, findFile, markFailed, markMade, takeOver } from './store';
import type { ApprovalDto } from './types';

const gunzipped = promisify(gunzip);

/**
 * Approves a request and makes its batch at once, as the requester's, with the slots that are left by now.
 *
 * Done twice, it is made once: the batch has the id of the request. What cannot be made (too few slots left, a scene taken
 * meanwhile) comes back as `failed` with the reason, and may be approved again.
 *
 * @throws AppError APPROVAL_STATE  `details.state`: somebody has decided already
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function approveRequest(
  ctx: Context,
  accountId: string,
  approvalId: string,
  input: DecideApprovalInput = {},
): Promise<ApprovalDto> {
  authorise(ctx, 'admin', accountId);
  const { note } = parseInput(decideApprovalSchema, input);
  const { batchId } = await requireApproval(ctx.db, accountId, approvalId);
  if (batchId === null) {
    const row = await ctx.db.$transaction((tx) => claim(ctx, tx, accountId, approvalId, note));
    await make(ctx, accountId, row);
  }
  return toApprovalDto(await requireApproval(ctx.db, accountId, approvalId), ctx.clock);
}

async function claim(
  ctx: Context,
  tx: Db,
  accountId: string,
  id: string,
  note: string,
): Promise<ApprovalRow> {
  const { actor, clock } = ctx;
  const now = clock.now();
  const decidedByName = actor.kind === 'stranger' ? '' : actor.name;
  const isDecided = await decide(tx, id, ['pending', 'failed'], {
    ...{ state: 'approved', decidedByName, decidedAt: now, note },
  });
  const row = await requireApproval(tx, accountId, id);
  if (!isDecided && !(await takeOver(tx, id, new Date(now.getTime() - stuckAfterMs), now))) {
    refuseDecided(row);
  }
  await recordAudit(ctx, tx, {
    action: 'approval.approve',
    target: { kind: 'approval', id, label: row.campaign.name },
    accountId,
    details: { slots: row.slots, by: row.requestedByName, note },
  });
  return row;
}

async function make(ctx: Context, accountId: string, row: ApprovalRow): Promise<void> {
  const { id, requestedByKind, requestedById, requestedByName } = row;
  const maker = {
    createdById: requestedByKind === 'user' ? requestedById : null,
    createdByName: requestedByName,
    createdAt: ctx.clock.now(),
  };
  try {
    await createBatch(ctx, accountId, await toRequest(ctx.db, row), {
      id,
      approved: { slots: row.slots, maker },
    });
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code, details } = error;
    const failure = JSON.parse(JSON.stringify({ code, details }));
    await ctx.db.$transaction((tx) => markFailed(tx, id, failure));
    return;
  }
  await ctx.db.$transaction(async (tx) => {
    await markMade(tx, id);
    await tellRequester(ctx, tx, row, 'approved', row.note);
  });
}

/** What was asked, as it was sent. */
async function toRequest(
  db: Db,
  { id, source, input, fileName, charset }: ApprovalRow,
): Promise<BatchRequest> {
  if (source !== 'csv' && source !== 'rows') return { input: input as unknown as CreateBatchInput };
  const kept = await findFile(db, id);
  if (kept === null) throw new AppError('NOT_FOUND', 'the file is gone', { what: 'approval' });
  if (source === 'rows') {
    const rows: unknown[] = JSON.parse((await gunzipped(kept)).toString('utf8'));
    return { input: { ...(input as unknown as CreateBatchInput), rows } };
  }
  async function* open(): AsyncGenerator<Uint8Array> {
    const unzip = createGunzip();
    unzip.end(kept);
    yield* unzip;
  }
  return { input: input as unknown as TableBatchInput, file: { name: fileName, charset, open } };
}
