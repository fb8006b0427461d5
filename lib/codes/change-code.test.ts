import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '@/lib/context';
import { isAppError } from '@/lib/errors';
import { archiveCode } from './archive-code';
import { createCode } from './create-code';
import { discardCode } from './discard-code';
import { getCode } from './get-code';
import { handOverCode } from './hand-over-code';
import { listAssignments } from './list-assignments';
import { locateCode } from './locate-code';
import { retryCode } from './retry-code';
import { showWeChatPicture } from './show-wechat-picture';
import { openTestBench, type TestBench } from './test-bench';
import { unarchiveCode } from './unarchive-code';
import { updateCode } from './update-code';
import { withdrawAssignment } from './withdraw-assignment';

let bench: TestBench;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(() => bench.close());
afterEach(() => bench.noFaults());

async function openCode(kind: 'permanent' | 'temporary' = 'permanent') {
  const account = await bench.addAccount();
  const { accountId, campaignId } = account;
  const code = await createCode(bench.system, accountId, { campaignId, label: 'Counter', kind });
  return { ...account, code };
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error('not refused as it should be', { cause: error });
  return error;
}

function auditOf(codeId: string) {
  return bench.db.auditEntry.findMany({
    where: { targetId: codeId },
    orderBy: { id: 'asc' },
    select: { action: true, actorName: true },
  });
}

describe('archive', () => {
  it.each(['permanent', 'temporary'] as const)(
    'of a %s code, and its undoing, done twice as well',
    async (kind) => {
      const { accountId, code } = await openCode(kind);
      const ctx = bench.as('marketer');
      const ledger = () => bench.db.permanentLedger.findUniqueOrThrow({ where: { accountId } });
      expect((await archiveCode(ctx, accountId, code.id)).status).toBe('archived');
      const archived = await archiveCode(ctx, accountId, code.id);
      expect(archived.archivedAt).not.toBeNull();
      const spent = kind === 'permanent' ? 1 : 0;
      expect(await ledger()).toMatchObject({ issued: spent, archived: spent });
      await unarchiveCode(ctx, accountId, code.id);
      expect(await unarchiveCode(ctx, accountId, code.id)).toEqual(code);
      expect(await ledger()).toMatchObject({ issued: spent, archived: 0 });
      const actions = ['code.create', 'code.archive', 'code.unarchive'];
      expect((await auditOf(code.id)).map(({ action }) => action)).toEqual(actions);
    },
  );

  it('is not undone once another code has been given the slot', async () => {
    const { accountId, code } = await openCode();
    await archiveCode(bench.system, accountId, code.id);
    await bench.db.permanentLedger.update({ where: { accountId }, data: { coolingDays: 0 } });
    const { permanentSceneId } = await bench.db.code.findUniqueOrThrow({ where: { id: code.id } });
    await bench.db.sceneTenure.updateMany({ where: { codeId: code.id }, data: { toAt: new Date() } });
    const heir = await bench.db.code.create({
      data: {
        ...{
          accountId,
          kind: 'permanent',
          sceneKind: 'integer',
          scene: '1',
          permanentSceneId,
          label: 'heir',
        },
      },
    });
    await bench.db.sceneTenure.create({
      data: { permanentSceneId: permanentSceneId ?? 0n, codeId: heir.id },
    });
    expect((await refusalOf(unarchiveCode(bench.system, accountId, code.id))).code).toBe('SLOT_GIVEN_ON');
  });

  it('an issued code is never discarded', async () => {
    const { accountId, code } = await openCode();
    expect((await refusalOf(discardCode(bench.system, accountId, code.id))).code).toBe('CONFLICT');
    expect(await retryCode(bench.system, accountId, code.id)).toEqual(code);
  });
});

describe('update', () => {
  it('changes label and channel, and leaves out what is left out', async () => {
    const { accountId, code } = await openCode();
    const channel = await bench.db.channel.create({
      data: { accountId, number: '7', name: 'Shop', city: '上海' },
    });
    const ctx = bench.as('marketer');
    const moved = await updateCode(ctx, accountId, code.id, { channelId: channel.id });
    expect(moved).toMatchObject({ label: 'Counter', channel: { number: '7', city: '上海' } });
    const renamed = await updateCode(ctx, accountId, code.id, { label: ' Window ' });
    expect(renamed).toMatchObject({ label: 'Window', channel: { number: '7' } });
    expect((await updateCode(ctx, accountId, code.id, { channelId: null })).channel).toBeNull();
    await updateCode(ctx, accountId, code.id, { label: 'Window' });
    expect((await auditOf(code.id)).length).toBe(4);
  });

  it('refuses a channel of another account, an empty label, and what is not there to change', async () => {
    const { accountId, code } = await openCode();
    const other = await bench.addAccount();
    const foreign = await bench.db.channel.create({
      data: { accountId: other.accountId, number: '7', name: 'Shop' },
    });
    const codes = [];
    for (const input of [{ channelId: foreign.id }, { label: ' ' }, { scene: { id: 5 } } as object]) {
      codes.push((await refusalOf(updateCode(bench.system, accountId, code.id, input))).code);
    }
    expect(codes).toEqual(['NOT_FOUND', 'VALIDATION_FAILED', 'VALIDATION_FAILED']);
  });
});

describe('hand over', () => {
  it('serves one campaign after the other, several of them planned', async () => {
    const { accountId, campaignId, code } = await openCode();
    const ctx = bench.as('marketer');
    const [summer, autumn] = await Promise.all(
      ['Summer', 'Autumn'].map((name) => bench.db.campaign.create({ data: { accountId, name } })),
    );
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    await handOverCode(ctx, accountId, code.id, { campaignId: autumn?.id ?? '', fromAt: day(9) });
    const planned = await handOverCode(ctx, accountId, code.id, {
      campaignId: summer?.id ?? '',
      fromAt: day(2),
    });
    expect(planned.map(({ campaign, state }) => [campaign?.name, state])).toEqual([
      ['Spring', 'current'],
      ['Summer', 'planned'],
      ['Autumn', 'planned'],
    ]);
    expect(planned[0]?.toAt).toBe(planned[1]?.fromAt);
    expect((await getCode(ctx, accountId, code.id)).campaign?.id).toBe(campaignId);

    await withdrawAssignment(ctx, accountId, code.id, planned[1]?.fromAt ?? '');
    const now = await handOverCode(ctx, accountId, code.id, { campaignId: null });
    expect(now.map(({ campaign, state }) => [campaign?.name, state])).toEqual([
      ['Spring', 'past'],
      [undefined, 'current'],
      ['Autumn', 'planned'],
    ]);
    expect((await getCode(ctx, accountId, code.id)).campaign).toBeNull();
    expect(await listAssignments(bench.as('viewer'), accountId, code.id)).toEqual(now);
  });

  it('to the campaign that it serves already changes nothing', async () => {
    const { accountId, campaignId, code } = await openCode();
    expect(await handOverCode(bench.system, accountId, code.id, { campaignId })).toHaveLength(1);
  });

  it('refuses the past, a foreign or archived campaign, and to withdraw what has begun', async () => {
    const { accountId, code } = await openCode();
    const other = await bench.addAccount();
    const archived = await bench.db.campaign.create({
      data: { accountId, name: 'Old', archivedAt: new Date() },
    });
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const past = await refusalOf(
      handOverCode(bench.system, accountId, code.id, { campaignId: null, fromAt: hourAgo }),
    );
    expect(past.details.fields?.[0]?.code).toBe('dateInPast');
    const old = await refusalOf(handOverCode(bench.system, accountId, code.id, { campaignId: archived.id }));
    expect(old.details.fields?.[0]?.code).toBe('campaignArchived');
    const foreign = handOverCode(bench.system, accountId, code.id, { campaignId: other.campaignId });
    expect((await refusalOf(foreign)).code).toBe('NOT_FOUND');
    const [begun] = await listAssignments(bench.system, accountId, code.id);
    for (const moment of [begun?.fromAt ?? '', 'no moment', new Date(Date.now() + 1e6).toISOString()]) {
      const refusal = await refusalOf(withdrawAssignment(bench.system, accountId, code.id, moment));
      expect(refusal.code).toBe('NOT_FOUND');
    }
  });
});

describe("WeChat's own picture", () => {
  it('comes through this server', async () => {
    const { accountId, code } = await openCode();
    const { contentType, bytes } = await showWeChatPicture(bench.as('viewer'), accountId, code.id);
    expect(contentType).toBe('image/jpeg');
    expect(Buffer.from(bytes.subarray(0, 3)).toString('hex')).toBe('ffd8ff');
  });

  it('that WeChat answers with 404 is told as such', async () => {
    const { accountId, code } = await openCode();
    await bench.db.$executeRaw`ALTER TABLE codes DISABLE TRIGGER codes_identity`;
    await bench.db.$executeRaw`UPDATE codes SET ticket = 'gQ-unknown' WHERE id = ${code.id}::uuid`;
    await bench.db.$executeRaw`ALTER TABLE codes ENABLE TRIGGER codes_identity`;
    const { code: refused, details } = await refusalOf(showWeChatPicture(bench.system, accountId, code.id));
    expect([refused, details.kind, details.httpStatus]).toEqual(['WECHAT_REFUSED', 'ticketUnknown', 404]);
  });

  it('is not there before WeChat has issued the code', async () => {
    const account = await bench.addAccount();
    await bench.fault({ kind: 'busy', rate: 1 });
    const code = await createCode(bench.system, account.accountId, {
      ...{ campaignId: account.campaignId, label: 'x', kind: 'temporary' },
    });
    expect(code).toMatchObject({ status: 'reserved', error: { errcode: -1 } });
    const refusal = await refusalOf(showWeChatPicture(bench.system, account.accountId, code.id));
    expect(refusal.code).toBe('CODE_NOT_ISSUED');
  });
});

describe('foreign and malformed ids', () => {
  type Service = (ctx: Context, accountId: string, codeId: string) => Promise<unknown>;
  const services: [string, Service][] = [
    ['getCode', getCode],
    ['updateCode', (ctx, accountId, codeId) => updateCode(ctx, accountId, codeId, { label: 'mine' })],
    ['archiveCode', archiveCode],
    ['unarchiveCode', unarchiveCode],
    ['discardCode', discardCode],
    ['retryCode', retryCode],
    ['handOverCode', (ctx, accountId, codeId) => handOverCode(ctx, accountId, codeId, { campaignId: null })],
    ['listAssignments', listAssignments],
    [
      'withdrawAssignment',
      (ctx, accountId, codeId) => withdrawAssignment(ctx, accountId, codeId, '2040-01-01'),
    ],
    ['showWeChatPicture', showWeChatPicture],
    ['locateCode', (ctx, _, codeId) => locateCode(ctx, codeId)],
  ];

  it.each(services)('%s: not found', async (_, service) => {
    const mine = await openCode();
    const theirs = await openCode();
    const ctx = bench.as('marketer', [mine.accountId]);
    for (const codeId of [theirs.code.id, 'no id', '00000000-0000-4000-8000-000000000000']) {
      expect((await refusalOf(service(ctx, mine.accountId, codeId))).code).toBe('NOT_FOUND');
    }
    expect((await refusalOf(service(ctx, theirs.accountId, theirs.code.id))).code).toBe('NOT_FOUND');
    expect(await getCode(bench.system, theirs.accountId, theirs.code.id)).toEqual(theirs.code);
  });
});
