import 'server-only';
import { randomUUID } from 'node:crypto';
import { requireIssuable } from '../accounts/require-issuable';
import { recordAudit } from '../audit/record-audit';
import { makeMissingChannels } from '../channels/make-missing-channels';
import { announceWork } from '../codes/announce-work';
import { makerOf } from '../codes/create-code';
import { wakeIssueWorker } from '../codes/issue-worker';
import { type CodeDraft, makeCodes } from '../codes/make-codes';
import type { Context } from '../context';
import { AppError, isAppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { openRowSpool, type RowSpool } from '../tables/row-spool';
import { toRowFields } from '../tables/to-row-fields';
import type { CheckedRows } from './check-rows';
import { type BatchRequest, type PlannedBatch, planBatch } from './plan-batch';
import { requireBatch } from './require-batch';
import { findBatchRow, insertBatch } from './store';
import type { BatchDto } from './types';

/** 100,000 rows take some seconds; a machine that is busy may need longer than Prisma's half minute. */
const transactionTimeoutMs = 300_000;

/**
 * Makes many codes at once: checks every row, then reserves all scenes and makes all rows in one transaction, all or none.
 * The workers issue them afterwards.
 *
 * Rows that an earlier batch of the campaign has made are left out and counted as `known`.
 *
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong, rows as `rows.LINE.FIELD`
 * @throws AppError NOT_FOUND  account, campaign or channel is unknown or of another account
 * @throws AppError SCENE_CAP_REACHED (`details.remaining`) | EXTERNAL_USE_UNDECLARED | ACCOUNT_STOPPED
 * @throws AppError SCENE_TAKEN | SCENE_NOT_OURS | CONFLICT  somebody was faster, between the check and the transaction
 * @throws AppError PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  the file
 */
export async function createBatch(
  ctx: Context,
  accountId: string,
  request: BatchRequest,
  options: { id?: string } = {},
): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const known = options.id === undefined ? null : await findBatchRow(ctx.db, accountId, options.id);
  if (known) return requireBatch(ctx, ctx.db, accountId, known.id);
  const planned = await planBatch(ctx, accountId, request);
  await requireResuming(ctx, accountId, planned);
  const id = options.id ?? randomUUID();
  const spool = await openRowSpool<CodeDraft>();
  try {
    const checked = await planned.check((drafts) => spool.write(drafts));
    refuseInvalid(checked);
    await make(ctx, accountId, id, planned, checked, spool);
  } finally {
    await spool.close();
  }
  wakeIssueWorker();
  return requireBatch(ctx, ctx.db, accountId, id);
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
): Promise<void> {
  const maker = makerOf(ctx);
  const { kind, campaignId } = plan;
  const channelId = plan.channelId || null;
  await ctx.db.$transaction(
    async (tx) => {
      await makeMissingChannels(tx, accountId, [...checked.newChannels.values()]);
      const codes = { accountId, kind, batchId: id, channelId, campaignId, maker };
      let known = checked.known;
      const { total } = await makeCodes(tx, codes, spool.read(), (tally) => {
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
        details: { kind, source, total, known, campaignId, newChannels: checked.newChannels.size },
      });
      if (total > 0) await announceWork(tx);
    },
    { timeout: transactionTimeoutMs, maxWait: 60_000 },
  );
}
