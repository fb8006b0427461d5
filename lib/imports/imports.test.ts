import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveCode } from '../codes/archive-code';
import { getCode } from '../codes/get-code';
import { startIssueWorker } from '../codes/issue-worker';
import { listCodes } from '../codes/list-codes';
import { openTestBench, type TestBench } from '../codes/test-bench';
import { testedDatabase } from '../db/test-database';
import { isAppError } from '../errors';
import { checkLedger } from '../quota/check-ledger';
import { fileOf } from '../tables/test-file';
import { askForUrls } from './ask-for-urls';
import { dryRunImport } from './dry-run-import';
import { getImport } from './get-import';
import { importCodes } from './import-codes';
import type { TableImportInput } from './schemas';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());

type Account = Awaited<ReturnType<TestBench['addAccount']>>;
type Made = { ticket: string; url: string };

/** Another system makes a code at WeChat. */
async function madeElsewhere({ accountId }: Account, code: object): Promise<Made> {
  const client = await bench.system.wechat.clientFor(accountId);
  return client.createCode(code as Parameters<typeof client.createCode>[0]);
}

const request = (table: string, input: TableImportInput = {}) => ({ input, file: fileOf(table) });
const dryRun = ({ accountId }: Account, table: string, input: TableImportInput = {}) =>
  dryRunImport(bench.system, accountId, request(table, input));
const bringIn = ({ accountId }: Account, table: string, input: TableImportInput = {}) =>
  importCodes(bench.system, accountId, request(table, input));

async function codesOf({ accountId }: Account) {
  const { items } = await listCodes(bench.system, accountId, { limit: 200, order: 'asc' });
  return items;
}

function ledgerOf({ accountId }: Account) {
  return bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
}

async function expectSoundLedger({ accountId }: Account) {
  expect(await checkLedger(bench.as('admin'), accountId)).toMatchObject({ ok: true });
}

async function refusal(action: Promise<unknown>) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error('not refused as it should be', { cause: error });
  return error;
}

describe(`codes made elsewhere (${testedDatabase})`, () => {
  it('become codes like any other, with slot, tenure and assignment; the url is read out of the ticket', async () => {
    const account = await bench.addAccount();
    const [shop, text, poster] = [
      await madeElsewhere(account, { kind: 'permanent', scene: { id: 77 } }),
      await madeElsewhere(account, { kind: 'permanent', scene: { str: 'jing-an' } }),
      await madeElsewhere(account, { kind: 'temporary', scene: { id: 500_001 }, expireSeconds: 86_400 }),
    ];
    const table = [
      '名称,场景值,ticket,渠道编号,活动',
      `人民广场店,77,${shop.ticket},SH-1,Spring`,
      `静安店,jing-an,${text.ticket},SH-2,`,
      `海报,500001,${poster.ticket},,Spring`,
    ].join('\n');
    const plan = await dryRun(account, table);
    expect(plan).toMatchObject({ valid: 3, permanent: 2, temporary: 1, urlsFromTickets: 3, missingUrls: 0 });
    expect(plan).toMatchObject({ newChannels: 2, flags: {}, slots: { counted: 2, adopted: 0 } });
    expect(await codesOf(account)).toEqual([]);

    expect(await bringIn(account, table)).toMatchObject({ total: 3, known: 0, adopted: 0, missingUrls: 0 });
    const codes = await codesOf(account);
    expect(codes).toMatchObject([
      { kind: 'permanent', scene: { id: 77 }, status: 'issued', url: shop.url, ticket: shop.ticket },
      { kind: 'permanent', scene: { str: 'jing-an' }, url: text.url, campaign: null },
      { kind: 'temporary', scene: { id: 500_001 }, url: poster.url, expireSeconds: 86_400 },
    ]);
    expect(codes[0]).toMatchObject({ origin: 'imported', flags: [], campaign: { name: 'Spring' } });
    expect(codes[0]?.channel).toMatchObject({ number: 'SH-1' });
    const ends = Date.parse(codes[2]?.expiresAt ?? '') - Date.now();
    expect(ends).toBeGreaterThan(86_300_000);
    expect(ends).toBeLessThanOrEqual(86_400_000);
    expect(await ledgerOf(account)).toMatchObject({ issued: 2, reserved: 0, external: 0 });
    const [first] = codes;
    expect(await bench.db.sceneTenure.count({ where: { codeId: first?.id, toAt: null } })).toBe(1);
    expect((await archiveCode(bench.system, account.accountId, first?.id ?? '')).status).toBe('archived');
    await expectSoundLedger(account);
  });

  it('are never made twice: neither from the same file, nor beside a code that is here', async () => {
    const account = await bench.addAccount();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const table = `scene,url,expires_at\n5,http://weixin.qq.com/q/a,\nx,http://weixin.qq.com/q/b,${expiresAt}\n`;
    expect(await bringIn(account, table)).toMatchObject({ total: 2, known: 0 });
    expect(await dryRun(account, table)).toMatchObject({ valid: 0, known: 2 });
    expect(await bringIn(account, table)).toMatchObject({ total: 0, known: 2 });
    const both = await Promise.all(
      [1, 2].map(() => bringIn(account, 'scene,url\n6,http://weixin.qq.com/q/c\n')),
    );
    expect(both.map(({ total }) => total).sort()).toEqual([0, 1]);
    expect(await codesOf(account)).toHaveLength(3);
    await expectSoundLedger(account);
  });

  it('odd ones are taken as they are and flagged: twins, long and odd texts, scene 0, expired, not ours, beyond the cap', async () => {
    const account = await bench.addAccount({ cap: 4 });
    const { accountId } = account;
    await bench.db.ownRange.updateMany({ where: { accountId }, data: { fromId: 1, toId: 50 } });
    await bench.db.permanentScene.createMany({
      data: [
        { accountId, kind: 'integer', scene: '8', sceneId: 8, state: 'external' },
        { accountId, kind: 'integer', scene: '9', sceneId: 9, state: 'external' },
      ],
    });
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const long = 'x'.repeat(70);
    const table = [
      'scene_id,scene_str,kind,url,expires_at',
      '7,,permanent,http://weixin.qq.com/q/1,',
      ',7,permanent,http://weixin.qq.com/q/2,',
      ',9,永久,http://weixin.qq.com/q/3,',
      '8,,QR_LIMIT_SCENE,http://weixin.qq.com/q/4,',
      '60,,permanent,http://weixin.qq.com/q/5,',
      `,${long},临时,http://weixin.qq.com/q/6,${soon}`,
      `0,,QR_SCENE,http://weixin.qq.com/q/7,${soon}`,
      `0,,QR_SCENE,http://weixin.qq.com/q/8,${soon}`,
      ',a b?,temporary,http://weixin.qq.com/q/9,2024-03-01',
      ',old,temporary,http://weixin.qq.com/q/10,2024/3/1 9:30',
    ].join('\n');
    const plan = await dryRun(account, table);
    expect(plan.invalid).toBe(0);
    expect(plan.flags).toEqual({
      ...{ twin: 4, longScene: 1, zeroScene: 2, oddScene: 1, cameExpired: 2, notOurs: 1 },
      ...{ wasExternal: 1, beyondCap: 2 },
    });
    expect(plan.slots).toEqual({ counted: 4, adopted: 1, remaining: 2 });
    await bringIn(account, table);
    expect(
      (await codesOf(account)).map(({ scene, flags, status }) => [Object.values(scene)[0], flags, status]),
    ).toEqual([
      [7, ['twin'], 'issued'],
      ['7', ['twin'], 'issued'],
      ['9', ['twin', 'beyondCap'], 'issued'],
      [8, ['wasExternal'], 'issued'],
      [60, ['notOurs', 'beyondCap'], 'issued'],
      [long, ['longScene'], 'issued'],
      [0, ['zeroScene'], 'issued'],
      [0, ['zeroScene', 'twin'], 'issued'],
      ['a b?', ['oddScene', 'cameExpired'], 'expired'],
      ['old', ['cameExpired'], 'expired'],
    ]);
    expect(await ledgerOf(account)).toMatchObject({ issued: 5, external: 1, overdrawn: 2 });
    const slot = await bench.db.permanentScene.findFirstOrThrow({ where: { accountId, sceneId: 8 } });
    expect(slot).toMatchObject({ state: 'issued' });
    expect(slot.externalUntil, 'its history says what it was').not.toBeNull();
    const flagged = await listCodes(bench.system, accountId, { flagged: 'true', limit: 200 });
    expect(flagged.items).toHaveLength(10);
    await expectSoundLedger(account);
  });

  it('a dry run names every faulty row by its line', async () => {
    const account = await bench.addAccount();
    await bench.db.campaign.create({ data: { accountId: account.accountId, name: 'Spring' } });
    const lines: [string, string, string][] = [
      ['scene,scene_str,kind,ticket,url,label,channel,expires_at,campaign', '', ''],
      ['1,,,,http://weixin.qq.com/q/1,,,,', '', ''],
      [',,,,http://weixin.qq.com/q/2,,,,', 'scene', 'required'],
      ['2,two,,,,,,,', 'scene', 'sceneOneOf'],
      ['100001,,permanent,,,,,,', 'scene', 'sceneIdRange'],
      [`${'长'.repeat(171)},,,,,,,,`, 'scene', 'sceneBytes'],
      ['3,,weekly,,,,,,', 'kind', 'kindUnknown'],
      ['4,,,,weixin,,,,', 'url', 'url'],
      ['5,,,two words,,,,,', 'ticket', 'ticketForm'],
      ['6,,temporary,,,,,,', 'expiresAt', 'expiryUnknown'],
      ['7,,temporary,,,,,2024-02-31,', 'expiresAt', 'expiryForm'],
      ['8,,permanent,,,,,2024-02-01,', 'expiresAt', 'expiryOfPermanent'],
      ['9,,,,,,,,Winter', 'campaign', 'campaignUnknown'],
      ['10,,,,,,,,Spring', 'campaign', 'campaignAmbiguous'],
      [`11,,,,,${'长'.repeat(201)},,,`, 'label', 'tooLong'],
      [`12,,,,,,${'x'.repeat(65)},,`, 'channel', 'tooLong'],
      ['1,,,,http://weixin.qq.com/q/9,,,,', 'scene', 'sceneRepeated'],
      ['13,,', '', 'cellCount'],
    ];
    const table = lines.map(([line]) => line).join('\n');
    const plan = await dryRun(account, table);
    expect(plan.rows.map(({ line, errors }) => [line, errors[0]?.field, errors[0]?.code])).toEqual(
      lines.flatMap(([, field, code], place) => (code === '' ? [] : [[place + 1, field, code]])),
    );
    expect(plan).toMatchObject({ valid: 1, invalid: 16, missingUrls: 0 });
    const error = await refusal(bringIn(account, table));
    expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: { invalid: 16 } });
    expect(error.details.fields?.[0]).toMatchObject({ field: 'rows.3.scene' });
    expect(await codesOf(account)).toEqual([]);
  });

  it('WeChat is asked again for what has no url, with the same scene, at once or later', async () => {
    const account = await bench.addAccount();
    const made = await madeElsewhere(account, { kind: 'permanent', scene: { id: 31 } });
    await madeElsewhere(account, { kind: 'permanent', scene: { id: 32 } });
    const before = (await bench.stateOf(account.appId)).permanentInt;
    const plan = await dryRun(account, 'scene\n31\n');
    expect(plan).toMatchObject({ valid: 1, missingUrls: 1, askable: 1 });
    const now = await bringIn(account, 'scene\n31\n', { askForUrls: true });
    const later = await bringIn(account, 'scene\n32\n');
    expect([now, later]).toMatchObject([
      { waiting: 1, missingUrls: 0 },
      { waiting: 0, missingUrls: 1 },
    ]);
    expect((await codesOf(account))[1]).toMatchObject({ status: 'issued', url: null });
    const ask = () => askForUrls(bench.system, account.accountId, { importId: later.id });
    expect([await ask(), await ask()]).toEqual([1, 0]);

    const worker = startIssueWorker(async () => bench.system);
    for (const { id } of [now, later]) {
      while ((await getImport(bench.system, account.accountId, id)).waiting > 0) await sleep(20);
    }
    await worker.stop();
    const codes = await codesOf(account);
    expect(codes.map(({ status, scene }) => [status, scene])).toEqual([
      ['issued', { id: 31 }],
      ['issued', { id: 32 }],
    ]);
    expect(codes[0]?.url).toBe(made.url);
    expect((await bench.stateOf(account.appId)).permanentInt).toBe(before);
    expect(await ledgerOf(account)).toMatchObject({ issued: 2, reserved: 0 });
    const { id } = codes[0] ?? { id: '' };
    expect((await getCode(bench.system, account.accountId, id)).canDiscard).toBe(false);
  });

  it('of a request that is repeated are brought in once', async () => {
    const account = await bench.addAccount();
    const id = '00000000-0000-4000-8000-0000000000bb';
    const rows = [
      { scene: { id: 5 }, url: 'http://weixin.qq.com/q/5' },
      { scene: 'shop', kind: 'permanent' },
    ];
    const first = await importCodes(bench.system, account.accountId, { input: { rows } }, { id });
    expect(first).toMatchObject({ total: 2 });
    expect(await importCodes(bench.system, account.accountId, { input: { rows } }, { id })).toEqual(first);
  });

  it('20,000 of them come in together', async () => {
    const account = await bench.addAccount();
    const rows = Array.from({ length: 20_000 }, (_, place) => `s${place},http://weixin.qq.com/q/${place}`);
    const file = {
      ...fileOf(''),
      open: async function* () {
        yield Buffer.from('scene,url\n');
        for (const row of rows) yield Buffer.from(`${row}\n`);
      },
    };
    const made = await importCodes(bench.system, account.accountId, { input: {}, file });
    expect(made).toMatchObject({ total: 20_000 });
    expect(await ledgerOf(account)).toMatchObject({ issued: 20_000 });
  }, 120_000);
});
