import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { buildWorkers } from '../../scripts/build-workers.mjs';
import { openTestBench, type TestBench } from '../codes/test-bench';
import { isAppError } from '../errors';
import { labelPlace } from '../print/plan-sheet';
import { sheetDefaults } from '../print/sheet-schemas';
import type { SheetLayout } from '../print/sheet-types';
import { clearExports } from './clear-exports';
import { closeExportPool } from './draw-pool';
import { cancelExport, removeExport } from './end-export';
import { getExport } from './get-export';
import { layOutSheet } from './lay-out-sheet';
import { listPrintsOfCode } from './list-prints-of-code';
import { previewShare, readSharedFile, unlockShare } from './open-share';
import { prepareExport } from './prepare-export';
import { previewExport } from './preview-export';
import { readExportFile } from './read-export-file';
import { revokeShare, shareExport } from './share-export';
import { insertItems } from './store';
import { streamExport } from './stream-export';
import { workOnExports } from './work-on-exports';

const run = promisify(execFile);
/** A renderer of others, where the machine has it. */
const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;

let bench: TestBench;
let accountId: string;
let campaignId: string;
const COUNT = 70;

const urlOf = (at: number) => `http://weixin.qq.com/q/02${String(at).padStart(4, '0')}kzIoRzvTcBl1xKzT1u`;

beforeAll(async () => {
  vi.stubEnv('APP_SECRET', 'a secret for tests, 32 characters or more');
  await buildWorkers();
  bench = await openTestBench();
  ({ accountId, campaignId } = await bench.addAccount());
  await addIssued(COUNT, 0);
});
afterAll(async () => {
  await closeExportPool();
  await bench.close();
});

async function addIssued(count: number, from: number, expiresAt: Date | null = null): Promise<string[]> {
  const made = Array.from({ length: count }, (_, at) => ({
    accountId,
    kind: 'temporary' as const,
    sceneKind: 'integer' as const,
    scene: String(200_000 + from + at),
    isLiving: true,
    label: at % 3 === 0 ? '门店 "海报" =1' : `Poster ${from + at}`,
    expireSeconds: 2_592_000,
    status: 'issued' as const,
    ticket: `t${from + at}`,
    url: urlOf(from + at),
    issuedAt: new Date(),
    expiresAt: expiresAt ?? new Date(Date.now() + 20 * 86_400_000),
  }));
  const rows = await bench.db.code.createManyAndReturn({ data: made, select: { id: true } });
  await bench.db.assignment.createMany({
    data: rows.map(({ id }) => ({ codeId: id, campaignId, fromAt: new Date(Date.now() - 1000) })),
  });
  return rows.map(({ id }) => id);
}

async function gather(chunks: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
}

function unzip(file: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    fromBuffer(file, { lazyEntries: true }, (opening, zip: ZipFile) => {
      if (opening) return reject(opening);
      const found = new Map<string, Buffer>();
      zip.on('entry', (entry: Entry) =>
        zip.openReadStream(entry, async (error, stream) => {
          if (error) return reject(error);
          const parts: Buffer[] = [];
          for await (const part of stream) parts.push(part);
          found.set(entry.fileName, Buffer.concat(parts));
          zip.readEntry();
        }),
      );
      zip.on('end', () => resolve(found));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

async function read(png: Buffer): Promise<string | undefined> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

const query = { temporary: 'ok', mm: 30, dpi: 300 } as const;

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((caught: unknown) => caught);
  return isAppError(error) ? error.code : String(error);
}

async function work(): Promise<void> {
  while (await workOnExports.run(bench.system, new AbortController().signal)) {
    // until nothing is left
  }
}

describe('streamExport', () => {
  it('sends a ZIP as long as it said, in which each file is the code that its row names', async () => {
    const stream = await streamExport(bench.as('viewer'), accountId, query);
    const file = await gather(stream.chunks);
    expect(file.length).toBe(stream.bytes);
    const entries = await unzip(file);
    expect(entries.size).toBe(COUNT + 1);
    const manifest = entries.get('manifest.csv')?.toString() ?? '';
    expect(manifest.startsWith('\ufefffile,label,campaign,')).toBe(true);
    const rows = manifest.trim().split('\r\n').slice(1);
    expect(rows.length).toBe(COUNT);
    expect(new Set([...entries.keys()].map((name) => name.toLowerCase())).size).toBe(COUNT + 1);
    for (const row of [rows[0], rows[1], rows[COUNT - 1]]) {
      const cells = row?.match(/("([^"]|"")*"|[^,]*)(?=,|$)/g) ?? [];
      const name = (cells.find((cell) => cell.includes('.png')) ?? '').replaceAll('"', '');
      const bytes = entries.get(name) ?? Buffer.alloc(0);
      expect(row).toContain(createHash('sha256').update(bytes).digest('hex'));
      expect(row).toContain(await read(bytes));
      expect(name).toMatch(/_expires-\d{4}-\d\d-\d\d\.png$/);
      expect(row?.trimEnd()).toMatch(/decoded by ZXing: equals url$/);
    }
    const [kept] = await bench.db.export.findMany({ where: { id: stream.exportId } });
    expect(kept).toMatchObject({ state: 'done', done: COUNT, downloads: 1 });
    expect(
      await bench.db.auditEntry.count({ where: { action: 'export.download', targetId: stream.exportId } }),
    ).toBe(1);
  });

  it('lays a table for InDesign beside the pictures, whose rows are the files of the ZIP', async () => {
    const channel = { number: 'SH-01', name: '徐家汇 "旗舰" 店', city: '上海' };
    const { id: channelId } = await bench.db.channel.create({
      data: { accountId, ...channel },
      select: { id: true },
    });
    const at = await bench.db.code.findFirstOrThrow({ where: { accountId }, orderBy: { sequence: 'asc' } });
    await bench.db.code.update({ where: { id: at.id }, data: { channelId } });
    const asked = { ...query, format: 'pdf', merge: 'indesign' } as const;
    const preview = await previewExport(bench.as('viewer'), accountId, asked);
    const stream = await streamExport(bench.as('viewer'), accountId, asked);
    const file = await gather(stream.chunks);
    expect(file.length).toBe(stream.bytes);
    expect(preview.bytes).toBe(stream.bytes);
    const entries = await unzip(file);
    expect([...entries.keys()].slice(-2)).toEqual(['merge.txt', 'manifest.csv']);
    const table = entries.get('merge.txt') ?? Buffer.alloc(0);
    expect([...table.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    const [head, ...rows] = new TextDecoder('utf-16le', { fatal: true })
      .decode(table)
      .trimEnd()
      .split('\r\n');
    expect(head).toBe('@code\tlabel\tcampaign\tchannel\tnumber\tcity\texpires\tproof');
    const pictures = rows.map((row) => row.split('\t')[0]);
    expect(pictures).toEqual([...entries.keys()].slice(0, -2));
    expect(rows[0]?.split('\t').slice(3, 6)).toEqual(['徐家汇 “旗舰” 店', 'SH-01', '上海']);

    const again = await readExportFile(bench.as('viewer'), accountId, stream.exportId, { isBegun: false });
    const middle = file.indexOf(table.subarray(0, 40)) + table.length - 300;
    for (const [from, to] of [
      [middle, middle + 900],
      [file.length - 900, file.length],
    ] as const) {
      expect((await gather(again.read(from, to))).equals(file.subarray(from, to))).toBe(true);
    }
    expect(await getExport(bench.system, accountId, stream.exportId)).toMatchObject({ merge: 'indesign' });
    expect(
      await codeOf(streamExport(bench.as('viewer'), accountId, { ...query, as: 'pdf', merge: 'indesign' })),
    ).toBe('VALIDATION_FAILED');
    await bench.db.code.update({ where: { id: at.id }, data: { channelId: null } });

    const { id } = await prepareExport(bench.as('marketer'), accountId, asked);
    // A name that has grown since: the places grow with it before a byte is sent.
    await bench.db.export.update({ where: { id }, data: { mergeRowBytes: 100, manifestRowBytes: 100 } });
    await work();
    const whole = await readExportFile(bench.as('viewer'), accountId, id, { isBegun: true });
    expect((await unzip(await gather(whole.read(0, whole.bytes)))).size).toBe(COUNT + 2);
  }, 120_000);

  it('wants a yes for codes that expire, and names those that it leaves out', async () => {
    expect(await codeOf(streamExport(bench.as('viewer'), accountId, {}))).toBe('TEMPORARY_NOT_CONFIRMED');
    const gone = await addIssued(1, 900, new Date(Date.now() - 1000));
    const preview = await previewExport(bench.as('viewer'), accountId, query);
    expect(preview).toMatchObject({
      printable: COUNT,
      leftOut: { expired: 1, named: [{ id: gone[0], reason: 'expired' }] },
    });
    const soon = await previewExport(bench.as('viewer'), accountId, { ...query, usableUntil: '2099-01-01' });
    expect(soon).toMatchObject({ printable: 0, leftOut: { expiring: COUNT, expired: 1 } });
    expect(await codeOf(streamExport(bench.as('viewer'), accountId, { ids: gone, temporary: 'ok' }))).toBe(
      'CODE_EXPIRED',
    );
    await bench.db.code.deleteMany({ where: { id: { in: gone } } });
  });

  it('sends sheets of labels whose codes are kept as well, and one page a code', async () => {
    const perSheet = sheetDefaults.kind === 'grid' ? sheetDefaults.columns * sheetDefaults.rows : 0;
    for (const sheet of ['single', 'a4']) {
      const stream = await streamExport(bench.as('viewer'), accountId, { ...query, as: 'pdf', sheet });
      const file = await gather(stream.chunks);
      expect(file.subarray(0, 5).toString()).toBe('%PDF-');
      expect(file.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length).toBe(
        sheet === 'single' ? COUNT : Math.ceil(COUNT / perSheet),
      );
      const kept = await getExport(bench.system, accountId, stream.exportId);
      expect(kept).toMatchObject({ state: 'done', done: COUNT, bytes: file.length, format: 'pdf' });
      const again = await readExportFile(bench.as('viewer'), accountId, stream.exportId, { isBegun: false });
      expect((await gather(again.read(0, again.bytes))).equals(file)).toBe(true);
    }
  });

  it('stops when the reader goes away', async () => {
    const stream = await streamExport(bench.as('viewer'), accountId, query);
    await stream.chunks.next();
    await stream.chunks.return(undefined);
    expect(await getExport(bench.system, accountId, stream.exportId)).toMatchObject({ state: 'cancelled' });
  });

  it('keeps nothing of a piece in which two codes are swapped', async () => {
    const { exportId, chunks } = await streamExport(bench.as('viewer'), accountId, query);
    const [one, two] = await bench.db.code.findMany({
      where: { accountId },
      take: 2,
      orderBy: { sequence: 'asc' },
    });
    const { leaseToken } = await bench.db.export.findUniqueOrThrow({ where: { id: exportId } });
    const file = { bytes: 1, crc32: 1, sha256: 'ab'.repeat(32), decoded: '', captionLines: [] };
    const item = (codeId = '', url: string | null = '', scene = '') => ({
      fileName: `${codeId}.png`,
      facts: { codeId, label: '', campaign: '', channel: '', scene, url: url ?? '', expires: '' },
      file,
    });
    const lease = { exportId, leaseToken: leaseToken ?? '', from: 0, leaseUntil: new Date() };
    const swapped = [item(one?.id, two?.url, two?.scene), item(two?.id, one?.url, one?.scene)];
    expect(await bench.db.$transaction((tx) => insertItems(tx, lease, swapped))).toEqual({
      held: true,
      agreed: 0,
    });
    const right = [item(one?.id, one?.url, one?.scene), item(two?.id, two?.url, two?.scene)];
    expect(await bench.db.$transaction((tx) => insertItems(tx, lease, right))).toEqual({
      held: true,
      agreed: 2,
    });
    expect(await bench.db.$transaction((tx) => insertItems(tx, lease, right))).toEqual({
      held: false,
      agreed: 0,
    });
    await chunks.return(undefined);
  });
});

describe('a prepared export', () => {
  it('is made behind the pages, and any part of its file is made again', async () => {
    const { id } = await prepareExport(bench.as('marketer'), accountId, { ...query, as: 'zip' });
    expect(await codeOf(readExportFile(bench.system, accountId, id, { isBegun: false }))).toBe(
      'EXPORT_STATE',
    );
    await work();
    const done = await getExport(bench.as('viewer'), accountId, id);
    expect(done).toMatchObject({ state: 'done', done: COUNT, total: COUNT });
    const file = await readExportFile(bench.as('viewer'), accountId, id, { isBegun: true });
    const whole = await gather(file.read(0, file.bytes));
    expect(whole.length).toBe(file.bytes);
    expect((await unzip(whole)).size).toBe(COUNT + 1);
    const cuts = [
      0,
      1,
      5_000,
      Math.floor(file.bytes / 2),
      file.bytes - 20_000,
      file.bytes - 500,
      file.bytes - 1,
    ];
    for (const [at, start] of cuts.entries()) {
      const end = cuts[at + 1] ?? file.bytes;
      expect((await gather(file.read(start, end))).equals(whole.subarray(start, end))).toBe(true);
    }
  });

  it('is no longer handed out, nor said to be, once symbols are drawn otherwise', async () => {
    const marketer = bench.as('marketer');
    const { id } = await prepareExport(marketer, accountId, query);
    await work();
    const { url } = await shareExport(marketer, accountId, id, { days: 7 });
    expect(await getExport(marketer, accountId, id)).toMatchObject({ state: 'done', isOutdated: false });
    await bench.db.export.update({ where: { id }, data: { drawingVersion: 1 } });
    expect(await getExport(marketer, accountId, id)).toMatchObject({ state: 'done', isOutdated: true });
    expect(await codeOf(readExportFile(marketer, accountId, id, { isBegun: false }))).toBe('EXPORT_STATE');
    expect(await codeOf(shareExport(marketer, accountId, id, { days: 7 }))).toBe('EXPORT_STATE');
    const stranger = bench.contextAs({ kind: 'stranger' });
    expect(await previewShare(stranger, url.split('/').at(-1) ?? '', '192.0.2.9')).toBeNull();
  });

  it('goes on where another process stopped, and is made once', async () => {
    const { id } = await prepareExport(bench.as('marketer'), accountId, query);
    const stopping = new AbortController();
    const running = workOnExports.run(bench.system, stopping.signal);
    stopping.abort();
    await running;
    expect(await getExport(bench.system, accountId, id)).toMatchObject({ state: 'working' });
    await Promise.all([work(), work()]);
    await work();
    expect(await getExport(bench.system, accountId, id)).toMatchObject({ state: 'done', done: COUNT });
    expect(await bench.db.exportItem.count({ where: { exportId: id } })).toBe(COUNT);
  });

  it('can be cancelled, and removed for good, and stays on the pages of its codes', async () => {
    const marketer = bench.as('marketer');
    const { id } = await prepareExport(marketer, accountId, query);
    expect(await cancelExport(marketer, accountId, id)).toMatchObject({ state: 'cancelled' });
    expect(await codeOf(cancelExport(marketer, accountId, id))).toBe('EXPORT_STATE');
    await work();
    expect(await getExport(bench.system, accountId, id)).toMatchObject({ state: 'cancelled', done: 0 });

    const { id: kept } = await prepareExport(marketer, accountId, query);
    await work();
    await removeExport(marketer, accountId, kept);
    await clearExports.run(bench.system, new AbortController().signal);
    expect(await bench.db.exportItem.count({ where: { exportId: kept, facts: { not: {} } } })).toBe(0);
    const [code] = await bench.db.code.findMany({ where: { accountId }, take: 1, select: { id: true } });
    const prints = await listPrintsOfCode(bench.as('viewer'), accountId, code?.id ?? '');
    expect(prints[0]).toMatchObject({ exportId: null, format: 'png', sizeMm: 30 });
    expect(await bench.db.firstPrint.count({ where: { code: { accountId } } })).toBe(COUNT);
  });
});

describe('a prepared file of sheets', () => {
  /** Renders the pages with poppler and reads each label, cut out of its page, with jsQR. */
  async function readLabels(pdf: Buffer, layout: SheetLayout, labels: number[]) {
    const folder = await mkdtemp(path.join(tmpdir(), 'sheets-'));
    try {
      await writeFile(path.join(folder, 'a.pdf'), pdf);
      await run('pdftoppm', ['-r', '254', '-gray', '-png', 'a.pdf', 'page'], { cwd: folder });
      const pages = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
      const perPage = layout.columns * layout.rows;
      const found: (string | undefined)[] = [];
      for (const label of labels) {
        const { leftMm, topMm } = labelPlace(layout, label % perPage);
        const page = path.join(folder, pages[Math.floor(label / perPage)] ?? '');
        // 254 dpi: ten pixels a millimetre.
        const [left, top] = [Math.round(leftMm * 10), Math.round(topMm * 10)];
        const [width, height] = [Math.floor(layout.labelWidthMm * 10), Math.floor(layout.labelHeightMm * 10)];
        found.push(await read(await sharp(page).extract({ left, top, width, height }).png().toBuffer()));
      }
      return { pages: pages.length, found };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  it.skipIf(!hasPoppler)(
    'holds every code on its page, can be fetched in parts, and survives a break',
    async () => {
      const { id } = await prepareExport(bench.as('marketer'), accountId, {
        ...query,
        as: 'pdf',
        sheet: 'L7160',
      });
      const recipe = await bench.db.export.findUniqueOrThrow({ where: { id } });
      // Five labels are gone already, and each code is wanted twice: codes go over the page's edge.
      await bench.db.export.update({
        where: { id },
        data: { sheet: { ...(recipe.sheet as object), startAt: 6, copies: 2 } },
      });
      const stopping = new AbortController();
      const running = workOnExports.run(bench.system, stopping.signal);
      await vi.waitFor(
        async () => expect(await bench.db.exportPart.count({ where: { exportId: id } })).not.toBe(0),
        { timeout: 60_000 },
      );
      stopping.abort();
      await running;
      const halted = await getExport(bench.system, accountId, id);
      expect(halted.state).toBe('working');
      expect(halted.done).toBeLessThan(COUNT);
      await work();
      expect(await getExport(bench.system, accountId, id)).toMatchObject({ state: 'done', done: COUNT });

      const file = await readExportFile(bench.as('viewer'), accountId, id, { isBegun: true });
      const whole = await gather(file.read(0, file.bytes));
      expect(whole.length).toBe(file.bytes);
      const cuts = [0, 1, 9_000, Math.floor(file.bytes / 2), file.bytes - 400, file.bytes - 1];
      for (const [at, start] of cuts.entries()) {
        const end = cuts[at + 1] ?? file.bytes;
        expect((await gather(file.read(start, end))).equals(whole.subarray(start, end))).toBe(true);
      }
      const sheet = { kind: 'stock', stock: 'L7160', cropMarks: false, bleedMm: 0 } as const;
      const layout = layOutSheet({ ...sheet, startAt: 6, copies: 2 }, halted.design);
      const labels = Array.from({ length: 2 * COUNT }, (_, at) => 5 + at);
      const { pages, found } = await readLabels(whole, layout, labels);
      expect(pages).toBe(Math.ceil((5 + 2 * COUNT) / 21));
      expect(found).toEqual(labels.map((label) => urlOf(Math.floor((label - 5) / 2))));

      const items = await bench.db.exportItem.findMany({
        where: { exportId: id },
        orderBy: { position: 'asc' },
      });
      expect(items[0]?.fileName).toMatch(/\.pdf#page=1$/);
      // 21 labels a page: label 5 + 2 × 69 is on the seventh.
      expect(items.at(-1)?.fileName).toMatch(/\.pdf#page=7$/);
      const { url } = await shareExport(bench.as('marketer'), accountId, id, { days: 1 });
      const stranger = bench.contextAs({ kind: 'stranger' });
      const shared = await readSharedFile(stranger, url.split('/').at(-1) ?? '', {
        pass: null,
        ipAddress: '192.0.2.7',
        isBegun: true,
      });
      expect((await gather(shared.read(0, 5))).toString()).toBe('%PDF-');

      await removeExport(bench.as('marketer'), accountId, id);
      await clearExports.run(bench.system, new AbortController().signal);
      expect(await bench.db.exportPart.count({ where: { exportId: id } })).toBe(0);
    },
    180_000,
  );
});

describe('a link for the print shop', () => {
  it('opens one export to a stranger, counts, wants its password, and can be revoked', async () => {
    const marketer = bench.as('marketer');
    const { id } = await prepareExport(marketer, accountId, query);
    await work();
    const { url, share } = await shareExport(marketer, accountId, id, { days: 7, password: 'press 42' });
    const token = url.split('/').at(-1) ?? '';
    const stranger = bench.contextAs({ kind: 'stranger' });
    const ipAddress = '192.0.2.1';
    expect(await previewShare(stranger, token, ipAddress)).toMatchObject({
      needsPassword: true,
      total: COUNT,
    });
    expect(await previewShare(stranger, 'x', ipAddress)).toBeNull();
    expect(await codeOf(readSharedFile(stranger, token, { pass: null, ipAddress, isBegun: true }))).toBe(
      'LINK_INVALID',
    );
    expect(await codeOf(unlockShare(stranger, token, 'wrong', ipAddress))).toBe('VALIDATION_FAILED');
    const pass = await unlockShare(stranger, token, 'press 42', ipAddress);
    const file = await readSharedFile(stranger, token, { pass, ipAddress, isBegun: true });
    expect((await gather(file.read(0, 4))).toString('latin1')).toBe('PK\x03\x04');
    expect((await bench.db.exportShare.findUnique({ where: { id: share.id } }))?.downloads).toBe(1);
    for (let at = 0; at < 9; at++) await codeOf(unlockShare(stranger, token, 'wrong', ipAddress));
    expect(await codeOf(unlockShare(stranger, token, 'wrong', ipAddress))).toBe('RATE_LIMITED');
    await revokeShare(marketer, accountId, id, share.id);
    expect(await previewShare(stranger, token, ipAddress)).toBeNull();
    expect(await codeOf(readSharedFile(stranger, token, { pass, ipAddress, isBegun: true }))).toBe(
      'LINK_INVALID',
    );
  });
});
