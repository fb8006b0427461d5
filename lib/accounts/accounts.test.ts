import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor, Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { checkLedger } from '../quota/check-ledger';
import { getQuotaCounts } from '../quota/get-quota';
import { setCap } from '../quota/set-cap';
import { setUnlisted } from '../quota/set-unlisted';
import { createAccount } from './create-account';
import { declareExternal } from './declare-external';
import { getAccount } from './get-account';
import { listAccountDetails, listAccounts } from './list-accounts';
import { joinRanges } from './record-external-use';
import { requireIssuable } from './require-issuable';
import { resumeAccount } from './resume-account';
import { updateAccount } from './update-account';

vi.stubEnv('APP_SECRET', 'a secret of the test, 32 characters or more');

const now = new Date('2026-11-24T06:00:00Z');
let database: Awaited<ReturnType<typeof createTestDatabase>>;

const contextOf = (actor: Actor): Context => ({
  db: database.prisma,
  wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
  clock: { now: () => now },
  actor,
});
const admin = () => contextOf({ kind: 'system', name: 'test' });
const keyOf = (role: 'viewer' | 'marketer' | 'admin', accountIds?: string[]) =>
  contextOf({
    kind: 'apiKey',
    id: 'k',
    name: 'key',
    role,
    allAccounts: accountIds === undefined,
    accountIds: accountIds ?? [],
  });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error) => ({ code: error.code, fields: error.details?.fields }),
  );
const connect = (more: object = {}) =>
  createAccount(admin(), {
    name: '城东咖啡',
    appId: `wx${randomUUID().replaceAll('-', '').slice(0, 16)}`,
    appSecret: 'planted-app-secret',
    ...more,
  });
const rowOf = (id: string) => database.prisma.officialAccount.findUniqueOrThrow({ where: { id } });

describe('an account', () => {
  it('is born with its ledger, and never shows a secret', async () => {
    const made = await connect({ pushToken: 'plantedToken', encodingAesKey: 'k'.repeat(43) });
    expect(made).toMatchObject({
      tokenSource: 'stable',
      pushMode: 'safe',
      timeZone: 'Asia/Shanghai',
      permanentCap: 100_000,
      ownRanges: [[1, 100_000]],
      ownPrefixes: [],
      hasAppSecret: true,
      hasPushToken: true,
      hasEncodingAesKey: true,
      externalDeclaredAt: null,
      connectedAt: null,
      stopped: null,
    });
    const audit = await database.prisma.auditEntry.findMany({ where: { accountId: made.id } });
    const row = await rowOf(made.id);
    expect(audit).toHaveLength(1);
    const shown = JSON.stringify([made, row, audit], (_, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    );
    expect(shown).not.toMatch(/planted|kkkk/);
  });

  it('refuses what WeChat could not take, and names each field', async () => {
    const cases: [object, string, string][] = [
      [{ name: ' ' }, 'name', 'required'],
      [{ appId: 'wx 1' }, 'appId', 'appId'],
      [{ appSecret: undefined }, 'appSecret', 'required'],
      [{ tokenSource: 'remote', appSecret: undefined }, 'remoteTokenUrl', 'required'],
      [{ tokenSource: 'remote', remoteTokenUrl: 'http://tokens.example/t' }, 'remoteTokenUrl', 'httpsUrl'],
      [{ pushToken: 'a-b' }, 'pushToken', 'token'],
      [{ encodingAesKey: 'k'.repeat(42) }, 'encodingAesKey', 'encodingAesKey'],
      [{ timeZone: '+05:30' }, 'timeZone', 'timeZone'],
      [{ timeZone: 'Asia/Nowhere' }, 'timeZone', 'timeZone'],
      [{ permanentCap: 1_000_001 }, 'permanentCap', 'outOfRange'],
      [{ ownRanges: [[0, 5]] }, 'ownRanges.0.0', 'sceneIdRange'],
      [{ ownRanges: [[9, 5]] }, 'ownRanges.0', 'rangeOrder'],
      // biome-ignore format: one case a line
      [{ ownRanges: [[50, 60], [1, 50]] }, 'ownRanges', 'rangeOverlap'],
      [{ ownPrefixes: ['门'.repeat(22)] }, 'ownPrefixes.0', 'sceneStrTooLong'],
      [{ appsecret: 'x' }, 'appsecret', 'unknownField'],
    ];
    for (const [more, field, code] of cases) {
      const { fields } = (await refusal(connect(more))) ?? {};
      expect([
        field,
        fields?.map((each: { field: string; code: string }) => [each.field, each.code]),
      ]).toEqual([field, [[field, code]]]);
    }
    const first = await connect();
    expect(await refusal(connect({ appId: first.appId }))).toMatchObject({
      fields: [{ field: 'appId', code: 'taken' }],
    });
  });

  it('takes a published key that does not survive being encoded again', async () => {
    const made = await connect({ encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' });
    expect(made.hasEncodingAesKey).toBe(true);
  });

  it('keeps no app secret beside a token server, and sends its header to no other', async () => {
    const made = await connect({
      tokenSource: 'remote',
      remoteTokenUrl: 'https://tokens.example/wx?key=1',
      remoteTokenHeader: 'X-Key',
      remoteTokenValue: 'planted-header',
    });
    expect(made).toMatchObject({ hasAppSecret: false, hasRemoteTokenValue: true });
    expect((await getAccount(keyOf('marketer'), made.id)).remoteTokenUrl).toBeNull();
    const same = await updateAccount(admin(), made.id, { remoteTokenUrl: 'https://tokens.example/two' });
    expect(same.hasRemoteTokenValue).toBe(true);
    const moved = await updateAccount(admin(), made.id, { remoteTokenUrl: 'https://evil.example/' });
    expect(moved.hasRemoteTokenValue).toBe(false);
    expect(await refusal(updateAccount(admin(), made.id, { tokenSource: 'stable' }))).toMatchObject({
      fields: [{ field: 'appSecret', code: 'required' }],
    });
    const back = await updateAccount(admin(), made.id, { tokenSource: 'stable', appSecret: 's' });
    expect(back).toMatchObject({ hasAppSecret: true, remoteTokenUrl: null, hasRemoteTokenValue: false });
  });

  it('drops its token when what the token hangs on changes, and shuts out who fetches one', async () => {
    const { id } = await connect();
    const token = { valueSealed: 'v1.x', expiresAt: now, leaseToken: randomUUID(), leaseUntil: now };
    await database.prisma.accessToken.update({ where: { accountId: id }, data: token });
    await updateAccount(admin(), id, { name: '新名字', permanentCap: 500 });
    expect(await database.prisma.accessToken.findUnique({ where: { accountId: id } })).toMatchObject(token);
    await updateAccount(admin(), id, { appSecret: 'another' });
    expect(await database.prisma.accessToken.findUnique({ where: { accountId: id } })).toMatchObject({
      valueSealed: null,
      leaseToken: null,
    });
  });

  it('keeps its app id once a scene is in the ledger', async () => {
    const { id } = await connect();
    await updateAccount(admin(), id, { appId: `wxnew${randomUUID().slice(0, 8)}` });
    await declareExternal(admin(), id, { strs: ['a'] });
    expect(await refusal(updateAccount(admin(), id, { appId: 'wxother1' }))).toMatchObject({
      fields: [{ field: 'appId', code: 'appIdFixed' }],
    });
  });

  it('is seen by whom it was granted to, and managed by admins', async () => {
    const mine = await connect();
    const theirs = await connect();
    const viewer = keyOf('viewer', [mine.id]);
    expect((await listAccounts(viewer)).map(({ id }) => id)).toEqual([mine.id]);
    expect((await listAccountDetails(viewer)).items.map(({ id }) => id)).toEqual([mine.id]);
    for (const id of [theirs.id, randomUUID(), 'none', '']) {
      expect(await refusal(getAccount(viewer, id))).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await refusal(getAccount(admin(), 'none'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(updateAccount(viewer, mine.id, {}))).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      await refusal(createAccount(keyOf('admin', [mine.id]), { name: 'x', appId: 'wx123456' })),
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal(listAccounts(contextOf({ kind: 'stranger' })))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('is listed a page at a time', async () => {
    const all = (await listAccounts(admin())).map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listAccountDetails(admin(), { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(all);
  });
});

describe('what other systems have used', () => {
  it('is nothing, ranges or strings, said in one go', async () => {
    const { id } = await connect();
    expect((await declareExternal(admin(), id, { none: true })).added).toBe(0);
    expect((await getAccount(admin(), id)).externalDeclaredAt).toBe(now.toISOString());
    // biome-ignore format: ranges
    const said = await declareExternal(admin(), id, { ranges: [[10, 19], [15, 24], [100_000, 100_000]], strs: ['店1', 'b', 'b', '  odd\n'] });
    expect(said).toMatchObject({ added: 19, known: 0 });
    expect(await declareExternal(admin(), id, { ranges: [[1, 10]], strs: ['b'] })).toMatchObject({
      added: 9,
      known: 2,
    });
    expect(await getQuotaCounts(admin(), id)).toMatchObject({ external: 28, remaining: 100_000 - 28 });
    expect(await checkLedger(admin(), id)).toMatchObject({
      ok: true,
      freeIds: { kept: 99_975, counted: 99_975 },
    });
  });

  it('is refused when nothing, both or no scene is said, and changes nothing then', async () => {
    const { id } = await connect();
    const cases: [unknown, string, string][] = [
      [{}, 'ranges', 'required'],
      [{ none: true, ranges: [[1, 2]] }, 'none', 'noneAndSome'],
      [{ ranges: [[1, 100_001]] }, 'ranges.0.1', 'sceneIdRange'],
      [{ ranges: [[2, 1]] }, 'ranges.0', 'rangeOrder'],
      [{ strs: [''] }, 'strs.0', 'sceneStrEmpty'],
      [{ strs: ['门'.repeat(22)] }, 'strs.0', 'sceneStrTooLong'],
      [{ strs: ['a\0'] }, 'strs.0', 'controlCharacters'],
    ];
    for (const [input, field, code] of cases) {
      expect(await refusal(declareExternal(admin(), id, input as object))).toMatchObject({
        fields: [{ field, code }],
      });
    }
    expect(await getAccount(admin(), id)).toMatchObject({ externalDeclaredAt: null });
    expect(await refusal(declareExternal(keyOf('marketer'), id, { none: true }))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is a fact: beyond the cap it overdraws, and the same digits make a twin', async () => {
    const { id } = await connect({ permanentCap: 3 });
    await declareExternal(admin(), id, { ranges: [[1, 5]], strs: ['3', '7'] });
    await declareExternal(admin(), id, { ranges: [[7, 7]] });
    expect(await getQuotaCounts(admin(), id)).toMatchObject({ cap: 3, external: 8, remaining: 0 });
    const twins = await database.prisma.permanentScene.findMany({
      where: { accountId: id, isTwin: true },
      select: { kind: true, scene: true },
      orderBy: { id: 'asc' },
    });
    expect(twins).toEqual([
      { kind: 'string', scene: '3' },
      { kind: 'integer', scene: '7' },
    ]);
    expect(await setCap(admin(), id, 10)).toMatchObject({ cap: 10, remaining: 2 });
    expect(await checkLedger(admin(), id)).toMatchObject({ ok: true });
  });

  it('takes a whole account at once', async () => {
    const { id } = await connect();
    expect(await declareExternal(admin(), id, { ranges: [[1, 100_000]] })).toMatchObject({ added: 100_000 });
    expect(await checkLedger(admin(), id)).toMatchObject({ ok: true, freeIds: { kept: 0 } });
  });

  it('makes one range of those that overlap or touch', () => {
    // biome-ignore format: ranges
    expect(joinRanges([[5, 9], [1, 2], [3, 3], [8, 12], [20, 20]])).toEqual([[1, 3], [5, 12], [20, 20]]);
  });
});

describe('slots that are gone without a trace', () => {
  it('count as spent, and are set down by an admin alone', async () => {
    const { id } = await connect({ permanentCap: 10 });
    await declareExternal(admin(), id, { ranges: [[1, 4]] });
    expect(await setUnlisted(admin(), id, 6)).toMatchObject({ external: 4, unlisted: 6, remaining: 0 });
    expect(await setUnlisted(admin(), id, 9)).toMatchObject({ unlisted: 9, remaining: 0 });
    expect(await setUnlisted(admin(), id, 0)).toMatchObject({ unlisted: 0, remaining: 6 });
    for (const wrong of [-1, 1.5, Number.NaN, 1_000_001]) {
      expect(await refusal(setUnlisted(admin(), id, wrong))).toMatchObject({
        fields: [{ field: 'unlisted' }],
      });
    }
    expect(await refusal(setUnlisted(keyOf('marketer'), id, 1))).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('checkLedger', () => {
  it('sees a counter and a gap that the rows do not bear out', async () => {
    const { id } = await connect();
    await declareExternal(admin(), id, { ranges: [[10, 12]] });
    await database.prisma.permanentLedger.update({ where: { accountId: id }, data: { external: 4 } });
    await database.prisma.freeRange.updateMany({
      where: { accountId: id, fromId: 13 },
      data: { fromId: 14 },
    });
    expect(await checkLedger(admin(), id)).toMatchObject({
      ok: false,
      counters: expect.arrayContaining([{ counter: 'external', kept: 4, counted: 3 }]),
      freeIds: { kept: 99_996, counted: 99_997, same: false },
    });
  });
});

describe('a stopped account', () => {
  const stop = (id: string, stoppedCode: number, stoppedUntil: Date | null = null) =>
    database.prisma.officialAccount.update({
      where: { id },
      data: { stoppedCode, stoppedUntil, stoppedAt: now, stoppedMessage: 'invalid ip 203.0.113.7, not in' },
    });
  const issue = (id: string, kind: 'temporary' | 'permanent') =>
    refusal(requireIssuable(database.prisma, id, kind, now));

  it('issues nothing until it is resumed', async () => {
    const { id } = await connect();
    await stop(id, 40164);
    expect(await getAccount(keyOf('viewer'), id)).toMatchObject({
      stopped: { code: 40164, remedy: 'whitelistIp', blockedIp: '203.0.113.7', until: null },
    });
    expect(await issue(id, 'temporary')).toMatchObject({ code: 'ACCOUNT_STOPPED' });
    expect(await refusal(resumeAccount(keyOf('marketer'), id))).toMatchObject({ code: 'FORBIDDEN' });
    expect((await resumeAccount(admin(), id)).stopped).toBeNull();
    await resumeAccount(admin(), id);
    expect(await issue(id, 'temporary')).toBeNull();
    expect(
      await database.prisma.auditEntry.count({ where: { accountId: id, action: 'account.resume' } }),
    ).toBe(1);
  });

  it('starts again by itself when its time has come', async () => {
    const { id } = await connect();
    await stop(id, 45009, new Date(now.getTime() + 1));
    expect(await issue(id, 'permanent')).toMatchObject({ code: 'ACCOUNT_STOPPED' });
    await stop(id, 45009, now);
    expect(await issue(id, 'permanent')).toBeNull();
    expect((await getAccount(admin(), id)).stopped).toBeNull();
  });

  it('goes on with temporary codes when the permanent ones are used up', async () => {
    const { id } = await connect();
    await stop(id, 45029);
    expect(await issue(id, 'temporary')).toBeNull();
    expect(await issue(id, 'permanent')).toMatchObject({ code: 'ACCOUNT_STOPPED' });
  });
});
