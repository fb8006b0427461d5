import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCode } from '../codes/get-code';
import { listAssignments } from '../codes/list-assignments';
import { testedDatabase } from '../db/test-database';
import { fileOf } from '../tables/test-file';
import { type BatchBench, openBatchBench, refusal } from './batch-bench';
import { createBatch } from './create-batch';
import { dryRunBatch } from './dry-run-batch';
import { exportBatchRows } from './export-batch-rows';
import { getBatch } from './get-batch';
import { listBatchRows } from './list-batch-rows';

let bench: BatchBench;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());

/** An account whose shops S1 (two codes), S2 and S3 have issued permanent codes of a campaign before. */
async function openShops() {
  const account = await bench.addAccount();
  const first = await bench.importTable(
    account,
    'label,channel,channel_name,city\na,S1,Shop 1,上海\nb,S1,Shop 1,上海\nc,S2,Shop 2,上海\nd,S3,Shop 3,北京\n',
  );
  await bench.work(bench.untilState(account, first.id, 'done'));
  const { id: campaignId } = await bench.db.campaign.create({
    data: { accountId: account.accountId, name: 'Summer' },
  });
  return { account: { ...account, campaignId }, first: await bench.rowsOf(account, first.id) };
}

const nextTable = 'label,channel\nS1 new,S1\nS2 new,S2\nS4 new,S4\nnowhere,\n';

describe(`a batch for channels that have permanent codes (${testedDatabase})`, () => {
  it('takes those over, the oldest first, and spends slots on the rest only', async () => {
    const { account, first } = await openShops();
    const { accountId, campaignId } = account;
    const fromAt = new Date(Date.now() + 86_400_000).toISOString();
    const request = (more: object) => ({
      input: { campaignId, kind: 'permanent' as const, ...more },
      file: fileOf(nextTable),
    });
    const without = await dryRunBatch(bench.system, accountId, request({}));
    expect(without).toMatchObject({ valid: 4, reusable: 2, slots: { needed: 4, remaining: 99_996 } });
    const planned = await dryRunBatch(bench.system, accountId, request({ reuse: true }));
    expect(planned).toMatchObject({ valid: 4, reusable: 2, slots: { needed: 2 } });

    const batch = await createBatch(bench.system, accountId, request({ reuse: true, reuseFrom: fromAt }));
    expect(batch).toMatchObject({ total: 2, reused: 2, known: 0, reserved: 2 });
    expect(await bench.ledgerOf(account)).toMatchObject({ issued: 4, reserved: 2 });
    const rows = await bench.rowsOf(account, batch.id);
    expect(
      rows.map(({ line, codeId, reusedFrom }) => [
        line,
        codeId === first[line === 2 ? 0 : 2]?.codeId,
        reusedFrom,
      ]),
    ).toEqual([
      [2, true, fromAt],
      [3, true, fromAt],
      [4, false, null],
      [5, false, null],
    ]);
    const { items } = await listBatchRows(bench.system, accountId, batch.id, { status: 'reused', limit: 1 });
    expect(items).toMatchObject([{ line: 2, label: 'a', status: 'issued' }]);
    const page = await listBatchRows(bench.system, accountId, batch.id, { limit: 3 });
    const rest = await listBatchRows(bench.system, accountId, batch.id, { cursor: page.nextCursor ?? '' });
    expect([...page.items, ...rest.items].map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    let csv = '';
    for await (const part of (await exportBatchRows(bench.system, accountId, batch.id)).text) csv += part;
    expect(csv.split('\r\n').filter((line) => line.endsWith(fromAt))).toHaveLength(2);

    const taken = first[0]?.codeId ?? '';
    expect((await getCode(bench.system, accountId, taken)).campaign?.name, 'until that moment').toBe(
      'Spring',
    );
    expect(await listAssignments(bench.system, accountId, taken)).toMatchObject([
      { campaign: { name: 'Spring' }, state: 'current' },
      { campaign: { name: 'Summer' }, state: 'planned', fromAt },
    ]);

    const again = await createBatch(bench.system, accountId, request({ reuse: true }));
    expect(again).toMatchObject({ total: 0, reused: 0, known: 4, state: 'done' });
  });

  it('leaves them alone unless asked, when archived, and when they serve this campaign already', async () => {
    const { account, first } = await openShops();
    const spring = await bench.db.campaign.findFirstOrThrow({
      where: { accountId: account.accountId, name: 'Spring' },
    });
    const same = await bench.importTable(account, 'label,channel\nx,S1\n', {
      campaignId: spring.id,
      reuse: true,
    });
    expect(same).toMatchObject({ total: 1, reused: 0 });
    await bench.db.code.updateMany({ where: { id: first[3]?.codeId }, data: { archivedAt: new Date() } });
    expect(await bench.importTable(account, 'label,channel\ny,S3\n', { reuse: true })).toMatchObject({
      reused: 0,
    });
    expect(await bench.importTable(account, 'label,channel\nz,S2\n')).toMatchObject({ total: 1, reused: 0 });
    const given = await bench.importTable(account, 'label,channel,scene\nw,S2,900\n', { reuse: true });
    expect(given, 'a row that asks for a scene gets it').toMatchObject({ total: 1, reused: 0 });
  });

  it('gives each code to one row, also when two batches ask at once', async () => {
    const { account } = await openShops();
    const three = 'label,channel\n1,S1\n2,S1\n3,S1\n';
    expect(await bench.importTable(account, three, { reuse: true })).toMatchObject({ total: 1, reused: 2 });
    const both = await Promise.all(
      ['p', 'q'].map((label) => bench.importTable(account, `label,channel\n${label},S2\n`, { reuse: true })),
    );
    expect(both.map(({ reused }) => reused).sort()).toEqual([0, 1]);
  });

  it('leaves a code to the row that has it from a later moment, as a server whose clock is ahead may say', async () => {
    const { account } = await openShops();
    const reuseFrom = new Date(Date.now() + 30_000).toISOString();
    const first = await bench.importTable(account, 'label,channel\np,S2\n', { reuse: true, reuseFrom });
    expect(first).toMatchObject({ reused: 1 });
    expect(await bench.importTable(account, 'label,channel\nq,S2\n', { reuse: true })).toMatchObject({
      total: 1,
      reused: 0,
    });
  });

  it('of only reused rows is done at once', async () => {
    const { account } = await openShops();
    const batch = await bench.importTable(account, 'label,channel\nx,S2\n', { reuse: true });
    expect(batch).toMatchObject({ state: 'done', total: 0, reused: 1 });
    expect((await getBatch(bench.system, account.accountId, batch.id)).finishedAt).not.toBeNull();
  });

  it('refuses to reuse for temporary codes, or from a moment that has passed', async () => {
    const { account } = await openShops();
    const codeOf = async (more: Record<string, unknown>) =>
      (await refusal(bench.importTable(account, nextTable, { reuse: true, ...more }))).details.fields?.[0];
    expect(await codeOf({ kind: 'temporary' })).toMatchObject({ field: 'reuse', code: 'reuseTemporary' });
    expect(await codeOf({ reuseFrom: '2020-01-01T00:00:00Z' })).toMatchObject({
      field: 'reuseFrom',
      code: 'dateInPast',
    });
  });
});

describe(`one code for each channel (${testedDatabase})`, () => {
  it('is made for those that fit, once a campaign, and reuses too', async () => {
    const { account } = await openShops();
    const { accountId, campaignId } = account;
    await bench.db.channel.createMany({
      data: [
        { accountId, number: 'S5', name: 'Shop 5', city: '上海' },
        { accountId, number: 'OLD', name: 'closed', city: '上海', archivedAt: new Date() },
      ],
    });
    const create = (channels: object, more: object = {}) =>
      createBatch(bench.system, accountId, { input: { campaignId, kind: 'permanent', channels, ...more } });
    const shanghai = await create({ city: '上海' }, { reuse: true, labelTemplate: '{channel} ({number})' });
    expect(shanghai).toMatchObject({ source: 'channels', total: 1, reused: 2 });
    expect(
      (await bench.rowsOf(account, shanghai.id)).map(({ label, channel }) => [label, channel?.number]),
    ).toEqual([
      ['a', 'S1'],
      ['c', 'S2'],
      ['Shop 5 (S5)', 'S5'],
    ]);
    expect(await create({}), 'the others').toMatchObject({ total: 1, known: 3 });
    expect((await refusal(create({ q: 'nothing' }))).details.fields).toMatchObject([
      { code: 'channelsNone' },
    ]);
  });
});
