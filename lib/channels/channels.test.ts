import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { archiveChannel } from './archive-channel';
import { createChannel } from './create-channel';
import { getChannel } from './get-channel';
import { listChannelColumns } from './list-channel-columns';
import { listChannels } from './list-channels';
import { putChannelByNumber } from './put-channel-by-number';
import { unarchiveChannel } from './unarchive-channel';
import { updateChannel } from './update-channel';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let mine = '';
let theirs = '';

const contextOf = (actor: Actor): Context => ({
  db: database.prisma,
  wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
  clock: { now: () => new Date('2026-11-24T06:00:00Z') },
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

describe('a channel', () => {
  it('is made, changed, archived and brought back', async () => {
    const made = await createChannel(marketer(), mine, {
      number: '0571-01',
      name: '西湖店',
      city: '杭州',
      columns: { 店长: '林' },
    });
    expect(made).toMatchObject({
      number: '0571-01',
      city: '杭州',
      region: '',
      columns: { 店长: '林' },
      codeCount: 0,
    });
    const changed = await updateChannel(marketer(), mine, made.id, {
      region: '华东',
      columns: { 面积: '80' },
    });
    expect(changed).toMatchObject({
      name: '西湖店',
      city: '杭州',
      region: '华东',
      columns: { 面积: '80' },
    });
    expect((await archiveChannel(marketer(), mine, made.id)).archivedAt).not.toBeNull();
    expect((await listChannels(marketer(), mine)).items).toEqual([]);
    expect((await unarchiveChannel(marketer(), mine, made.id)).archivedAt).toBeNull();
    expect(await listChannelColumns(marketer(), mine)).toEqual(['面积']);
  });

  it('shares its number with no other of its account, but with one of another', async () => {
    const first = await createChannel(marketer(), mine, { number: 'N1', name: 'first' });
    const second = await createChannel(marketer(), mine, { number: 'N2', name: 'second' });
    const taken = { code: 'VALIDATION_FAILED', fields: [{ field: 'number', code: 'taken' }] };
    expect(await refusal(createChannel(marketer(), mine, { number: 'N1', name: 'again' }))).toMatchObject(
      taken,
    );
    expect(await refusal(updateChannel(marketer(), mine, second.id, { number: 'N1' }))).toMatchObject(taken);
    expect((await updateChannel(marketer(), mine, first.id, { number: 'N1' })).number).toBe('N1');
    expect((await createChannel(system(), theirs, { number: 'N1', name: 'theirs' })).number).toBe('N1');
  });

  it('is put by its number: made once, then changed', async () => {
    const columns = { 面积: '80' };
    const first = await putChannelByNumber(marketer(), mine, 'P1', { name: 'a', city: '上海', columns });
    expect(first).toMatchObject({ created: true, channel: { number: 'P1', name: 'a', city: '上海' } });
    const second = await putChannelByNumber(marketer(), mine, 'P1', { name: 'b' });
    expect(second).toMatchObject({
      created: false,
      channel: { id: first.channel.id, name: 'b', city: '上海', columns },
    });
    const both = await Promise.all(
      [1, 2, 3].map((n) => putChannelByNumber(marketer(), mine, 'P2', { name: `${n}` })),
    );
    expect(new Set(both.map(({ channel }) => channel.id)).size).toBe(1);
  });

  it('refuses what is wrong, and says which field', async () => {
    const bad = async (input: object) =>
      (
        await refusal(createChannel(marketer(), mine, input as { number: string; name: string }))
      )?.fields?.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);
    expect(await bad({ name: 'a' })).toEqual(['number required']);
    expect(await bad({ number: 'x'.repeat(65), name: 'a' })).toEqual(['number tooLong']);
    expect(await bad({ number: '1', name: 'a', columns: { a: 'x'.repeat(501) } })).toEqual([
      'columns.a tooLong',
    ]);
    expect(await bad({ number: '1', name: 'a', columns: { a: 5 } })).toEqual(['columns.a wrongType']);
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`c${n}`, '']));
    expect(await bad({ number: '1', name: 'a', columns: many })).toEqual(['columns tooMany']);
  });

  it('of another account does not exist', async () => {
    const { id } = await createChannel(system(), theirs, { number: 'T', name: 'theirs' });
    for (const channelId of [id, 'nonsense']) {
      for (const attempt of [
        () => getChannel(marketer(), mine, channelId),
        () => updateChannel(marketer(), mine, channelId, { name: 'stolen' }),
        () => archiveChannel(marketer(), mine, channelId),
        () => unarchiveChannel(marketer(), mine, channelId),
      ]) {
        expect(await refusal(attempt())).toMatchObject({ code: 'NOT_FOUND' });
      }
    }
    expect(await refusal(putChannelByNumber(marketer(), theirs, 'T', { name: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await getChannel(system(), theirs, id)).name).toBe('theirs');
  });

  it('is found by number, name, city or region, and by page', async () => {
    for (const number of ['S3', 'S1', 'S2']) {
      await createChannel(marketer(), mine, { number, name: 'kiosk', region: '华南' });
    }
    const first = await listChannels(marketer(), mine, { q: '华南', limit: 2 });
    expect(first.items.map(({ number }) => number)).toEqual(['S1', 'S2']);
    const second = await listChannels(marketer(), mine, {
      q: 'KIOSK',
      limit: 2,
      cursor: first.nextCursor ?? '',
    });
    expect(second.items.map(({ number }) => number)).toEqual(['S3']);
    expect(second.nextCursor).toBeNull();
  });

  it('counts the codes that hang there', async () => {
    const { id } = await createChannel(marketer(), mine, { number: 'C', name: 'counted' });
    for (const archivedAt of [null, null, new Date()]) {
      await database.prisma.code.create({
        data: {
          accountId: mine,
          kind: 'temporary',
          sceneKind: 'string',
          scene: 's',
          label: 's',
          expireSeconds: 60,
          channelId: id,
          archivedAt,
        },
        select: { id: true },
      });
    }
    expect((await getChannel(marketer(), mine, id)).codeCount).toBe(2);
  });
});
