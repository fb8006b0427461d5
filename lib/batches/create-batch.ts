import 'server-only';
import { randomUUID } from 'node:crypto';
import { requireIssuable } from '../accounts/require-issuable';
import { keepCopy } from '../approvals/keep-copy';
import { findOwnLimit, requestApproval } from '../approvals/request-approval';
import { recordAudit } from '../audit/record-audit';
import { makeMissingChannels } from '../channels/make-missing-channels';
import { announceWork } from '../codes/announce-work';
import { wakeIssueWorker } from '../codes/issue-worker';
import { type CodeDraft, makeCodes } from '../codes/make-codes';
import { makerOf } from '../codes/maker-of';
import type { Context } from '../context';
import { AppError, isAppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { openRowSpool, type RowSpool } from '../tables/row-spool';
import { toRowFields } from '../tables/to-row-fields';
import { makeMissingTags } from '../tags/make-missing-tags';
import type { CheckedRows } from './check-rows';
import { type BatchRequest, type PlannedBatch, planBatch } from './plan-batch';
import { requireBatch } from './require-batch';
import { findBatchRow, insertBatch } from './store';
import type { BatchDto } from './types';

export type Approved = { slots: number; maker: ReturnType<typeof makerOf> };

/** 100,000 rows take some seconds; a machine that is busy may need longer than Prisma's half minute. */
const transactionTimeoutMs = 300_000;

/**
 * Makes many codes at once: checks every row, then reserves all scenes and makes all rows in one transaction, all or none.
 * The workers issue them afterwards.
 *
 * Rows that an earlier batch of the campaign has made are left out and counted as `known`. With `reuse` a row whose channel has a
 * permanent code gets that one, counted as `reused`, and no slot is spent on it.
 *
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @param options.approved  an admin has approved so many slots, and whose the batch is
 * @throws AppError APPROVAL_REQUIRED  more slots than a marketer may take at once: an admin has been asked, `details.approvalId`
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong, rows as `rows.LINE.FIELD`
 * @throws AppError NOT_FOUND  account, campaign or channel is unknown or of another account
 * @throws AppError SCENE_CAP_REACHED (`details.remaining`) | CAMPAIGN_BUDGET_REACHED | EXTERNAL_USE_UNDECLARED |
 *   ACCOUNT_STOPPED
 * @throws AppError SCENE_TAKEN | SCENE_NOT_OURS | CONFLICT  somebody was faster, between the check and the transaction
 * @throws AppError PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  the file
 */
export async function createBatch(
  ctx: Context,
  accountId: string,
  request: BatchRequest,
  options: { id?: string; approved?: Approved } = {},
): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const known = options.id === undefined ? null : await findBatchRow(ctx.db, accountId, options.id);
  if (known) return requireBatch(ctx, ctx.db, accountId, known.id);
  const { approved } = options;
  const limit = request.input.kind === 'permanent' && !approved ? await findOwnLimit(ctx, accountId) : null;
  const kept = limit !== null && 'file' in request ? keepCopy(request.file) : null;
  const read = kept && 'file' in request ? { ...request, file: kept.file } : request;
  const planned = await planBatch(ctx, accountId, read);
  await requireResuming(ctx, accountId, planned);
  const id = options.id ?? randomUUID();
  const spool = await openRowSpool<CodeDraft>();
  try {
    const checked = await planned.check((drafts) => spool.write(drafts));
    refuseInvalid(checked);
    const slots = slotsOf(planned, checked);
    if (limit !== null && slots > limit) {
      const { source, rules } = planned;
      await requestApproval(ctx, {
        ...{ id, accountId, campaign: rules.campaign, slots, source, request, copy: kept?.copy ?? null },
      });
    }
    if (approved && slots > approved.slots) {
      throw new AppError('CONFLICT', `would take ${slots} slots, ${approved.slots} are approved`, {
        what: 'approval',
      });
    }
    await make(ctx, accountId, id, planned, checked, spool, approved?.maker ?? makerOf(ctx));
  } finally {
    await spool.close();
  }
  wakeIssueWorker();
  return requireBatch(ctx, ctx.db, accountId, id);
}

/** Permanent slots that the batch would take. */
function slotsOf({ plan, rules }: PlannedBatch, { valid, reusable }: CheckedRows): number {
  if (plan.kind !== 'permanent') return 0;
  return valid - (rules.reuseFrom ? reusable : 0);
}

/** An account that starts again by itself (tomorrow, after 45009) may reserve; the queue asks WeChat then. */
async function requireResuming(ctx: Context, accountId: string, { plan }: PlannedBatch): Promise<void> {
  try {
    await requireIssuable(ctx.db, accountId, plan.kind, ctx.clock.now());
  } catch (error) {
    const startsAgain = isAppError(error) && error.code === 'ACCOUNT_STOPPED' && error.details.until;
    if (!startsAgain) throw error;
  }
}

function refuseInvalid({ invalid, rows }: CheckedRows): void {
  if (invalid === 0) return;
  throw new AppError('VALIDATION_FAILED', `${invalid} rows are wrong`, {
    invalid,
    fields: toRowFields(rows),
  });
}

async function make(
  ctx: Context,
  accountId: string,
  id: string,
  { plan, source, fileName, rules }: PlannedBatch,
  checked: CheckedRows,
  spool: RowSpool<CodeDraft>,
  maker: ReturnType<typeof makerOf>,
): Promise<void> {
  const { kind, campaignId } = plan;
  const channelId = plan.channelId || null;
  await ctx.db.$transaction(
    async (tx) => {
      await makeMissingTags(tx, accountId, [...checked.newTags]);
      await makeMissingChannels(tx, accountId, [...checked.newChannels.values()]);
      const codes = {
        accountId,
        kind,
        batchId: id,
        channelId,
        campaignId,
        reuseFrom: rules.reuseFrom,
        maker,
      };
      let known = checked.known;
      const { total, reused } = await makeCodes(tx, codes, spool.read(), (tally) => {
        known += tally.known;
        return insertBatch(tx, {
          ...{ id, accountId, campaignId, channelId, kind, source, fileName },
          labelTemplate: rules.labelTemplate,
          expireSeconds: rules.expireSeconds,
          total: tally.total,
          known,
          ...maker,
        });
      });
      await recordAudit(ctx, tx, {
        action: 'batch.create',
        target: { kind: 'batch', id, label: rules.campaign.name },
        accountId,
        details: {
          ...{ kind, source, total, known, reused, campaignId, newChannels: checked.newChannels.size },
          ...(checked.newTags.size > 0 ? { newTags: [...checked.newTags] } : {}),
        },
      });
      if (total > 0) await announceWork(tx);
    },
    { timeout: transactionTimeoutMs, maxWait: 60_000 },
  );
}
