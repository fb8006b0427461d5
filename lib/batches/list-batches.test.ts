import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testedDatabase } from '../db/test-database';
import { type BatchBench, openBatchBench, refusal } from './batch-bench';
import { cancelBatch } from './cancel-batch';
import { createBatch } from './create-batch';
import { exportBatchRows } from './export-batch-rows';
import { getBatch } from './get-batch';
import { listBatchRows } from './list-batch-rows';
import { listBatches } from './list-batches';
import { pauseBatch } from './pause-batch';
import { resumeBatch } from './resume-batch';
import { retryBatch } from './retry-batch';

let bench: BatchBench;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());

describe(`lists (${testedDatabase})`, () => {
  it('go page by page, and leave as a CSV without formulas', async () => {
    const account = await bench.addAccount();
    const { accountId } = account;
    const batch = await bench.importTable(
      account,
      'label,channel,channel name,key\n"=cmd|\' /C calc\'!A0",@x,+1,-5\nplain,,,\n',
    );
    const page = await listBatchRows(bench.system, accountId, batch.id, { limit: 1 });
    expect(page.items.map(({ line }) => line)).toEqual([2]);
    const next = await listBatchRows(bench.system, accountId, batch.id, {
      limit: 1,
      cursor: page.nextCursor ?? '',
    });
    expect(next).toMatchObject({ items: [{ line: 3, label: 'plain' }], nextCursor: null });
    const { text } = await exportBatchRows(bench.as('viewer'), accountId, batch.id);
    let csv = '';
    for await (const part of text) csv += part;
    const [head, first] = csv.split('\r\n');
    expect(head).toMatch(/^\ufeffline,key,label,/);
    expect(first).toMatch(/^2,'-5,'=cmd\|' \/C calc'!A0,integer,1,'@x,'\+1,reserved,/);
    await bench.make(account, 1);
    const list = await listBatches(bench.system, accountId, { limit: 1 });
    expect(list.items).toMatchObject([{ source: 'count' }]);
    expect(
      (await listBatches(bench.system, accountId, { limit: 1, cursor: list.nextCursor ?? '' })).items,
    ).toMatchObject([{ id: batch.id }]);
  });

  it('of another account, or for a viewer who would change it, do not exist', async () => {
    const account = await bench.addAccount();
    const foreign = await bench.addAccount();
    const { id } = await bench.make(account, 1);
    for (const service of [
      getBatch,
      listBatchRows,
      exportBatchRows,
      pauseBatch,
      resumeBatch,
      cancelBatch,
      retryBatch,
    ]) {
      expect((await refusal(service(bench.system, foreign.accountId, id))).code).toBe('NOT_FOUND');
      expect(
        (await refusal(service(bench.as('admin', [foreign.accountId]), account.accountId, id))).code,
      ).toBe('NOT_FOUND');
      expect((await refusal(service(bench.system, account.accountId, 'nothing'))).code).toBe('NOT_FOUND');
    }
    expect((await refusal(pauseBatch(bench.as('viewer'), account.accountId, id))).code).toBe('FORBIDDEN');
    const foreignRequest = {
      input: { campaignId: foreign.campaignId, kind: 'permanent' as const, count: 1 },
    };
    expect((await refusal(createBatch(bench.system, account.accountId, foreignRequest))).code).toBe(
      'NOT_FOUND',
    );
  });
});
