import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '@/lib/errors';
import { archiveCode } from './archive-code';
import { countCodes } from './count-codes';
import { createCode } from './create-code';
import { handOverCode } from './hand-over-code';
import { listCodes } from './list-codes';
import { listExpiringCodes } from './list-expiring-codes';
import type { ListCodesInput } from './schemas';
import { summariseCodes } from './summarise-codes';
import { openTestBench, queueCodes, type TestBench } from './test-bench';
import type { CodeDto } from './types';

let bench: TestBench;
let account: Awaited<ReturnType<TestBench['addAccount']>>;
let summer: string;
let channelId: string;
const codes: Record<string, CodeDto> = {};

beforeAll(async () => {
  bench = await openTestBench();
  account = await bench.addAccount();
  const { accountId, campaignId } = account;
  const channel = await bench.db.channel.create({
    data: { accountId, number: 'SH-001', name: '南京东路店' },
  });
  channelId = channel.id;
  summer = (await bench.db.campaign.create({ data: { accountId, name: 'Summer' } })).id;
  const make = async (name: string, rest: Partial<Parameters<typeof createCode>[2]>) => {
    codes[name] = await createCode(bench.system, accountId, {
      ...{ campaignId, label: name, kind: 'permanent' },
      ...rest,
    });
  };
  await make('b counter', { scene: { id: 10 }, channelId });
  await make('a 100% wool_', { scene: { id: 9 } });
  await make('c Poster', { scene: { str: 'metro-7' } });
  await make('d short', { kind: 'temporary', scene: { id: 4_000_000_000 }, expireSeconds: 3_600 });
  await make('e long', { kind: 'temporary', scene: { str: 'Desk' }, expireSeconds: 2_592_000 });
  await make('f gone', { scene: { id: 11 } });
  await archiveCode(bench.system, accountId, codes['f gone']?.id ?? '');
  await handOverCode(bench.system, accountId, codes['c Poster']?.id ?? '', { campaignId: summer });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  await handOverCode(bench.system, accountId, codes['b counter']?.id ?? '', {
    campaignId: summer,
    fromAt: tomorrow,
  });
  await queueCodes(bench.db, account, { permanent: 1 });
  const queued = await bench.db.code.findFirstOrThrow({ where: { label: 'queued' }, select: { id: true } });
  const scans = { 'c Poster': 7, 'b counter': 5, 'e long': 0 };
  const totals = Object.entries(scans).map(([name, count]) => ({
    codeId: codes[name]?.id ?? '',
    scans: count,
  }));
  await bench.db.codeTotal.createMany({
    data: [...totals, { codeId: queued.id, scans: 5 }].map((total) => ({ accountId, ...total })),
  });
});
afterAll(() => bench.close());

async function labels(input: ListCodesInput): Promise<string> {
  const { items } = await listCodes(bench.as('viewer'), account.accountId, input);
  return items.map(({ label }) => label.slice(0, 1)).join('');
}

describe('filters', () => {
  it.each<[string, ListCodesInput, string]>([
    ['nothing: all but archived, newest first', {}, 'qedcab'],
    ['archived', { status: 'archived' }, 'f'],
    ['issued', { status: 'issued' }, 'edcab'],
    ['reserved', { status: 'reserved' }, 'q'],
    ['failed', { status: 'failed' }, ''],
    ['kind', { kind: 'temporary' }, 'ed'],
    ['the present campaign, not a planned one', { campaignId: '' }, 'c'],
    ['channel', { channelId: '' }, 'b'],
    ['part of a label, in any case', { q: 'POSTER' }, 'c'],
    ['part of a scene', { q: '000000' }, 'd'],
    ['part of a scene, in any case', { q: 'desk' }, 'e'],
    ['a channel number', { q: 'sh-00' }, 'b'],
    ['a channel name', { q: '东路' }, 'b'],
    ['signs that LIKE would read as any text', { q: '%' }, 'a'],
    ['another such sign', { q: 'l_' }, 'a'],
    ['filters together', { q: 'o', kind: 'permanent', status: 'issued' }, 'cab'],
  ])('by %s', async (_, input, wanted) => {
    const filled = {
      ...input,
      ...(input.campaignId === '' ? { campaignId: summer } : {}),
      ...(input.channelId === '' ? { channelId } : {}),
    };
    expect(await labels(filled)).toBe(wanted);
    const { sort: _sort, order: _order, limit: _limit, cursor: _cursor, ...filter } = filled;
    expect(await countCodes(bench.as('viewer'), account.accountId, filter)).toEqual({
      count: wanted.length,
      isExact: true,
    });
  });

  it('by a campaign that some have left', async () => {
    expect(await labels({ campaignId: account.campaignId })).toBe('qedab');
  });

  it('by a whole ticket or url', async () => {
    const { ticket, url } = codes['c Poster'] ?? {};
    expect(await labels({ q: ticket ?? '' })).toBe('c');
    expect(await labels({ q: url ?? '' })).toBe('c');
  });

  it('shows nothing of another account', async () => {
    const other = await bench.addAccount();
    expect((await listCodes(bench.system, other.accountId)).items).toEqual([]);
    const foreign = await listCodes(bench.system, other.accountId, { campaignId: account.campaignId });
    expect(foreign.items).toEqual([]);
  });
});

describe('order and pages', () => {
  it.each<[ListCodesInput, string]>([
    [{ sort: 'createdAt', order: 'asc' }, 'bacdeq'],
    [{ sort: 'label', order: 'asc' }, 'abcdeq'],
    [{ sort: 'label', order: 'desc' }, 'qedcba'],
    // Integers by value (1, 9, 10, 4000000000), then strings.
    [{ sort: 'scene', order: 'asc' }, 'qabdec'],
    // c 7, then q and b 5; the others never.
    [{ sort: 'scans', order: 'desc' }, 'cqbeda'],
    [{ sort: 'scans', order: 'asc' }, 'adebqc'],
    [{ sort: 'expiresAt', order: 'asc' }, 'debacq'],
    [{ sort: 'expiresAt', order: 'desc' }, 'qcabed'],
  ])('%j', async (input, wanted) => {
    expect(await labels(input)).toBe(wanted);
    // The same list, two at a time.
    let walked = '';
    let cursor: string | undefined;
    do {
      const page = await listCodes(bench.system, account.accountId, { ...input, limit: 2, cursor });
      walked += page.items.map(({ label }) => label.slice(0, 1)).join('');
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(walked).toBe(wanted);
  });

  it('refuses a cursor of another order, and any that it did not give out', async () => {
    const { nextCursor } = await listCodes(bench.system, account.accountId, { sort: 'label', limit: 1 });
    const encode = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
    const cursors: ListCodesInput[] = [
      { sort: 'scene', cursor: nextCursor ?? '' },
      { sort: 'label', order: 'asc', cursor: nextCursor ?? '' },
      { cursor: '%%%' },
      { cursor: encode({}) },
      { cursor: encode(['createdAt', 'desc', '', '1; DROP TABLE codes']) },
      { sort: 'scans', cursor: encode(['scans', 'desc', 'x', '1']) },
      { sort: 'expiresAt', cursor: encode(['expiresAt', 'desc', '2026-99-99T00:00:00.000Z', '1']) },
      { sort: 'label', cursor: encode(['label', 'desc', 'a\0', '1']) },
    ];
    for (const input of cursors) {
      const error = await listCodes(bench.system, account.accountId, input).catch(
        (thrown: unknown) => thrown,
      );
      expect(isAppError(error) && error.details.fields?.[0]?.field).toBe('cursor');
    }
  });

  it('refuses a limit of 201', async () => {
    const error = await listCodes(bench.system, account.accountId, { limit: 201 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(isAppError(error) && error.code).toBe('VALIDATION_FAILED');
  });
});

it('tells what expires soon, and sums up the states', async () => {
  const soon = await listExpiringCodes(bench.as('viewer'), account.accountId, { withinDays: 1 });
  expect(soon.map(({ label }) => label)).toEqual(['d short']);
  expect(await summariseCodes(bench.as('viewer'), account.accountId)).toEqual({
    reserved: 1,
    failed: 0,
    temporaryLiving: 2,
  });
});
