import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { claimCodes } from '../codes/claim-codes';
import { askWeChat } from '../codes/issue-code';
import { recordAnswers } from '../codes/record-answers';
import { testedDatabase } from '../db/test-database';
import { type BatchBench, openBatchBench, refusal } from './batch-bench';
import { cancelBatch } from './cancel-batch';
import { getBatch, getBatchProgress } from './get-batch';
import { listBatchRows } from './list-batch-rows';
import { pauseBatch } from './pause-batch';
import { resumeBatch } from './resume-batch';
import { retryBatch } from './retry-batch';

let bench: BatchBench;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());
afterEach(() => bench.noFaults());

describe(`steering (${testedDatabase})`, () => {
  it('a paused batch is left alone, another one goes on, and it goes on when resumed', async () => {
    const account = await bench.addAccount();
    const paused = await bench.make(account, 5);
    await pauseBatch(bench.as('marketer'), account.accountId, paused.id);
    expect(await getBatch(bench.system, account.accountId, paused.id)).toMatchObject({
      state: 'paused',
      pause: { reason: 'person', by: 'test key' },
    });
    const other = await bench.make(account, 5);
    await bench.work(bench.untilState(account, other.id, 'done'));
    expect(await getBatch(bench.system, account.accountId, paused.id)).toMatchObject({
      issued: 0,
      reserved: 5,
    });
    expect(await resumeBatch(bench.system, account.accountId, paused.id)).toMatchObject({ state: 'queued' });
    await bench.work(bench.untilState(account, paused.id, 'done'));
    expect((await refusal(pauseBatch(bench.system, account.accountId, paused.id))).code).toBe('BATCH_STATE');
  });

  it('cancel returns what WeChat cannot have seen, and nothing else', async () => {
    const account = await bench.addAccount();
    const batch = await bench.make(account, 300);
    await bench.fault({ kind: 'slow', rate: 1, delayMs: 30 });
    await bench.work(async () => {
      const { issued } = await getBatch(bench.system, account.accountId, batch.id);
      return issued > 20;
    });
    // Those whose answers were lost: WeChat has them, whatever this app knows.
    await bench.fault({ kind: 'lostReply', rate: 1 });
    const claims = await claimCodes(bench.system, account.accountId, ['permanent'], 5);
    await recordAnswers(
      bench.system,
      account.accountId,
      await Promise.all(claims.map((claim) => askWeChat(bench.system, claim))),
    );
    const cancelled = await cancelBatch(bench.system, account.accountId, batch.id);
    expect(cancelled.reserved).toBe(5);
    expect(cancelled.state).toBe('cancelled');
    expect(cancelled.returned).toBeGreaterThan(100);
    expect(cancelled.returned + cancelled.issued + cancelled.reserved).toBe(300);
    await bench.noFaults();
    const settled = await bench.work(async () => {
      const now = await getBatch(bench.system, account.accountId, batch.id);
      return now.reserved === 0 ? now : false;
    });
    expect(settled).toMatchObject({ state: 'cancelled', returned: cancelled.returned });
    expect(settled.finishedAt).not.toBeNull();
    expect((await bench.stateOf(account.appId)).permanentInt).toBe(settled.issued);
    expect(await bench.ledgerOf(account)).toMatchObject({ issued: settled.issued, reserved: 0 });
    // What came back is given out again.
    await bench.make(account, 300 - settled.issued);
    expect((await refusal(retryBatch(bench.system, account.accountId, batch.id))).code).toBe('BATCH_STATE');
  });

  it('what was refused for good fails, and is tried again on demand', async () => {
    const account = await bench.addAccount();
    const batch = await bench.make(account, 3);
    await bench.db
      .$executeRaw`UPDATE codes SET status = 'failed', next_attempt_at = NULL, last_error_kind = 'api',
      last_error_code = 40053, last_error_message = 'invalid action info', last_error_at = now() WHERE batch_id = ${batch.id}::uuid AND batch_line < 3`;
    const failed = await bench.work(bench.untilState(account, batch.id, 'failed'));
    expect(failed).toMatchObject({ issued: 1, failed: 2, reserved: 0 });
    expect((await getBatchProgress(bench.system, account.accountId, batch.id)).lastErrors).toMatchObject([
      { errcode: 40053, rows: 2 },
    ]);
    expect(
      await listBatchRows(bench.system, account.accountId, batch.id, { status: 'failed' }),
    ).toMatchObject({
      items: [{ line: 1, error: { errcode: 40053 } }, { line: 2 }],
    });
    expect(await retryBatch(bench.system, account.accountId, batch.id)).toMatchObject({
      state: 'issuing',
      failed: 0,
    });
    await bench.work(bench.untilState(account, batch.id, 'done'));
    expect(await bench.ledgerOf(account)).toMatchObject({ issued: 3 });
  });

  it('is told as paused while its account is stopped', async () => {
    const account = await bench.addAccount();
    await bench.fault({ kind: 'dayLimit', rate: 1 });
    const batch = await bench.make(account, 3);
    const paused = await bench.work(bench.untilState(account, batch.id, 'paused'));
    expect(paused.pause).toMatchObject({ reason: 'accountStopped', errcode: 45009 });
    expect(paused).toMatchObject({ reserved: 3, failed: 0 });
    expect(await cancelBatch(bench.system, account.accountId, batch.id)).toMatchObject({
      returned: 3,
      state: 'cancelled',
    });
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 0, issued: 0 });
  });
});
