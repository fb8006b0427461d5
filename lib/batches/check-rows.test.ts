import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testedDatabase } from '../db/test-database';
import { fileOf } from '../tables/test-file';
import { type BatchBench, openBatchBench, refusal } from './batch-bench';
import { createBatch } from './create-batch';
import { dryRunBatch } from './dry-run-batch';
import { listBatchRows } from './list-batch-rows';

let bench: BatchBench;

beforeAll(async () => {
  bench = await openBatchBench();
});
afterAll(() => bench.close());

describe(`rows (${testedDatabase})`, () => {
  const table = [
    '名称,渠道编号,渠道名称,城市,场景值,备注',
    '人民广场店 收银台,SH-001,人民广场店,上海,,随便',
    '"徐家汇店\n门口",SH-002,,,,',
    '徐家汇店 橱窗,SH-002,徐家汇店,,77,',
    '静安店,,,,jing-an,',
    '',
    '路口灯箱,BJ-9,,北京,5,',
  ].join('\r\n');

  it('become codes: columns by name, given scenes before next ones, channels made when missing', async () => {
    const account = await bench.addAccount();
    await bench.db.channel.create({
      data: { accountId: account.accountId, number: 'BJ-9', name: '北京九号' },
    });
    const error = await refusal(bench.importTable(account, table));
    expect(error.details.fields).toMatchObject([{ field: 'rows.3.label', code: 'controlCharacters' }]);
    const mended = table.replace('徐家汇店\n门口', '徐家汇店 门口');
    const batch = await bench.importTable(account, mended);
    expect(batch).toMatchObject({ total: 5, source: 'csv', fileName: 'shops.csv' });
    expect(
      (await bench.rowsOf(account, batch.id)).map(({ line, label, scene, channel }) => [
        line,
        label,
        scene,
        channel?.name ?? null,
      ]),
    ).toEqual([
      [2, '人民广场店 收银台', { id: 1 }, '人民广场店'],
      [3, '徐家汇店 门口', { id: 2 }, 'SH-002'],
      [4, '徐家汇店 橱窗', { id: 77 }, 'SH-002'],
      [5, '静安店', { str: 'jing-an' }, null],
      [7, '路口灯箱', { id: 5 }, '北京九号'],
    ]);
  });

  it('imported twice make nothing twice; a file with more rows makes those alone', async () => {
    const account = await bench.addAccount();
    const first = await bench.importTable(account, 'label,key\nA,1\nB,2\nC,\n');
    expect(first).toMatchObject({ total: 3, known: 0 });
    const second = await bench.importTable(account, 'label,key\nA,1\nB,2\nC,\n');
    expect(second).toMatchObject({ total: 0, known: 3, state: 'done', reserved: 0 });
    const third = await bench.importTable(account, 'label,key\nA renamed,1\nB,2\nC,\nD,\n');
    expect(third).toMatchObject({ total: 1, known: 3 });
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 4 });
    const both = await Promise.all([1, 2].map(() => bench.importTable(account, 'label\nX\nY\nZ\n')));
    expect(both.map(({ total }) => total).sort()).toEqual([0, 3]);
    expect(await bench.ledgerOf(account)).toMatchObject({ reserved: 7 });
  });

  it('of another campaign are other rows', async () => {
    const account = await bench.addAccount();
    await bench.importTable(account, 'label\nX\n');
    const { id: campaignId } = await bench.db.campaign.create({
      data: { accountId: account.accountId, name: 'Summer' },
    });
    expect(await bench.importTable(account, 'label\nX\n', { campaignId })).toMatchObject({
      total: 1,
      known: 0,
    });
  });

  it('may come as JSON, where a scene is written as for one code or as in a file', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    const rows = [
      { label: 'a', scene: { id: 9 } },
      { label: 'b', scene: 'text' },
      { label: 'c', scene: '12', key: 5 },
      { label: 'd' },
    ];
    const batch = await createBatch(bench.system, accountId, {
      input: { campaignId, kind: 'permanent', rows },
    });
    const { items } = await listBatchRows(bench.system, accountId, batch.id);
    expect(items.map(({ scene, line, key }) => [line, scene, key])).toEqual([
      [1, { id: 9 }, null],
      [2, { str: 'text' }, null],
      [3, { id: 12 }, '5'],
      [4, { id: 1 }, null],
    ]);
    const bad = {
      input: { campaignId, kind: 'permanent' as const, rows: [{ label: 'z', colour: 'red' }, 5] },
    };
    expect((await dryRunBatch(bench.system, accountId, bad)).rows).toMatchObject([
      { line: 1, errors: [{ field: 'colour', code: 'unknownField' }] },
      { line: 2, errors: [{ code: 'wrongType' }] },
    ]);
  });

  it('a dry run names every kind of faulty row, and changes nothing', async () => {
    const account = await bench.addAccount();
    const { accountId, campaignId } = account;
    await bench.importTable(account, 'label,scene\nheld,50\nheld too,digits\n');
    await bench.db.channel.create({
      data: { accountId, number: 'OLD', name: 'closed', archivedAt: new Date() },
    });
    await bench.db.ownRange.updateMany({ where: { accountId }, data: { toId: 90_000 } });
    const before = await bench.ledgerOf(account);
    const lines: [string, string, string][] = [
      ['label,scene_id,scene_str,channel,key', '', ''],
      ['good one,,,NEW-1,k1', '', ''],
      [',,,,k2', 'label', 'required'],
      [`${'长'.repeat(201)},,,,k3`, 'label', 'tooLong'],
      ['bell\u0007,,,,k4', 'label', 'controlCharacters'],
      ['n,100001,,,k5', 'scene', 'sceneIdRange'],
      ['n,7,seven,,k6', 'scene', 'sceneOneOf'],
      [`n,,${'字'.repeat(22)},,k7`, 'scene', 'sceneStrTooLong'],
      ['n,,digits,,k8', 'scene', 'sceneIdTaken'],
      ['n,,50,,k9', 'scene', 'sceneTwin'],
      ['twice,60,,,k10', '', ''],
      ['twice,60,,,k11', 'scene', 'sceneRepeated'],
      ['n,95000,,,k12', 'scene', 'sceneNotOurs'],
      ['n,,,OLD,k13', 'channel', 'channelArchived'],
      ['another,,,,k1', 'key', 'rowRepeated'],
      ['n,,,', '', 'cellCount'],
      ['n,,,,k16,more', '', 'cellCount'],
      [`n,,,${'x'.repeat(65)},k17`, 'channel', 'tooLong'],
      [`n,,,,${'k'.repeat(201)}`, 'key', 'tooLong'],
      [`n,,,,"${'k'.repeat(2_001)}"`, '', 'cellTooLong'],
      ['n,1.5,,,k20', 'scene', 'sceneIdRange'],
      ['NOT-TEXT,,,,k21', '', 'notText'],
      ['"open,,,,k22', '', 'quoteNotClosed'],
    ];
    const text = Buffer.from(lines.map(([line]) => line).join('\n'));
    text[text.indexOf('NOT-TEXT')] = 0xff;
    const dry = await dryRunBatch(bench.system, accountId, {
      input: { campaignId, kind: 'permanent' },
      file: fileOf(text),
    });
    const wanted = lines.flatMap(([, field, code], place) => (code === '' ? [] : [[place + 1, field, code]]));
    expect(dry.rows.map(({ line, errors }) => [line, errors[0]?.field, errors[0]?.code])).toEqual(wanted);
    expect(dry.rows.every(({ ok, errors }) => !ok && errors.length === 1)).toBe(true);
    expect(dry).toMatchObject({ valid: 2, invalid: wanted.length, known: 0, newChannels: 1 });
    expect(dry.slots).toMatchObject({ needed: 2, remaining: 99_998 });
    expect(await bench.ledgerOf(account)).toEqual(before);
    expect(await bench.db.batch.count({ where: { accountId } })).toBe(1);
    expect(await bench.db.channel.count({ where: { accountId } })).toBe(1);
  });

  it('are read in UTF-8 with or without BOM, in UTF-16 and in GB18030, by comma, semicolon or tab', async () => {
    const { accountId, campaignId } = await bench.addAccount();
    // 名称,渠道编号 / 中文门店㐀,号 in GB18030; 㐀 takes four bytes there.
    const gb18030 = Buffer.from(
      'c3fbb3c62cc7fed4c0b1e0bac50ad6d0cec4c3c5b5ea8139ee392c41310a'.replace('c7fed4c0', 'c7feb5c0'),
      'hex',
    );
    const files: [Uint8Array, string | null][] = [
      [Buffer.from('名称;渠道编号\n中文门店㐀;A1\n'), null],
      [Buffer.from('\ufeff名称\t渠道编号\n中文门店㐀\tA1\n'), null],
      [Buffer.from('\ufeff名称,渠道编号\n中文门店㐀,A1\n', 'utf16le'), null],
      [gb18030, null],
      [gb18030, 'gb2312'],
    ];
    for (const [bytes, charset] of files) {
      const dry = await dryRunBatch(bench.system, accountId, {
        input: { campaignId, kind: 'permanent' },
        file: fileOf(bytes, charset),
      });
      expect(dry.sample).toMatchObject([{ line: 2, label: '中文门店㐀', channel: 'A1' }]);
      expect(dry.columns).toEqual([
        { name: '名称', field: 'label' },
        { name: '渠道编号', field: 'channel' },
      ]);
    }
    const unknown = {
      input: { campaignId, kind: 'permanent' as const },
      file: fileOf('label\nx', 'shift_jis'),
    };
    expect((await refusal(dryRunBatch(bench.system, accountId, unknown))).code).toBe(
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  it('of a file that is none are refused as a whole', async () => {
    const account = await bench.addAccount();
    const fieldsOf = async (text: string) =>
      (await refusal(bench.importTable(account, text))).details.fields?.[0]?.code;
    expect(await fieldsOf('')).toBe('tooFew');
    expect(await fieldsOf('colour,size\nred,1\n')).toBe('columnsUnknown');
    expect(await fieldsOf(`${Array.from({ length: 65 }, (_, i) => `c${i}`).join()}\n`)).toBe('tooMany');
    expect(await fieldsOf(`label\n${'x\n'.repeat(100_001)}`)).toBe('tooMany');
  });
});
