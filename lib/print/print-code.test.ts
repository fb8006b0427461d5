import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorkers } from '../../scripts/build-workers.mjs';
import type { Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { createDesign } from '../designs/create-design';
import { listPrintsOfCode } from '../exports/list-prints-of-code';
import { designDefaults } from './design-schemas';
import { printContentTypes, printFormats } from './design-types';
import { closeDrawPool } from './draw-symbol';
import { printCode } from './print-code';
import { imageQuerySchema } from './schemas';

const now = new Date('2026-11-24T06:00:00Z');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let accountId = '';
let otherId = '';

const viewer = (): Context => ({
  db: database.prisma,
  wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
  clock: { now: () => now },
  actor: {
    kind: 'apiKey',
    id: 'k',
    name: 'key',
    role: 'viewer',
    allAccounts: false,
    accountIds: [accountId],
  },
});

const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

async function makeTemporary(label: string, issued: { expiresAt: Date } | null): Promise<string> {
  const { id } = await database.prisma.code.create({
    data: {
      accountId,
      kind: 'temporary',
      sceneKind: 'string',
      scene: label,
      label,
      expireSeconds: 3_600,
      ...(issued
        ? {
            ...issued,
            status: 'issued',
            issuedAt: hours(-2),
            ticket: 'a ticket',
            url: 'http://weixin.qq.com/q/02abcDEF',
          }
        : {}),
    },
    select: { id: true },
  });
  return id;
}

beforeAll(async () => {
  await buildWorkers();
  database = await createTestDatabase();
  for (const appId of ['wx1', 'wx2']) {
    const { id } = await database.prisma.officialAccount.create({
      data: { name: appId, appId, timeZone: 'Asia/Shanghai' },
      select: { id: true },
    });
    if (accountId) otherId = id;
    else accountId = id;
  }
});
afterAll(async () => {
  await closeDrawPool();
  await database.close();
});

const query = (given: Record<string, string> = {}) => imageQuerySchema.parse(given);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error) => error.code,
  );

describe('printCode', () => {
  it('hands out the file under a name that says when it ends, and writes that down', async () => {
    const id = await makeTemporary('收银台/A', { expiresAt: hours(12) });
    const printed = await printCode(viewer(), accountId, id, query({ mm: '30', temporary: 'ok' }));
    expect(printed.contentType).toBe('image/png');
    // 18:00 UTC is the next day in Shanghai.
    expect(printed.fileName).toBe('收银台-A_mm30_300dpi_expires-2026-11-25.png');
    const entry = await database.prisma.auditEntry.findFirstOrThrow({
      where: { targetId: id },
      select: { action: true, accountId: true, details: true },
    });
    expect(entry).toEqual({
      action: 'code.print',
      accountId,
      details: { format: 'png', mm: 30, dpi: 300, ec: 'Q', quiet: 4 },
    });
    const [first] = await listPrintsOfCode(viewer(), accountId, id);
    expect(first).toMatchObject({
      exportId: null,
      fileName: null,
      designName: null,
      format: 'png',
      sizeMm: 30,
    });
    const { printedAt } = await database.prisma.firstPrint.findUniqueOrThrow({ where: { codeId: id } });
    await printCode(viewer(), accountId, id, query({ mm: '40', temporary: 'ok' }));
    expect(await listPrintsOfCode(viewer(), accountId, id)).toMatchObject([{ sizeMm: 40 }, { sizeMm: 30 }]);
    expect(await database.prisma.firstPrint.findMany({ where: { codeId: id } })).toMatchObject([
      { printedAt },
    ]);
  });

  it('draws by a saved design, with the caption of the code, in each format; the query goes first', async () => {
    const { id: designId } = await createDesign(
      { ...viewer(), actor: { kind: 'system', name: 'test' } },
      accountId,
      {
        name: '台卡',
        settings: {
          ...designDefaults,
          sizeMm: 40,
          foreground: '#123456',
          caption: { template: '{label}', textMm: 3, maxLines: 1 },
        },
      },
    );
    const id = await makeTemporary('designed', { expiresAt: hours(12) });
    const starts = { png: '\x89PNG', tiff: 'II*', svg: '<svg', pdf: '%PDF', eps: '%!PS' };
    for (const format of printFormats) {
      const given = query({ format, design: designId, dpi: '600', temporary: 'ok' });
      const { bytes, contentType, fileName } = await printCode(viewer(), accountId, id, given);
      expect(Buffer.from(bytes).subarray(0, 200).toString('latin1')).toContain(starts[format]);
      expect(contentType).toBe(printContentTypes[format]);
      expect(fileName).toMatch(/^designed_mm40(_600dpi)?_expires-2026-11-25\.(png|tif|svg|pdf|eps)$/);
    }
    const svg = await printCode(
      viewer(),
      accountId,
      id,
      query({ format: 'svg', design: designId, temporary: 'ok' }),
    );
    expect(new TextDecoder().decode(svg.bytes)).toContain('#123456');
    const entry = await database.prisma.auditEntry.findFirstOrThrow({
      where: { targetId: id },
      orderBy: { id: 'desc' },
      select: { details: true },
    });
    expect(entry.details).toMatchObject({ mm: 40, design: '台卡', designId, designVersion: 1 });
    const unknown = query({ design: id, temporary: 'ok' });
    expect(await codeOf(printCode(viewer(), accountId, id, unknown))).toBe('NOT_FOUND');
  });

  it('wants a deliberate yes for a temporary code, and refuses what has no symbol or no life left', async () => {
    const living = await makeTemporary('living', { expiresAt: hours(1) });
    const expired = await makeTemporary('expired', { expiresAt: hours(-1) });
    const waiting = await makeTemporary('waiting', null);
    const ok = query({ temporary: 'ok' });
    expect(await codeOf(printCode(viewer(), accountId, living, query()))).toBe('TEMPORARY_NOT_CONFIRMED');
    expect(await codeOf(printCode(viewer(), accountId, expired, ok))).toBe('CODE_EXPIRED');
    expect(await codeOf(printCode(viewer(), accountId, waiting, ok))).toBe('CODE_NOT_ISSUED');
    const tooLarge = query({ mm: '5000', dpi: '2400', temporary: 'ok' });
    expect(await codeOf(printCode(viewer(), accountId, living, tooLarge))).toBe('IMAGE_OUT_OF_BOUNDS');
    expect(await database.prisma.auditEntry.count({ where: { targetId: living } })).toBe(0);
  });

  it('knows no code of another account', async () => {
    const id = await makeTemporary('mine', { expiresAt: hours(1) });
    const ok = query({ temporary: 'ok' });
    expect(await codeOf(printCode(viewer(), otherId, id, ok))).toBe('NOT_FOUND');
    expect(await codeOf(printCode(viewer(), accountId, otherId, ok))).toBe('NOT_FOUND');
  });
});
