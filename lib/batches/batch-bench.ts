import { setTimeout as sleep } from 'node:timers/promises';
import { startIssueWorker } from '../codes/issue-worker';
import { openTestBench, type TestBench } from '../codes/test-bench';
import { isAppError } from '../errors';
import { fileOf } from '../tables/test-file';
import { createBatch } from './create-batch';
import { getBatch } from './get-batch';
import { listBatchRows } from './list-batch-rows';

type Account = Awaited<ReturnType<TestBench['addAccount']>>;

/** A test bench with what tests of batches do again and again. */
export async function openBatchBench() {
  const bench = await openTestBench();
  return {
    ...bench,
    ledgerOf: ({ accountId }: Account) =>
      bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } }),
    make({ accountId, campaignId }: Account, count: number, more: Record<string, unknown> = {}) {
      const input = { campaignId, kind: 'permanent' as const, count, ...more };
      return createBatch(bench.system, accountId, { input });
    },
    importTable(
      { accountId, campaignId }: Account,
      table: string | Uint8Array,
      more: Record<string, unknown> = {},
    ) {
      const input = { campaignId, kind: 'permanent' as const, ...more };
      return createBatch(bench.system, accountId, { input, file: fileOf(table) });
    },
    rowsOf: async ({ accountId }: Account, batchId: string) =>
      (await listBatchRows(bench.system, accountId, batchId, { limit: 200 })).items,
    async work<T>(until: () => Promise<T | false>): Promise<T> {
      const worker = startIssueWorker(async () => bench.system);
      try {
        const giveUpAt = Date.now() + 25_000;
        for (;;) {
          const found = await until();
          if (found !== false) return found;
          if (Date.now() > giveUpAt) throw new Error('it took too long');
          await sleep(50);
        }
      } finally {
        await worker.stop();
      }
    },
    untilState:
      ({ accountId }: Account, id: string, state: string) =>
      async () => {
        const batch = await getBatch(bench.system, accountId, id);
        return batch.state === state ? batch : (false as const);
      },
  };
}

export type BatchBench = Awaited<ReturnType<typeof openBatchBench>>;

export async function refusal(action: Promise<unknown>) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error('not refused as it should be', { cause: error });
  return error;
}
