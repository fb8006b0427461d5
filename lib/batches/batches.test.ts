import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { claimCodes } from '../codes/claim-codes';
import { askWeChat } from '../codes/issue-code';
import { startIssueWorker } from '../codes/issue-worker';
import { recordAnswers } from '../codes/record-answers';
import { openTestBench, type TestBench } from '../codes/test-bench';
import { testedDatabase } from '../db/test-database';
import { isAppError } from '../errors';
import type { TableFile } from '../tables/read-table';
import { cancelBatch } from './cancel-batch';
import { createBatch } from './create-batch';
import { dryRunBatch } from './dry-run-batch';
import { exportBatchRows } from './export-batch-rows';
import { getBatch, getBatchProgress } from './get-batch';
import { listBatchRows } from './list-batch-rows';
import { listBatches } from './list-batches';
import { pauseBatch } from './pause-batch';
import { resumeBatch } from './resume-batch';
import { retryBatch } from './retry-batch';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());
afterEach(() => bench.noFaults());

type Account = Awaited<ReturnType<TestBench['addAccount']>>;

function fileOf(content: string | Uint8Array, charset: string | null = null): TableFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    charset,
    name: 'shops.csv',
    async *open() {
      // In pieces that cut through characters and rows.
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    },
  };
}

async function refusal(action: Promise<unknown>) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error('not refused as it should be', { cause: error });
  return error;
}

function ledgerOf({ accountId }: Account) {
  return bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
}

function make(account: Account, count: number, more: Record<string, unknown> = {}) {
  const { accountId, campaignId } = account;
  return createBatch(bench.system, accountId, { input: { campaignId, kind: 'permanent', count, ...more } });
}

function importTable(account: Account, table: string | Uint8Array, more: Record<string, unknown> = {}) {
  const { accountId, campaignId } = account;
  const input = { campaignId, kind: 'permanent' as const, ...more };
  return createBatch(bench.system, accountId, { input, file: fileOf(table) });
}

async function rowsOf({ accountId }: Account, batchId: string) {
  return (await listBatchRows(bench.system, accountId, batchId, { limit: 200 })).items;
}

async function work<T>(until: () => Promise<T | false>): Promise<T> {
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
}

const untilState = (account: Account, id: string, state: string) => async () => {
  const batch = await getBatch(bench.system, account.accountId, id);
  return batch.state === state ? batch : false;
};

describe(`a batch (${testedDatabase})`, () => {
  it('of a count is labelled by its template, takes the lowest free scenes, and is issued', async () => {
    const account = await bench.addAccount();
    const batch = await make(account, 12, { labelTemplate: '{campaign}-{nnn}' });
    expect(batch).toMatchObject({
      ...{ state: 'queued', total: 12, reserved: 12, issued: 0, failed: 0, known: 0, returned: 0 },
      ...{ source: 'count', kind: 'permanent', createdBy: 'test', campaign: { name: 'Spring' } },
    });
    expect(await ledgerOf(account)).toMatchObject({ reserved: 12 });
    const done = await work(untilState(account, batch.id, 'done'));
    expect(done).toMatchObject({ reserved: 0, issued: 12 });
    expect(done.startedAt).not.toBeNull();
    expect(done.finishedAt).not.toBeNull();
    const rows = await rowsOf(account, batch.id);
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
    const batch = await make(account, 50, { kind: 'temporary', expireSeconds: 600 });
    const codes = await bench.db.code.findMany({ where: { batchId: batch.id } });
    expect(new Set(codes.map(({ scene }) => scene)).size).toBe(50);
    expect(
      codes.every(
        ({ scene, isLiving, expireSeconds }) => Number(scene) > 100_000 && isLiving && expireSeconds === 600,
      ),
    ).toBe(true);
    await work(untilState(account, batch.id, 'done'));
  });

  it('is known again by the id that a repeated request brings', async () => {
    const account = await bench.addAccount();
    const id = '00000000-0000-4000-8000-0000000000aa';
    const request = { input: { campaignId: account.campaignId, kind: 'permanent' as const, count: 2 } };
    const first = await createBatch(bench.system, account.accountId, request, { id });
    expect(await createBatch(bench.system, account.accountId, request, { id })).toEqual(first);
    expect(await ledgerOf(account)).toMatchObject({ reserved: 2 });
  });

  it('needs a label for each code that a template can give', async () => {
    const account = await bench.addAccount();
    const error = await refusal(make(account, 2, { labelTemplate: '{店名} {n}' }));
    expect(error.details.fields).toMatchObject([{ field: 'labelTemplate', code: 'templatePlaceholder' }]);
    const both = await refusal(make(account, 2, { rows: [{ label: 'a' }] }));
    expect(both.details.fields).toMatchObject([{ code: 'countOrRows' }]);
  });
});

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
    const error = await refusal(importTable(account, table));
    expect(error.details.fields).toMatchObject([{ field: 'rows.3.label', code: 'controlCharacters' }]);
    const mended = table.replace('徐家汇店\n门口', '徐家汇店 门口');
    const batch = await importTable(account, mended);
    expect(batch).toMatchObject({ total: 5, source: 'csv', fileName: 'shops.csv' });
    expect(
      (await rowsOf(account, batch.id)).map(({ line, label, scene, channel }) => [
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
    const first = await importTable(account, 'label,key\nA,1\nB,2\nC,\n');
    expect(first).toMatchObject({ total: 3, known: 0 });
    const second = await importTable(account, 'label,key\nA,1\nB,2\nC,\n');
    expect(second).toMatchObject({ total: 0, known: 3, state: 'done', reserved: 0 });
    const third = await importTable(account, 'label,key\nA renamed,1\nB,2\nC,\nD,\n');
    expect(third).toMatchObject({ total: 1, known: 3 });
    expect(await ledgerOf(account)).toMatchObject({ reserved: 4 });
    const both = await Promise.all([1, 2].map(() => importTable(account, 'label\nX\nY\nZ\n')));
    expect(both.map(({ total }) => total).sort()).toEqual([0, 3]);
    expect(await ledgerOf(account)).toMatchObject({ reserved: 7 });
  });

  it('of another campaign are other rows', async () => {
    const account = await bench.addAccount();
    await importTable(account, 'label\nX\n');
    const { id: campaignId } = await bench.db.campaign.create({
      data: { accountId: account.accountId, name: 'Summer' },
    });
    expect(await importTable(account, 'label\nX\n', { campaignId })).toMatchObject({ total: 1, known: 0 });
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
    await importTable(account, 'label,scene\nheld,50\nheld too,digits\n');
    await bench.db.channel.create({
      data: { accountId, number: 'OLD', name: 'closed', archivedAt: new Date() },
    });
    await bench.db.ownRange.updateMany({ where: { accountId }, data: { toId: 90_000 } });
    const before = await ledgerOf(account);
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
    expect(dry.slots).toEqual({ needed: 2, remaining: 99_998 });
    expect(await ledgerOf(account)).toEqual(before);
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
      (await refusal(importTable(account, text))).details.fields?.[0]?.code;
    expect(await fieldsOf('')).toBe('tooFew');
    expect(await fieldsOf('colour,size\nred,1\n')).toBe('columnsUnknown');
    expect(await fieldsOf(`${Array.from({ length: 65 }, (_, i) => `c${i}`).join()}\n`)).toBe('tooMany');
    expect(await fieldsOf(`label\n${'x\n'.repeat(100_001)}`)).toBe('tooMany');
  });
});

describe(`the cap (${testedDatabase})`, () => {
  it('of 1,000 holds against four batches of 300 at once, and the refusal says how many are left', async () => {
    const account = await bench.addAccount({ cap: 1_000 });
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map(() => make(account, 300).catch((error: unknown) => error)),
    );
    const refused = outcomes.filter(isAppError);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code: 'SCENE_CAP_REACHED', details: { remaining: 100 } });
    expect(await ledgerOf(account)).toMatchObject({ reserved: 900, overdrawn: 0 });
    expect(await bench.db.code.count({ where: { accountId: account.accountId } })).toBe(900);
    expect(await bench.db.batch.count({ where: { accountId: account.accountId } })).toBe(3);
    expect((await refusal(make(account, 101))).details.remaining).toBe(100);
    await make(account, 100);
    expect(await ledgerOf(account)).toMatchObject({ reserved: 1_000 });
  });

  it('of the ranges that this app may give out is told as well', async () => {
    const account = await bench.addAccount();
    await bench.db.ownRange.updateMany({ where: { accountId: account.accountId }, data: { toId: 20 } });
    const error = await refusal(make(account, 21));
    expect(error).toMatchObject({ code: 'SCENE_CAP_REACHED', details: { remaining: 20 } });
    expect(await ledgerOf(account)).toMatchObject({ reserved: 0 });
    await make(account, 20);
  });
});

describe(`steering (${testedDatabase})`, () => {
  it('a paused batch is left alone, another one goes on, and it goes on when resumed', async () => {
    const account = await bench.addAccount();
    const paused = await make(account, 5);
    await pauseBatch(bench.as('marketer'), account.accountId, paused.id);
    expect(await getBatch(bench.system, account.accountId, paused.id)).toMatchObject({
      state: 'paused',
      pause: { reason: 'person', by: 'test key' },
    });
    const other = await make(account, 5);
    await work(untilState(account, other.id, 'done'));
    expect(await getBatch(bench.system, account.accountId, paused.id)).toMatchObject({
      issued: 0,
      reserved: 5,
    });
    expect(await resumeBatch(bench.system, account.accountId, paused.id)).toMatchObject({ state: 'queued' });
    await work(untilState(account, paused.id, 'done'));
    expect((await refusal(pauseBatch(bench.system, account.accountId, paused.id))).code).toBe('BATCH_STATE');
  });

  it('cancel returns what WeChat cannot have seen, and nothing else', async () => {
    const account = await bench.addAccount();
    const batch = await make(account, 300);
    await bench.fault({ kind: 'slow', rate: 1, delayMs: 30 });
    await work(async () => {
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
    const settled = await work(async () => {
      const now = await getBatch(bench.system, account.accountId, batch.id);
      return now.reserved === 0 ? now : false;
    });
    expect(settled).toMatchObject({ state: 'cancelled', returned: cancelled.returned });
    expect(settled.finishedAt).not.toBeNull();
    expect((await bench.stateOf(account.appId)).permanentInt).toBe(settled.issued);
    expect(await ledgerOf(account)).toMatchObject({ issued: settled.issued, reserved: 0 });
    // What came back is given out again.
    await make(account, 300 - settled.issued);
    expect((await refusal(retryBatch(bench.system, account.accountId, batch.id))).code).toBe('BATCH_STATE');
  });

  it('what was refused for good fails, and is tried again on demand', async () => {
    const account = await bench.addAccount();
    const batch = await make(account, 3);
    await bench.db
      .$executeRaw`UPDATE codes SET status = 'failed', next_attempt_at = NULL, last_error_kind = 'api',
      last_error_code = 40053, last_error_message = 'invalid action info', last_error_at = now() WHERE batch_id = ${batch.id}::uuid AND batch_line < 3`;
    const failed = await work(untilState(account, batch.id, 'failed'));
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
    await work(untilState(account, batch.id, 'done'));
    expect(await ledgerOf(account)).toMatchObject({ issued: 3 });
  });

  it('is told as paused while its account is stopped', async () => {
    const account = await bench.addAccount();
    await bench.fault({ kind: 'dayLimit', rate: 1 });
    const batch = await make(account, 3);
    const paused = await work(untilState(account, batch.id, 'paused'));
    expect(paused.pause).toMatchObject({ reason: 'accountStopped', errcode: 45009 });
    expect(paused).toMatchObject({ reserved: 3, failed: 0 });
    expect(await cancelBatch(bench.system, account.accountId, batch.id)).toMatchObject({
      returned: 3,
      state: 'cancelled',
    });
    expect(await ledgerOf(account)).toMatchObject({ reserved: 0, issued: 0 });
  });
});

describe(`lists (${testedDatabase})`, () => {
  it('go page by page, and leave as a CSV without formulas', async () => {
    const account = await bench.addAccount();
    const { accountId } = account;
    const batch = await importTable(
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
    await make(account, 1);
    const list = await listBatches(bench.system, accountId, { limit: 1 });
    expect(list.items).toMatchObject([{ source: 'count' }]);
    expect(
      (await listBatches(bench.system, accountId, { limit: 1, cursor: list.nextCursor ?? '' })).items,
    ).toMatchObject([{ id: batch.id }]);
  });

  it('of another account, or for a viewer who would change it, do not exist', async () => {
    const account = await bench.addAccount();
    const foreign = await bench.addAccount();
    const { id } = await make(account, 1);
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
