import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { recordGroup } from '../scans/record-group';
import { buildSketches } from './build-sketches';
import { compareScans } from './compare-scans';
import { countTouches } from './count-touches';
import { addDays, mondayOf, periodKey } from './format';
import { getBreakdown } from './get-breakdown';
import { getFunnel } from './get-funnel';
import { getHeatMap } from './get-heat-map';
import { getLifeUsed } from './get-life-used';
import { getSeries } from './get-series';
import { getTouches } from './get-touches';
import { getWeekHours } from './get-week-hours';
import { listMovers } from './list-movers';
import { listNeverScannedCodes, listNeverScannedPlaces } from './list-never-scanned';
import { listSparklines } from './list-sparklines';
import { readFeed } from './read-feed';
import type { ScanFilter } from './schemas';
import { summariseScans } from './summarise-scans';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: Context;

/** Clocks go back here on 26 October 2025 and forward on 30 March 2025. */
const timeZone = 'Europe/Berlin';
const now = new Date('2025-11-20T12:00:00Z');
const today = '2025-11-20';
const accountId = randomUUID();
const otherAccountId = randomUUID();
const campaigns = [randomUUID(), randomUUID()] as const;
const channels = [randomUUID(), randomUUID(), randomUUID()] as const;
const tagId = randomUUID();

type TestCode = { id: string; ticket: string; channel: number; campaign: number };
const codes: TestCode[] = [0, 1, 2, 3].map((n) => ({
  id: randomUUID(),
  ticket: `ticket ${n}`,
  channel: n % 3,
  campaign: n % 2,
}));
const neverScanned = { id: randomUUID(), ticket: 'never', channel: 2, campaign: 0 };

type Happening = {
  person: number;
  at: number;
  kind: 'subscribe' | 'scan' | 'unsubscribe';
  code: TestCode | null;
};

/** The same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function makeHappenings(): Happening[] {
  const next = random(7);
  const start = Date.parse('2025-08-25T00:00:00Z') / 1000;
  const end = Date.parse('2025-11-20T10:00:00Z') / 1000;
  const all: Happening[] = [];
  for (let person = 0; person < 120; person++) {
    const times = Array.from({ length: 1 + Math.floor(next() * 9) }, () =>
      Math.floor(start + next() * (end - start)),
    ).sort((a, b) => a - b);
    let follows = false;
    for (const at of new Set(times)) {
      const code = codes[Math.floor(next() * codes.length)] ?? null;
      if (follows && next() < 0.25) {
        all.push({ person, at, kind: 'unsubscribe', code: null });
        follows = false;
      } else {
        all.push({ person, at, kind: follows ? 'scan' : 'subscribe', code });
        follows = true;
      }
    }
  }
  // Around the night in which an hour comes twice, and around midnight.
  for (const [i, text] of [
    '2025-10-26T00:30:00Z',
    '2025-10-26T01:30:00Z',
    '2025-10-25T22:30:00Z',
  ].entries()) {
    all.push({ person: 500 + i, at: Date.parse(text) / 1000, kind: 'subscribe', code: codes[0] ?? null });
  }
  return all;
}

const happenings = makeHappenings();

const localTime = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
const locals = new Map(
  happenings.map(({ at }) => {
    const text = localTime.format(at * 1000);
    return [at, { day: text.slice(0, 10), hour: Number(text.slice(11, 13)) }];
  }),
);

/** The local day and hour of a happening. */
function local(at: number): { day: string; hour: number } {
  const found = locals.get(at);
  if (!found) throw new Error(`nothing happened at ${at}`);
  return found;
}

const scans = happenings.filter(({ kind }) => kind !== 'unsubscribe');

function fits({ code }: Happening, filter: ScanFilter): boolean {
  if (!code) return false;
  return (
    (!filter.campaignId || campaigns[code.campaign] === filter.campaignId) &&
    (!filter.channelId || channels[code.channel] === filter.channelId) &&
    (!filter.codeId || code.id === filter.codeId) &&
    (!filter.city || `city ${code.channel % 2}` === filter.city) &&
    (!filter.tagId || code === codes[0] || code === codes[1])
  );
}

/** What an unfollow ends: the follow before it. */
function followBefore(unfollow: Happening): Happening | undefined {
  return happenings
    .filter(({ person, at, kind }) => person === unfollow.person && kind === 'subscribe' && at < unfollow.at)
    .sort((a, b) => b.at - a.at)[0];
}

function naive(from: string, to: string, filter: ScanFilter = {}) {
  const inRange = ({ at }: Happening) => local(at).day >= from && local(at).day <= to;
  const mine = scans.filter((each) => inRange(each) && fits(each, filter));
  const isFirst = (each: Happening) =>
    !happenings.some(({ person, at }) => person === each.person && at < each.at);
  const follows = mine.filter(({ kind }) => kind === 'subscribe');
  const newFollowers = follows.filter(isFirst).length;
  const refollows = follows.length - newFollowers;
  const unfollows = happenings.filter((each) => {
    if (each.kind !== 'unsubscribe' || !inRange(each)) return false;
    const follow = followBefore(each);
    return follow !== undefined && fits(follow, filter);
  }).length;
  return {
    scans: mine.length,
    people: new Set(mine.map(({ person }) => person)).size,
    newFollowers,
    refollows,
    followerScans: mine.filter(({ kind }) => kind === 'scan').length,
    unfollows,
    netFollowers: newFollowers + refollows - unfollows,
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  const { prisma: db, pool } = database;
  ctx = {
    db,
    clock: { now: () => now },
    wechat: { clientFor: () => Promise.reject(new Error('not called')), forget: () => undefined },
    actor: { kind: 'system', name: 'test' },
  };
  for (const id of [accountId, otherAccountId]) {
    await db.officialAccount.create({
      data: { id, appId: `wx${id.slice(0, 8)}`, name: 'Café', timeZone, eventRetentionDays: 3_000 },
    });
  }
  const createdAt = new Date('2025-08-01T00:00:00Z');
  await db.campaign.createMany({
    data: campaigns.map((id, n) => ({ id, accountId, name: `campaign ${n}`, cost: n === 0 ? 120 : null })),
  });
  await db.channel.createMany({
    data: channels.map((id, n) => ({
      id,
      accountId,
      number: `${n}`,
      name: `channel ${n}`,
      city: `city ${n % 2}`,
      region: 'north',
    })),
  });
  await db.tag.create({ data: { id: tagId, accountId, name: 'window' } });
  for (const [n, code] of [...codes, neverScanned].entries()) {
    await db.code.create({
      data: {
        id: code.id,
        accountId,
        kind: 'temporary',
        sceneKind: 'integer',
        scene: `${900_000 + n}`,
        label: `code ${n}`,
        channelId: channels[code.channel],
        status: 'issued',
        ticket: code.ticket,
        url: `http://weixin.qq.com/q/${n}`,
        createdAt,
        issuedAt: createdAt,
        expireSeconds: 2_592_000,
        expiresAt: new Date('2026-01-01T00:00:00Z'),
        isLiving: true,
        assignments: { create: { campaignId: campaigns[code.campaign], fromAt: createdAt } },
      },
    });
  }
  await db.codeTag.createMany({ data: codes.slice(0, 2).map(({ id }) => ({ codeId: id, tagId })) });

  const account = {
    id: accountId,
    personSecret: Buffer.alloc(32, 1),
    asksUserInfo: false,
    retentionDays: 400,
    sealOpenid: () => 'sealed',
  };
  // Any order: what is counted does not depend on it.
  const shuffled = [...happenings].sort((a, b) => ((a.at * 7919) % 1009) - ((b.at * 7919) % 1009));
  for (let i = 0; i < shuffled.length; i += 100) {
    await recordGroup(
      { pool, shard: i % 3, now: () => now, steps: [] },
      account,
      shuffled.slice(i, i + 100).map(({ person, at, kind, code }) => ({
        openid: `openid ${person}`,
        kind,
        createTime: at,
        event: kind,
        eventKey: code?.ticket ?? '',
        ticket: code?.ticket ?? null,
        scene: null,
      })),
    );
  }
  // What waits is taken twenty seconds after it was marked, by the clock of the database.
  const later = { ...ctx, clock: { now: () => new Date(Date.now() + 3_600_000) } };
  while (await buildSketches.run(later, new AbortController().signal));
  await db.officialAccount.update({ where: { id: accountId }, data: { countedSince: createdAt } });
}, 120_000);
afterAll(() => database.close());

const filters: [string, ScanFilter][] = [
  ['all', {}],
  ['a campaign', { campaignId: campaigns[0] }],
  ['a channel', { channelId: channels[1] }],
  ['a code', { codeId: codes[2]?.id }],
  ['a channel and a campaign', { channelId: channels[0], campaignId: campaigns[0] }],
  ['a code and a campaign', { codeId: codes[0]?.id, campaignId: campaigns[0] }],
  ['a city', { city: 'city 0' }],
  ['a tag', { tagId }],
  ['a city and a campaign', { city: 'city 0', campaignId: campaigns[0] }],
];
const ranges = [
  ['2025-10-26', '2025-10-26'],
  ['2025-10-20', '2025-10-26'],
  ['2025-10-20', '2025-10-23'],
  ['2025-09-01', '2025-09-30'],
  ['2025-10-01', '2025-10-17'],
  ['2025-08-01', '2025-11-20'],
  ['2025-10-08', '2025-11-11'],
  ['2024-01-01', '2024-01-31'],
] as const;

describe.each(filters)('of %s', (_name, filter) => {
  it.each(ranges)('a summary of %s to %s is what the events say', async (from, to) => {
    const { peopleIs, peopleError, people, ...figures } = await summariseScans(ctx, accountId, {
      from,
      to,
      ...filter,
    });
    const { people: known, ...expected } = naive(from, to, filter);
    expect(figures).toEqual(expected);
    if (peopleIs === 'atMost') expect(people).toBeGreaterThanOrEqual(known);
    // So few people are counted as good as exactly by the sketches' lists.
    else expect([people, peopleError]).toEqual([known, peopleIs === 'exact' ? 0 : expect.any(Number)]);
  });

  it.each(['day', 'week', 'month'] as const)('a series by %s is, too', async (by) => {
    const [from, to] = ['2025-10-08', '2025-11-11'];
    const { items } = await getSeries(ctx, accountId, { from, to, by, ...filter });
    const days: string[] = [];
    for (let day: string = from; day <= to; day = addDays(day, 1)) days.push(day);
    expect(items.map(({ key }) => key)).toEqual([...new Set(days.map((day) => periodKey(day, by)))]);
    for (const { key, peopleIs, peopleError: _, people, ...figures } of items) {
      const own = days.filter((day) => periodKey(day, by) === key);
      const { people: known, ...expected } = naive(own[0] ?? '', own.at(-1) ?? '', filter);
      expect({ key, ...figures }).toEqual({ key, ...expected });
      if (peopleIs === 'atMost') expect(people).toBeGreaterThanOrEqual(known);
      else expect({ key, people }).toEqual({ key, people: known });
    }
  });
});

it('says which people are exact: days, weeks and months from their beginning, and all time', async () => {
  const is = async (from: string, to: string, filter: ScanFilter = {}) =>
    (await summariseScans(ctx, accountId, { from, to, ...filter })).peopleIs;
  expect(await is('2025-10-22', '2025-10-22')).toBe('exact');
  expect(await is(mondayOf('2025-10-22'), '2025-10-24')).toBe('exact');
  expect(await is('2025-10-01', '2025-10-31')).toBe('exact');
  expect(await is('2025-01-01', today)).toBe('exact');
  expect(await is('2025-10-08', '2025-11-11')).toBe('about');
  expect(await is('2025-10-08', '2025-11-11', { channelId: channels[0], campaignId: campaigns[0] })).toBe(
    'atMost',
  );
});

it('shows the hours of the day on which clocks go back, the double one once', async () => {
  const { items } = await getSeries(ctx, accountId, { from: '2025-10-26', to: '2025-10-26', by: 'hour' });
  expect(items).toHaveLength(24);
  const expected = scans.filter(({ at }) => local(at).day === '2025-10-26' && local(at).hour === 2).length;
  expect(expected).toBeGreaterThanOrEqual(2);
  expect(items[2]).toMatchObject({ key: '2025-10-26T02', scans: expected });
  const spring = await getSeries(ctx, accountId, { from: '2025-03-30', to: '2025-03-30', by: 'hour' });
  expect(spring.items).toHaveLength(23);
  expect(spring.items.map(({ key }) => key)).not.toContain('2025-03-30T02');
});

it('goes no further than now', async () => {
  const { items } = await getSeries(ctx, accountId, { from: today, to: addDays(today, 5), by: 'hour' });
  expect(items.at(-1)?.key).toBe(`${today}T13`);
});

describe('a breakdown', () => {
  const [from, to] = ['2025-10-08', '2025-11-11'];

  it.each([
    ['campaign', {}, campaigns.map((id) => [id, { campaignId: id }])],
    ['channel', {}, channels.map((id) => [id, { channelId: id }])],
    ['code', {}, codes.map(({ id }) => [id, { codeId: id }])],
    ['city', {}, ['city 0', 'city 1'].map((city) => [city, { city }])],
    ['tag', {}, [[tagId, { tagId }]]],
    [
      'channel',
      { campaignId: campaigns[0] },
      channels.map((id) => [id, { channelId: id, campaignId: campaigns[0] }]),
    ],
    [
      'campaign',
      { channelId: channels[0] },
      campaigns.map((id) => [id, { channelId: channels[0], campaignId: id }]),
    ],
    [
      'code',
      { channelId: channels[0] },
      codes.filter(({ channel }) => channel === 0).map(({ id }) => [id, { codeId: id }]),
    ],
  ] as [Parameters<typeof getBreakdown>[2]['by'], ScanFilter, [string, ScanFilter][]][])(
    'by %s of %o is what the events say',
    async (by, filter, parts) => {
      const { items } = await getBreakdown(ctx, accountId, { from, to, by, ...filter });
      const expected = parts
        .map(([key, own]) => ({ key, ...naive(from, to, own) }))
        .filter(({ scans: count, unfollows }) => count + unfollows > 0);
      expect(new Map(items.map(({ key, scans: count }) => [key, count]))).toEqual(
        new Map(expected.map(({ key, scans: count }) => [key, count])),
      );
      for (const item of items) {
        const { people, ...figures } = expected.find(({ key }) => key === item.key) ?? naive('', '');
        expect(item).toMatchObject(figures);
        if (item.peopleIs === 'atMost') expect(item.people).toBeGreaterThanOrEqual(people);
        else expect(item.people).toBe(people);
        expect(item.name).not.toBe('');
      }
      expect(items.map((item) => item.scans)).toEqual(items.map((item) => item.scans).sort((a, b) => b - a));
    },
  );

  it('says when there is more', async () => {
    const { items, hasMore } = await getBreakdown(ctx, accountId, { from, to, by: 'code', limit: 2 });
    expect([items.length, hasMore]).toEqual([2, true]);
  });
});

it('sets campaigns against channels, and weekdays against hours', async () => {
  const range = { from: '2025-10-08', to: '2025-11-11' };
  const narrowings: ScanFilter[] = [{}, { tagId }, { codeId: codes[0]?.id }, { campaignId: campaigns[0] }];
  for (const narrowed of narrowings) {
    const heat = await getHeatMap(ctx, accountId, { ...range, ...narrowed });
    expect(heat.rows.length).toBeGreaterThan(0);
    for (const row of heat.rows) {
      row.scans.forEach((count, i) => {
        const filter = { ...narrowed, channelId: row.key, campaignId: heat.columns[i]?.key };
        expect(count).toBe(naive(range.from, range.to, filter).scans);
      });
    }
  }
  const week = await getWeekHours(ctx, accountId, range);
  const expected = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { at } of scans) {
    const { day, hour } = local(at);
    if (day < range.from || day > range.to) continue;
    const hours = expected[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
    if (hours) hours[hour] = (hours[hour] ?? 0) + 1;
  }
  expect(week.scans).toEqual(expected);
});

it('counts who stays only over days that lie far enough back', async () => {
  const funnel = await getFunnel(ctx, accountId, { from: '2025-09-01', to: today });
  for (const { days, follows, kept, until } of funnel.kept) {
    expect(until).toBe(addDays(today, -days - 1));
    const mature = scans.filter(
      ({ at, kind }) =>
        kind === 'subscribe' && local(at).day >= '2025-09-01' && local(at).day <= addDays(today, -days - 1),
    );
    const lost = mature.filter(({ person, at }) =>
      happenings.some(
        (each) =>
          each.person === person &&
          each.kind === 'unsubscribe' &&
          each.at > at &&
          each.at - at <= days * 86_400,
      ),
    );
    expect([follows, kept]).toEqual([mature.length, mature.length - lost.length]);
  }
  expect((await getFunnel(ctx, accountId, { from: today, to: today })).kept[0]?.until).toBeNull();
});

it('compares up to six', async () => {
  const ids = codes.map(({ id }) => id);
  const compared = await compareScans(ctx, accountId, {
    from: '2025-10-01',
    to: '2025-10-31',
    by: 'week',
    compare: 'code',
    ids,
  });
  expect(compared.map(({ total }) => total.scans)).toEqual(
    ids.map((codeId) => naive('2025-10-01', '2025-10-31', { codeId }).scans),
  );
  const seven = Array.from({ length: 7 }, () => codes[0]?.id ?? '');
  await expect(compareScans(ctx, accountId, { compare: 'code', ids: seven })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
  });
});

it('finds what moved, what was never scanned, and little lines', async () => {
  const movers = await listMovers(ctx, accountId, { by: 'code' });
  for (const { key, before, after } of [...movers.up, ...movers.down]) {
    expect(after).toBe(naive(addDays(today, -29), today, { codeId: key }).scans);
    expect(before).toBe(naive(addDays(today, -59), addDays(today, -30), { codeId: key }).scans);
  }
  expect(movers.up.length + movers.down.length).toBeGreaterThan(0);
  expect((await listNeverScannedCodes(ctx, accountId)).map(({ id }) => id)).toEqual([neverScanned.id]);
  expect(await listNeverScannedPlaces(ctx, accountId)).toEqual([
    { city: 'city 0', region: 'north', codes: 1, channels: 1 },
  ]);
  const lines = await listSparklines(ctx, accountId, { of: 'code', ids: codes.map(({ id }) => id) });
  const [first] = codes;
  const sum = (first && lines[first.id])?.reduce((total, each) => total + each, 0);
  expect(sum).toBe(naive(addDays(today, -29), today, { codeId: first?.id }).scans);
});

it('counts the wait for a first scan from the first print, where there was one', async () => {
  const { prisma: db } = database;
  const found = () => listNeverScannedCodes(ctx, accountId);
  expect(await found()).toMatchObject([{ printedAt: null }]);
  await db.firstPrint.create({
    data: { codeId: neverScanned.id, printedAt: new Date('2025-11-15T12:00:00Z') },
  });
  expect(await found(), 'five days are too few to be hung').toEqual([]);
  expect(await listNeverScannedPlaces(ctx, accountId)).toEqual([]);
  const printedAt = new Date('2025-11-10T12:00:00Z');
  await db.firstPrint.update({ where: { codeId: neverScanned.id }, data: { printedAt } });
  expect(await found()).toMatchObject([{ id: neverScanned.id, printedAt: printedAt.toISOString() }]);
});

it('says how much of their life temporary codes were of use', async () => {
  const issued = Date.parse('2025-08-01T00:00:00Z') / 1000;
  const life = Date.parse('2026-01-01T00:00:00Z') / 1000 - issued;
  const quarters = [0, 0, 0, 0];
  for (const code of codes) {
    const last = Math.max(...scans.filter((each) => each.code === code).map(({ at }) => at));
    const quarter = Math.min(3, Math.floor((4 * (last - issued)) / life));
    quarters[quarter] = (quarters[quarter] ?? 0) + 1;
  }
  expect(await getLifeUsed(ctx, accountId, { from: '2025-08-01', to: '2025-08-01' })).toEqual({
    codes: 5,
    neverScanned: 1,
    lastScanInQuarter: quarters,
  });
  expect(await getLifeUsed(ctx, accountId, { from: '2025-08-02', to: today })).toMatchObject({ codes: 0 });
});

it('counts touches behind the pages', async () => {
  const later = { ...ctx, clock: { now: () => new Date(now.getTime() + 3_600_000) } };
  await countTouches.run(later, new AbortController().signal);
  const { items } = await getTouches(ctx, accountId);
  const people = [...new Set(happenings.map(({ person }) => person))].map((person) =>
    happenings.filter((each) => each.person === person).sort((a, b) => a.at - b.at),
  );
  const following = people.filter((own) => own.at(-1)?.kind !== 'unsubscribe');
  for (const [n, id] of campaigns.entries()) {
    const item = items.find(({ key }) => key === id);
    const touches = (own: Happening[]) => own.filter(({ code }) => code !== null);
    expect(item?.first).toBe(following.filter((own) => touches(own)[0]?.code?.campaign === n).length);
    expect(item?.last).toBe(following.filter((own) => touches(own).at(-1)?.code?.campaign === n).length);
  }
});

it('tells nothing of another account', async () => {
  const range = { from: '2025-01-01', to: today };
  expect(await summariseScans(ctx, otherAccountId, range)).toMatchObject({ scans: 0, people: 0 });
  expect((await getBreakdown(ctx, otherAccountId, { ...range, by: 'code' })).items).toEqual([]);
  expect(await readFeed(ctx, otherAccountId)).toEqual([]);
  for (const filter of [{ campaignId: campaigns[0] }, { codeId: codes[0]?.id }, { tagId }]) {
    await expect(summariseScans(ctx, otherAccountId, { ...range, ...filter })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }
});

it.each([
  [{ from: '2025-10-02', to: '2025-10-01' }, 'dateOrder'],
  [{ from: '2001-01-01', to: '2025-10-01' }, 'rangeTooLong'],
])('refuses %o', async (range, code) => {
  await expect(summariseScans(ctx, accountId, range)).rejects.toMatchObject({
    details: { fields: [expect.objectContaining({ code })] },
  });
});
