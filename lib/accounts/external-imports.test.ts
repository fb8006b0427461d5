import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestBench, type TestBench } from '@/lib/codes/test-bench';
import { violatedLaw } from '@/lib/db/violated-law';
import { isAppError } from '@/lib/errors';
import type { TableFile } from '@/lib/tables/read-table';
import { declareExternal } from './declare-external';
import { importExternalFile, previewExternalFile } from './import-external-file';
import { listExternalImports } from './list-external-imports';
import { undoExternalImport } from './undo-external-import';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

const fileOf = (content: string | Uint8Array): TableFile => ({
  charset: null,
  name: 'scenes.csv',
  open: async function* () {
    yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
  },
});

async function entered(accountId: string): Promise<string[]> {
  const rows = await bench.db.permanentScene.findMany({
    where: { accountId, state: 'external' },
    orderBy: { id: 'asc' },
    select: { kind: true, scene: true },
  });
  return rows.map(({ kind, scene }) => (kind === 'integer' ? scene : `"${scene}"`));
}

async function gapsOf(accountId: string): Promise<[number, number][]> {
  const rows = await bench.db.freeRange.findMany({ where: { accountId }, orderBy: { fromId: 'asc' } });
  return rows.map(({ fromId, toId }) => [fromId, toId]);
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isAppError(error) ? error.code : violatedLaw(error)),
  );

describe('a file of scenes', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['by column', 'scene\n5\nshop-1\n6\n', ['5', '6', '"shop-1"']],
    ['by kind', 'scene_id,scene_str\n7,\n,7x\n', ['7', '"7x"']],
    ['by range', 'from,to,note\n10,12,old\n14,14,\n20,,one\n', ['10', '11', '12', '14', '20']],
    ['in Chinese', '起始,结束\n1,2\n', ['1', '2']],
    ['with a byte order mark', '\ufeffscene\r\n3\r\n', ['3']],
    ['as a bare list', '1\n3-5\nshop-9\n', ['1', '3', '4', '5', '"shop-9"']],
    // 场景值 and 门店 in GB18030.
    [
      'as Excel in China writes it',
      Buffer.from('b3a1beb0d6b50d0a37370d0ac3c5b5ea0d0a', 'hex'),
      ['77', '"门店"'],
    ],
    ['with a text that looks like a range', 'scene\n1-5\n', ['"1-5"']],
  ])('is read %s', async (_, content, wanted) => {
    const { accountId } = await bench.addAccount();
    const { added } = await importExternalFile(bench.as('admin'), accountId, fileOf(content));
    expect(await entered(accountId)).toEqual(wanted);
    expect(added).toBe(wanted.length);
  });

  it('is refused whole while one line is faulty, and each is named', async () => {
    const { accountId } = await bench.addAccount();
    const file = fileOf('from,to\n1,2\n9,4\n0,3\n100000,100001\n');
    const report = await previewExternalFile(bench.as('admin'), accountId, file);
    expect(report).toMatchObject({ lines: 4, invalid: 3, added: 2 });
    expect(report.rows.map(({ line, errors }) => [line, errors[0]?.code])).toEqual([
      [3, 'rangeOrder'],
      [4, 'sceneIdRange'],
      [5, 'sceneIdRange'],
    ]);
    expect(await codeOf(importExternalFile(bench.as('admin'), accountId, file))).toBe('VALIDATION_FAILED');
    expect(await entered(accountId)).toEqual([]);
    const columns = importExternalFile(bench.as('admin'), accountId, fileOf('a,b\n1,2\n'));
    expect(await codeOf(columns)).toBe('VALIDATION_FAILED');
  });

  it('says before what is new, what is known, and what is ours', async () => {
    const place = await bench.addAccount();
    const { accountId } = place;
    await bench.db.permanentScene.create({
      data: { accountId, kind: 'integer', scene: '2', sceneId: 2, state: 'reserved' },
    });
    await declareExternal(bench.as('admin'), accountId, { ranges: [[3, 4]], strs: ['a'] });
    const report = await previewExternalFile(bench.as('admin'), accountId, fileOf('1-5\na\nb\n2\n'));
    expect(report).toMatchObject({ total: 7, added: 3, known: 4, ours: 1, integers: 5, strings: 2 });
    expect(report.ranges).toEqual([[1, 5]]);
    expect(await entered(accountId)).toEqual(['3', '4', '"a"']);
  });

  it('may have 100,000 lines', async () => {
    const { accountId } = await bench.addAccount();
    const lines = Array.from({ length: 100_000 }, (_, n) => (n % 2 === 0 ? `${n + 1}` : `s${n}`));
    const { added } = await importExternalFile(bench.as('admin'), accountId, fileOf(lines.join('\n')));
    expect(added).toBe(100_000);
    const { items } = await listExternalImports(bench.as('viewer'), accountId);
    expect(items[0]).toMatchObject({ source: 'file', fileName: 'scenes.csv', added: 100_000, known: 0 });
    expect(items[0]?.ranges).toHaveLength(12);
  }, 180_000);
});

describe('undoing an import', () => {
  it('frees its ids as a whole, but for those that another import says too', async () => {
    const { accountId } = await bench.addAccount();
    const admin = bench.as('admin');
    const first = await declareExternal(admin, accountId, { ranges: [[1, 10]], strs: ['a', 'b'] });
    await declareExternal(admin, accountId, { ranges: [[8, 12]], strs: ['b'] });
    const undone = await undoExternalImport(admin, accountId, first.importId);
    expect(undone.undone?.by).toBe('test key');
    expect(await entered(accountId)).toEqual(['8', '9', '10', '"b"', '11', '12']);
    expect(await gapsOf(accountId)).toEqual([
      [1, 7],
      [13, 100_000],
    ]);
    expect(await bench.db.permanentLedger.findUnique({ where: { accountId } })).toMatchObject({
      external: 6,
      externalStrings: 1,
    });
    // Again changes nothing.
    await undoExternalImport(admin, accountId, first.importId);
    expect(await entered(accountId)).toHaveLength(6);
  });

  it('is refused once something has been built on it, by the service and by the database', async () => {
    const { accountId } = await bench.addAccount();
    const admin = bench.as('admin');
    const { importId } = await declareExternal(admin, accountId, { ranges: [[1, 2]] });
    await bench.db.permanentScene.updateMany({
      where: { accountId, sceneId: 1 },
      data: { state: 'issued', sentAt: new Date() },
    });
    expect(await codeOf(undoExternalImport(admin, accountId, importId))).toBe('IMPORT_BUILT_ON');
    expect((await listExternalImports(admin, accountId)).items[0]).toMatchObject({
      builtOn: 1,
      undone: null,
    });
    const past = bench.db.permanentScene.deleteMany({ where: { accountId, sceneId: 2 } });
    expect(await codeOf(past)).toBe('external_import_whole');
    expect(await entered(accountId)).toEqual(['2']);
  });

  it('leaves an account undeclared of which nothing else was said', async () => {
    const { accountId } = await bench.addAccount({ declared: false });
    const admin = bench.as('admin');
    const { importId } = await declareExternal(admin, accountId, { ranges: [[1, 2]] });
    await undoExternalImport(admin, accountId, importId);
    const account = await bench.db.officialAccount.findUnique({ where: { id: accountId } });
    expect(account?.externalDeclaredAt).toBeNull();
  });
});
