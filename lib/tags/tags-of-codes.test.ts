import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BatchBench, openBatchBench, refusal } from '../batches/batch-bench';
import { createBatch } from '../batches/create-batch';
import { dryRunBatch } from '../batches/dry-run-batch';
import { renewCodes } from '../batches/renew-codes';
import { archiveCode } from '../codes/archive-code';
import { countCodes } from '../codes/count-codes';
import { createCode } from '../codes/create-code';
import { getCode } from '../codes/get-code';
import { listCodes } from '../codes/list-codes';
import { renewCode } from '../codes/renew-code';
import type { CreateCodeInput } from '../codes/schemas';
import { selectCodes } from '../codes/select-codes';
import { updateCode } from '../codes/update-code';
import { previewExport } from '../exports/preview-export';
import { fileOf } from '../tables/test-file';
import { createTag } from './create-tag';
import { listTagNames } from './list-tag-names';
import { listTags } from './list-tags';
import { tagCodes } from './tag-codes';

let bench: BatchBench;
let account: Awaited<ReturnType<BatchBench['addAccount']>>;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  account = await bench.addAccount();
});

const make = (more: Partial<CreateCodeInput> = {}) => {
  const { accountId, campaignId } = account;
  return createCode(bench.as('marketer'), accountId, { campaignId, label: 'x', kind: 'temporary', ...more });
};
const names = ({ tags }: { tags: { name: string }[] }) => tags.map(({ name }) => name);
const allTags = async () => (await listTagNames(bench.system, account.accountId)).map(({ name }) => name);
const codeOf = (id: string) => getCode(bench.system, account.accountId, id);

async function fillTags(count: number): Promise<void> {
  const { accountId } = account;
  await bench.db.tag.createMany({
    data: Array.from({ length: count }, (_, i) => ({ accountId, name: `filler ${i}` })),
  });
}

describe('a code', () => {
  it('is made with tags by name, each once; those that are missing are made with it', async () => {
    await createTag(bench.system, account.accountId, { name: '门头', marksFollowers: true });
    const made = await make({ tags: [' 门头 ', '收银台', '门头'] });
    expect(names(made).sort()).toEqual(['收银台', '门头'].sort());
    expect((await allTags()).sort()).toEqual(['收银台', '门头'].sort());
    const counted = await listTags(bench.system, account.accountId);
    expect(counted.map(({ codeCount }) => codeCount)).toEqual([1, 1]);
  });

  it('is not made where it would need a tag beyond the hundredth, and then leaves no tag behind', async () => {
    await fillTags(99);
    const { details } = await refusal(make({ tags: ['one', 'two'] }));
    expect(details.fields).toMatchObject([{ field: 'tags', code: 'tagsFull', params: { max: 100 } }]);
    expect(await allTags()).toHaveLength(99);
    expect(names(await make({ tags: ['one'] }))).toEqual(['one']);
    expect(
      (await refusal(createTag(bench.system, account.accountId, { name: 'z' }))).details.fields,
    ).toMatchObject([{ field: 'name', code: 'tagsFull' }]);
  });

  it('has exactly the tags that a change names, and keeps them when it names none', async () => {
    const { id } = await make({ tags: ['a', 'b'] });
    const change = (input: object) => updateCode(bench.as('marketer'), account.accountId, id, input);
    expect(names(await change({ label: 'y' }))).toEqual(['a', 'b']);
    expect(names(await change({ tags: ['c', 'b'] }))).toEqual(['b', 'c']);
    expect(names(await change({ tags: [] }))).toEqual([]);
    const entries = await bench.db.auditEntry.findMany({ where: { targetId: id, action: 'code.update' } });
    expect(entries.map(({ details }) => (details as { tags?: unknown }).tags)).toEqual(
      expect.arrayContaining([
        [
          ['a', 'b'],
          ['c', 'b'],
        ],
      ]),
    );
  });

  it('hands its tags on to the code that renews it, alone and in a batch', async () => {
    const [one, other] = [await make({ tags: ['a', 'b'] }), await make({ tags: ['c'] })];
    expect(names(await renewCode(bench.system, account.accountId, one.id))).toEqual(['a', 'b']);
    await renewCodes(bench.system, account.accountId, { codeIds: [other.id] });
    const { renewedBy } = await codeOf(other.id);
    expect(names(await codeOf(renewedBy?.id ?? ''))).toEqual(['c']);
  });
});

describe('the filter', () => {
  it('finds what has the tag: in the list, its count, a selection, an export and what is renewed', async () => {
    const { accountId } = account;
    const [tagged, archived] = [await make({ tags: ['a'] }), await make({ tags: ['a'] }), await make()];
    await archiveCode(bench.system, accountId, archived.id);
    const tagId = tagged.tags[0]?.id ?? '';
    const listed = await listCodes(bench.system, accountId, { tagId });
    expect(listed.items.map(({ id }) => id)).toEqual([tagged.id]);
    for (const sort of ['label', 'scans', 'expiresAt'] as const) {
      expect((await listCodes(bench.system, accountId, { tagId, sort })).items).toHaveLength(1);
    }
    expect(await countCodes(bench.system, accountId, { tagId })).toEqual({ count: 1, isExact: true });
    expect((await selectCodes(bench.system, accountId, { ids: null, filter: { tagId } })).printable).toBe(1);
    const preview = await previewExport(bench.as('viewer'), accountId, { tagId, temporary: 'ok' });
    expect(preview.printable).toBe(1);
    const renewed = await renewCodes(bench.system, accountId, { filter: { tagId, expiresWithinDays: 30 } });
    expect(renewed.total).toBe(1);
  });

  it('finds nothing by the tag of another account', async () => {
    await make({ tags: ['a'] });
    const other = await bench.addAccount();
    const { id: tagId } = await createTag(bench.system, other.accountId, { name: 'a' });
    expect((await listCodes(bench.system, account.accountId, { tagId })).items).toEqual([]);
  });

  it('is narrowed in an export by all that narrows the list', async () => {
    const { accountId } = account;
    await make();
    const { items } = await listCodes(bench.system, accountId, { flagged: 'true' });
    expect(items).toEqual([]);
    const preview = await previewExport(bench.as('viewer'), accountId, { flagged: 'true', temporary: 'ok' });
    expect(preview.printable).toBe(0);
  });
});

describe('many codes', () => {
  it('get tags by name as well, made where they are missing; as many as a thousand codes at once', async () => {
    const { accountId, campaignId } = account;
    const input = { campaignId, kind: 'temporary' as const, count: 1_000 };
    await createBatch(bench.system, accountId, { input });
    const rows = await bench.db.code.findMany({ where: { accountId }, select: { id: true } });
    const codeIds = rows.map(({ id }) => id);
    await tagCodes(bench.as('marketer'), accountId, { codeIds, addNames: ['a', 'b'] });
    await tagCodes(bench.as('marketer'), accountId, { codeIds, addNames: ['a'] });
    expect((await listTags(bench.system, accountId)).map(({ codeCount }) => codeCount)).toEqual([
      1_000, 1_000,
    ]);
  });
});

describe('a batch', () => {
  const table = 'label,标签\na,门头；收银台\nb,门头、外卖袋; 外卖袋\nc,\n';

  it('says which tags it would make, and makes them with its codes; those of the whole batch go on all', async () => {
    const { accountId, campaignId } = account;
    await createTag(bench.system, accountId, { name: '门头' });
    const input = { campaignId, kind: 'temporary' as const, tags: '冬季;门头' };
    const dryRun = await dryRunBatch(bench.system, accountId, { input, file: fileOf(table) });
    expect(dryRun).toMatchObject({ valid: 3, invalid: 0, newTags: ['冬季', '收银台', '外卖袋'] });
    expect(dryRun.columns).toEqual([
      { name: 'label', field: 'label' },
      { name: '标签', field: 'tags' },
    ]);
    expect(dryRun.sample.map(({ tags }) => tags)).toEqual([
      ['冬季', '门头', '收银台'],
      ['冬季', '门头', '外卖袋'],
      ['冬季', '门头'],
    ]);
    expect(await allTags()).toEqual(['门头']);
    await createBatch(bench.system, accountId, { input, file: fileOf(table) });
    const { items } = await listCodes(bench.system, accountId, { sort: 'label', order: 'asc' });
    expect(items.map((code) => names(code).sort())).toEqual([
      ['冬季', '收银台', '门头'].sort(),
      ['冬季', '外卖袋', '门头'].sort(),
      ['冬季', '门头'].sort(),
    ]);
  });

  it('takes them by count, by channel and in rows of JSON', async () => {
    const { accountId, campaignId } = account;
    const common = { campaignId, kind: 'temporary' as const };
    await bench.db.channel.create({ data: { accountId, number: 'S1', name: 'Shop' } });
    const rows = [
      { label: 'r', tags: ['row', 'list'] },
      { label: 's', tags: 'row;text' },
    ];
    for (const input of [
      { ...common, count: 2, tags: ['counted'] },
      { ...common, channels: {}, tags: ['placed'] },
      { ...common, rows },
    ]) {
      await createBatch(bench.system, accountId, { input });
    }
    const counts = (await listTags(bench.system, accountId)).map(({ name, codeCount }) => [name, codeCount]);
    expect(counts).toEqual([
      ['counted', 2],
      ['list', 1],
      ['placed', 1],
      ['row', 2],
      ['text', 1],
    ]);
  });

  it('knows a row again whatever its tags', async () => {
    const { accountId, campaignId } = account;
    const input = { campaignId, kind: 'temporary' as const };
    await createBatch(bench.system, accountId, { input, file: fileOf('label,tags\na,one\n') });
    const dryRun = await dryRunBatch(bench.system, accountId, { input, file: fileOf('label,tags\na,two\n') });
    expect(dryRun).toMatchObject({ valid: 0, known: 1, newTags: [] });
  });

  it('refuses the rows that would need a tag beyond the hundredth, by line', async () => {
    await fillTags(98);
    const { accountId, campaignId } = account;
    const request = () => ({
      input: { campaignId, kind: 'temporary' as const },
      file: fileOf('label,tags\na,one\nb,two\nc,three\nd,one;two\n'),
    });
    const dryRun = await dryRunBatch(bench.system, accountId, request());
    expect(dryRun).toMatchObject({ valid: 3, invalid: 1, newTags: ['one', 'two'] });
    expect(dryRun.rows).toMatchObject([{ line: 4, errors: [{ field: 'tags', code: 'tagsFull' }] }]);
    await refusal(createBatch(bench.system, accountId, request()));
    expect(await allTags()).toHaveLength(98);
  });

  it('refuses a name that is too long, and more than twenty of one code', async () => {
    const { accountId, campaignId } = account;
    const many = Array.from({ length: 21 }, (_, i) => `t${i}`).join(';');
    const dryRun = await dryRunBatch(bench.system, accountId, {
      input: { campaignId, kind: 'temporary' },
      file: fileOf(`label,tags\na,${'x'.repeat(31)}\nb,${many}\n`),
    });
    expect(dryRun.rows).toMatchObject([
      { line: 2, errors: [{ field: 'tags', code: 'tooLong' }] },
      { line: 3, errors: [{ field: 'tags', code: 'tooMany' }] },
    ]);
  });

  it('puts the tags of a row on the code that it takes over, beside those that it has', async () => {
    const first = await bench.importTable(account, 'label,channel,tags\na,S1,old\n');
    await bench.work(bench.untilState(account, first.id, 'done'));
    const { accountId } = account;
    const next = await bench.db.campaign.create({ data: { accountId, name: 'Summer' } });
    const input = { campaignId: next.id, kind: 'permanent' as const, reuse: true, tags: ['all'] };
    await createBatch(bench.system, accountId, {
      input,
      file: fileOf('label,channel,tags\nb,S1,new;old\n'),
    });
    const [row] = await bench.rowsOf(account, first.id);
    expect(names(await codeOf(row?.codeId ?? ''))).toEqual(['all', 'new', 'old']);
  });
});
