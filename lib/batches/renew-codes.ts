import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import { announceWork } from '../codes/announce-work';
import { wakeIssueWorker } from '../codes/issue-worker';
import { makeRenewals } from '../codes/make-renewals';
import { makerOf } from '../codes/maker-of';
import { requireCodes } from '../codes/require-codes';
import { isIssuedLater } from '../codes/reserve-code';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { maxBatchRows } from './limits';
import { requireBatch } from './require-batch';
import { type RenewCodesInput, renewCodesSchema } from './schemas';
import { findBatchRow, insertBatch } from './store';
import type { BatchDto } from './types';

const transactionTimeoutMs = 300_000;

/**
 * Makes successors of many temporary codes, each with the label, campaign and channel of its own predecessor, as one batch.
 * Codes that have a successor are left out and counted as `known`.
 *
 * @param input.codeIds  these; those that cannot be renewed are passed over
 * @param input.filter  all that end within `expiresWithinDays`, as the list of codes finds them
 * @param input.expireSeconds  for all; each as long as its predecessor when left out
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @throws AppError VALIDATION_FAILED  nothing to renew, or more than a batch may hold
 * @throws AppError NOT_FOUND | ACCOUNT_STOPPED
 */
export async function renewCodes(
  ctx: Context,
  accountId: string,
  input: RenewCodesInput,
  options: { id?: string } = {},
): Promise<BatchDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const before = options.id === undefined ? null : await findBatchRow(ctx.db, accountId, options.id);
  if (before) return requireBatch(ctx, ctx.db, accountId, before.id);
  const { codeIds, filter, expireSeconds } = parseInput(renewCodesSchema, input);
  if (codeIds) await requireCodes(ctx.db, accountId, codeIds);
  await isIssuedLater(ctx, accountId, 'temporary');
  const id = options.id ?? randomUUID();
  const maker = makerOf(ctx);
  const choice = {
    codes: codeIds ? { ids: codeIds } : { filter: filter ?? {} },
    expireSeconds: expireSeconds ?? null,
    now: maker.createdAt,
  };
  await ctx.db.$transaction(
    async (tx) => {
      const made = { accountId, kind: 'temporary' as const, batchId: id, channelId: null, maker };
      const { total, known } = await makeRenewals(tx, made, choice, (tally) => {
        if (tally.total + tally.known === 0) {
          throw invalidField('codeIds', 'renewNone', 'none of these codes can be renewed');
        }
        if (tally.total > maxBatchRows) {
          throw invalidField('filter', 'tooMany', `${tally.total} codes`, { max: maxBatchRows });
        }
        return insertBatch(tx, {
          ...{ id, accountId, campaignId: null, channelId: null, kind: 'temporary', source: 'renewal' },
          ...{ fileName: null, labelTemplate: null, expireSeconds: expireSeconds ?? null },
          ...tally,
          ...maker,
        });
      });
      await recordAudit(ctx, tx, {
        action: 'batch.renew',
        target: { kind: 'batch', id, label: '' },
        accountId,
        details: { total, known, ...(filter?.expiresWithinDays ? { days: filter.expiresWithinDays } : {}) },
      });
      if (total > 0) await announceWork(tx);
    },
    { timeout: transactionTimeoutMs, maxWait: 60_000 },
  );
  wakeIssueWorker();
  return requireBatch(ctx, ctx.db, accountId, id);
}
