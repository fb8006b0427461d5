import 'server-only';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { recordAudit } from '../audit/record-audit';
import type { BatchRequest } from '../batches/plan-batch';
import type { BatchSource } from '../batches/types';
import type { Context } from '../context';
import type { JsonObject } from '../db/open-database';
import { AppError } from '../errors';
import { notify } from '../notifications/notify';
import { getQuotaRules } from '../quota/quota-rules';
import { insertApproval } from './store';

const gzipped = promisify(gzip);

/**
 * How many permanent slots this actor may take at once without asking; null: as many as there are. Admins are never asked.
 * For services that have authorised.
 */
export async function findOwnLimit(ctx: Context, accountId: string): Promise<number | null> {
  const { actor } = ctx;
  if ((actor.kind !== 'user' && actor.kind !== 'apiKey') || actor.role === 'admin') return null;
  return (await getQuotaRules(ctx, accountId)).approvalThreshold;
}

export type ApprovalRequest = {
  /** Becomes the id of the batch. */
  id: string;
  accountId: string;
  campaign: { id: string; name: string };
  slots: number;
  source: BatchSource;
  request: BatchRequest;
  /** Of a file: what was read, gzipped. */
  copy: (() => Promise<Uint8Array<ArrayBuffer>>) | null;
};

/**
 * Asks an admin for a batch instead of making it, once however often it is sent. Nothing is reserved meanwhile.
 *
 * @throws AppError APPROVAL_REQUIRED  always: `details` has `approvalId`, `href` and `slots`
 */
export async function requestApproval(ctx: Context, asked: ApprovalRequest): Promise<never> {
  const { id, accountId, campaign, slots, source, request, copy } = asked;
  const { actor, clock } = ctx;
  if (actor.kind !== 'user' && actor.kind !== 'apiKey') throw new Error('only people and keys are asked');
  const { rows, ...input } = request.input as { rows?: unknown[] } & JsonObject;
  const file = copy ? await copy() : rows ? new Uint8Array(await gzipped(JSON.stringify(rows))) : null;
  const href = `/approvals/${id}`;
  await ctx.db.$transaction(async (tx) => {
    const isNew = await insertApproval(tx, {
      ...{ id, accountId, campaignId: campaign.id, slots, source, file },
      fileName: 'file' in request ? request.file.name : null,
      charset: 'file' in request ? request.file.charset : null,
      input: JSON.parse(JSON.stringify(input)),
      requestedByKind: actor.kind,
      requestedById: actor.id,
      requestedByName: actor.name,
      createdAt: clock.now(),
    });
    if (!isNew) return;
    await recordAudit(ctx, tx, {
      action: 'approval.request',
      target: { kind: 'approval', id, label: campaign.name },
      accountId,
      details: { slots, campaignId: campaign.id, source },
    });
    await notify(tx, {
      accountId,
      kind: 'approval.requested',
      data: { by: actor.name, count: slots, campaign: campaign.name },
      href,
      audience: { role: 'admin' },
      dedupeKey: `approval.requested:${id}`,
    });
  });
  throw new AppError('APPROVAL_REQUIRED', `${slots} slots at once take an approval`, {
    approvalId: id,
    href,
    slots,
  });
}
