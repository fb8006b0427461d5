import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { archiveCampaign } from './archive-campaign';
import { createCampaign } from './create-campaign';
import { getCampaign } from './get-campaign';
import { listCampaigns } from './list-campaigns';
import { campaignStatus } from './types';
import { unarchiveCampaign } from './unarchive-campaign';
import { updateCampaign } from './update-campaign';

const now = new Date('2026-11-24T06:00:00Z');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let mine = '';
let theirs = '';

const contextOf = (actor: Actor): Context => ({
  db: database.prisma,
  wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
  clock: { now: () => now },
  actor,
});
const marketer = (): Context =>
  contextOf({
    kind: 'apiKey',
    id: 'k',
    name: 'key',
    role: 'marketer',
    allAccounts: false,
    accountIds: [mine],
  });
const system = () => contextOf({ kind: 'system', name: 'test' });

beforeAll(async () => {
  database = await createTestDatabase();
  for (const appId of ['wx1', 'wx2']) {
    const { id } = await database.prisma.officialAccount.create({
      data: { name: appId, appId },
      select: { id: true },
    });
    if (mine) theirs = id;
    else mine = id;
  }
});
afterAll(() => database.close());

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error) => ({ code: error.code, fields: error.details.fields }),
  );

describe('a campaign', () => {
  it('is made, changed, archived and brought back', async () => {
    const made = await createCampaign(marketer(), mine, {
      name: ' 双十二 ',
      startsOn: '2026-12-01',
      endsOn: null,
      cost: 12.5,
    });
    expect(made).toMatchObject({
      name: '双十二',
      cost: 12.5,
      note: '',
      startsOn: '2026-12-01',
      endsOn: null,
      codeCount: 0,
    });
    const changed = await updateCampaign(marketer(), mine, made.id, { endsOn: '2026-12-12' });
    expect(changed).toMatchObject({ name: '双十二', startsOn: '2026-12-01', endsOn: '2026-12-12' });
    const archived = await archiveCampaign(marketer(), mine, made.id);
    expect(archived.archivedAt).toBe(now.toISOString());
    expect((await listCampaigns(marketer(), mine)).items).toEqual([]);
    expect((await listCampaigns(marketer(), mine, { archived: 'only' })).items).toEqual([archived]);
    expect((await unarchiveCampaign(marketer(), mine, made.id)).archivedAt).toBeNull();

    const actions = await database.prisma.auditEntry.findMany({
      where: { targetId: made.id },
      orderBy: { id: 'asc' },
      select: { action: true, accountId: true },
    });
    expect(actions.map(({ action }) => action)).toEqual([
      'campaign.create',
      'campaign.update',
      'campaign.archive',
      'campaign.unarchive',
    ]);
    expect(actions.every(({ accountId }) => accountId === mine)).toBe(true);
  });

  it('refuses what is wrong, and says which field', async () => {
    const bad = async (input: object) =>
      (await refusal(createCampaign(marketer(), mine, input as { name: string })))?.fields?.map(
        ({ field, code }: { field: string; code: string }) => `${field} ${code}`,
      );
    expect(await bad({ name: ' ' })).toEqual(['name required']);
    expect(await bad({ name: 'x'.repeat(201) })).toEqual(['name tooLong']);
    expect(await bad({ name: 'a\nb' })).toEqual(['name controlCharacters']);
    expect(await bad({ name: 'a', startsOn: '2026-02-30' })).toEqual(['startsOn date']);
    expect(await bad({ name: 'a', startsOn: '2026-12-02', endsOn: '2026-12-01' })).toEqual([
      'endsOn dateOrder',
    ]);
    expect(await bad({ name: 'a', owner: 'me' })).toEqual(['owner unknownField']);
  });

  it('takes a cost in whole cents, and takes it back', async () => {
    const made = await createCampaign(marketer(), mine, { name: 'costly', cost: 0.1 });
    expect(made.cost).toBe(0.1);
    expect((await updateCampaign(marketer(), mine, made.id, { note: 'x' })).cost).toBe(0.1);
    expect((await updateCampaign(marketer(), mine, made.id, { cost: null })).cost).toBeNull();
    for (const cost of [-1, 0.001, 1e12, Number.NaN]) {
      await expect(updateCampaign(marketer(), mine, made.id, { cost })).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
    }
  });

  it('refuses a new end before the old start', async () => {
    const { id } = await createCampaign(marketer(), mine, { name: 'spring', startsOn: '2027-03-01' });
    expect(await refusal(updateCampaign(marketer(), mine, id, { endsOn: '2027-02-01' }))).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'endsOn', code: 'dateOrder' }],
    });
  });

  it('of another account does not exist', async () => {
    const { id } = await createCampaign(system(), theirs, { name: 'theirs' });
    for (const campaignId of [id, 'nonsense', '00000000-0000-4000-8000-000000000000']) {
      for (const attempt of [
        () => getCampaign(marketer(), mine, campaignId),
        () => updateCampaign(marketer(), mine, campaignId, { name: 'stolen' }),
        () => archiveCampaign(marketer(), mine, campaignId),
        () => unarchiveCampaign(marketer(), mine, campaignId),
      ]) {
        expect(await refusal(attempt())).toMatchObject({ code: 'NOT_FOUND' });
      }
    }
    expect(await refusal(listCampaigns(marketer(), theirs))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(createCampaign(marketer(), theirs, { name: 'a' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const nowhere = '00000000-0000-4000-8000-000000000000';
    expect(await refusal(createCampaign(system(), nowhere, { name: 'a' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await getCampaign(system(), theirs, id)).name).toBe('theirs');
  });

  it('is found by part of its name, signs taken literally, and by page', async () => {
    for (let n = 1; n <= 5; n++) await createCampaign(marketer(), mine, { name: `Lot_${n} 50%` });
    await createCampaign(marketer(), mine, { name: 'LotX 50 of 100' });
    const found: { name: string; createdAt: string }[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCampaigns(marketer(), mine, { q: 'lot_', limit: 2, cursor });
      found.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(found.map(({ name }) => name).sort()).toEqual([1, 2, 3, 4, 5].map((n) => `Lot_${n} 50%`));
    // Two may be made within one millisecond, and then either may come first.
    const moments = found.map(({ createdAt }) => createdAt);
    expect(moments).toEqual(moments.toSorted().reverse());
    expect((await listCampaigns(marketer(), mine, { q: '50%' })).items).toHaveLength(5);
    expect(await refusal(listCampaigns(marketer(), mine, { cursor: 'e30' }))).toMatchObject({
      fields: [{ field: 'cursor' }],
    });
  });

  it('counts the codes that serve it now: not those handed on, planned or archived', async () => {
    const [a, b] = await Promise.all(
      ['A', 'B'].map((name) => createCampaign(marketer(), mine, { name: `count ${name}` })),
    );
    if (!a || !b) throw new Error('made above');
    const yesterday = new Date(now.getTime() - 86_400_000);
    const tomorrow = new Date(now.getTime() + 86_400_000);
    const makeCode = async (
      scene: string,
      assignments: { campaignId: string | null; fromAt: Date }[],
      archived = false,
    ) =>
      database.prisma.code.create({
        data: {
          accountId: mine,
          kind: 'temporary',
          sceneKind: 'string',
          scene,
          label: scene,
          expireSeconds: 3600,
          archivedAt: archived ? now : null,
          assignments: { create: assignments },
        },
        select: { id: true },
      });
    await makeCode('stays', [{ campaignId: a.id, fromAt: yesterday }]);
    await makeCode('handed', [
      { campaignId: a.id, fromAt: yesterday },
      { campaignId: b.id, fromAt: new Date(now.getTime() - 1000) },
    ]);
    await makeCode('planned', [
      { campaignId: a.id, fromAt: yesterday },
      { campaignId: b.id, fromAt: tomorrow },
    ]);
    await makeCode('archived', [{ campaignId: a.id, fromAt: yesterday }], true);
    await makeCode('let go', [
      { campaignId: a.id, fromAt: yesterday },
      { campaignId: null, fromAt: new Date(now.getTime() - 1000) },
    ]);
    expect((await getCampaign(marketer(), mine, a.id)).codeCount).toBe(2);
    expect((await getCampaign(marketer(), mine, b.id)).codeCount).toBe(1);
  });
});

describe('campaignStatus', () => {
  const of = (startsOn: string | null, endsOn: string | null, archivedAt: string | null = null) =>
    campaignStatus({ startsOn, endsOn, archivedAt }, '2026-12-05');
  it('takes both dates as included', () => {
    expect(of(null, null)).toBe('active');
    expect(of('2026-12-05', '2026-12-05')).toBe('active');
    expect(of('2026-12-06', null)).toBe('planned');
    expect(of(null, '2026-12-04')).toBe('ended');
    expect(of('2026-12-01', null, '2026-12-02T00:00:00Z')).toBe('archived');
  });
});
