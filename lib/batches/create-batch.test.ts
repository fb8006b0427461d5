import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testedDatabase } from '../db/test-database';
import { isAppError } from '../errors';
import { type BatchBench, openBatchBench, refusal } from './batch-bench';
import { createBatch } from './create-batch';

let bench: BatchBench;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());

describe(`a batch (${testedDatabase})`, () => {
  it('of a count is labelled by its template, takes the lowest free scenes, and is issued', async () => {
    const account = await bench.addAccount();
    const batch = await bench.make(account, 12, { labelTemplate: '{campaign}-{nnn}' });
    expect(batch).toMatchObject({
      ...{ state: 'queued', total: 12, reserved: 12, issued: 0, failed: 0, known: 0, returned: 0 },
      ...{ source: 'count', kind: 'permanent', createdBy: 'test', campaign: { name: 'Spring' } },
    });
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 12 });
    const done = await bench.work(bench.untilState(account, batch.id, 'done'));
    expect(done).toMatchObject({ reserved: 0, issued: 12 });
    expect(done.startedAt).not.toBeNull();
    expect(done.finishedAt).not.toBeNull();
    const rows = await bench.rowsOf(account, batch.id);
    expect(rows.map(({ label, scene, line }) => [line, label, scene])).toEqual(
      Array.from({ length: 12 }, (_, i) => [
        i + 1,
        `Spring-${String(i + 1).padStart(3, '0')}`,
        { id: i + 1 },
      ]),
    );
    expect(
      rows.every(({ url, status }) => status === 'issued' && url?.startsWith('http://weixin.qq.com/q/')),
    ).toBe(true);
    expect(await bench.stateOf(account.appId)).toMatchObject({ permanentInt: 12 });
    const [code] = await bench.db.code.findMany({
      where: { batchId: batch.id },
      select: { id: true },
      take: 1,
    });
    expect(await bench.db.sceneTenure.count({ where: { codeId: code?.id } })).toBe(1);
    expect(
      await bench.db.assignment.count({ where: { codeId: code?.id, campaignId: account.campaignId } }),
    ).toBe(1);
  });

  it('of temporary codes draws scenes above those of permanent ones, each once', async () => {
    const account = await bench.addAccount();
    const batch = await bench.make(account, 50, { kind: 'temporary', expireSeconds: 600 });
    const codes = await bench.db.code.findMany({ where: { batchId: batch.id } });
    expect(new Set(codes.map(({ scene }) => scene)).size).toBe(50);
    expect(
      codes.every(
        ({ scene, isLiving, expireSeconds }) => Number(scene) > 100_000 && isLiving && expireSeconds === 600,
      ),
    ).toBe(true);
    await bench.work(bench.untilState(account, batch.id, 'done'));
  });

  it('is known again by the id that a repeated request brings', async () => {
    const account = await bench.addAccount();
    const id = '00000000-0000-4000-8000-0000000000aa';
    const request = { input: { campaignId: account.campaignId, kind: 'permanent' as const, count: 2 } };
    const first = await createBatch(bench.system, account.accountId, request, { id });
    expect(await createBatch(bench.system, account.accountId, request, { id })).toEqual(first);
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 2 });
  });

  it('needs a label for each code that a template can give', async () => {
    const account = await bench.addAccount();
    const error = await refusal(bench.make(account, 2, { labelTemplate: '{店名} {n}' }));
    expect(error.details.fields).toMatchObject([{ field: 'labelTemplate', code: 'templatePlaceholder' }]);
    const both = await refusal(bench.make(account, 2, { rows: [{ label: 'a' }] }));
    expect(both.details.fields).toMatchObject([{ code: 'countOrRows' }]);
  });
});

describe(`the cap (${testedDatabase})`, () => {
  it('of 1,000 holds against four batches of 300 at once, and the refusal says how many are left', async () => {
    const account = await bench.addAccount({ cap: 1_000 });
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => bench.make(account, 300).catch((error: unknown) => error)),
    );
    const refused = outcomes.filter(isAppError);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: 'SCENE_CAP_REACHED', details: { remaining: 100 } });
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 900, overdrawn: 0 });
    expect(await bench.db.code.count({ where: { accountId: account.accountId } })).toBe(900);
    expect(await bench.db.batch.count({ where: { accountId: account.accountId } })).toBe(3);
    expect((await refusal(bench.make(account, 101))).details.remaining).toBe(100);
    await bench.make(account, 100);
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 1_000 });
  });

  it('of the ranges that this app may give out is told as well', async () => {
    const account = await bench.addAccount();
    await bench.db.ownRange.updateMany({ where: { accountId: account.accountId }, data: { toId: 20 } });
    const error = await refusal(bench.make(account, 21));
    expect(error).toMatchObject({ code: 'SCENE_CAP_REACHED', details: { remaining: 20 } });
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 0 });
    await bench.make(account, 20);
  });
});
