import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listCodes } from '../codes/list-codes';
import { openTestBench } from '../codes/test-bench';
import { sqlOfConnection } from '../db/sql';
import { forgetPerson } from '../scans/forget-person';
import type { PushedEvent } from '../scans/group-steps';
import { openidPlace, personSecretPlace } from '../scans/person-key';
import { recordGroup } from '../scans/record-group';
import { seal } from '../secrets';
import { createWebhook } from '../webhooks/create-webhook';
import { bindingStep } from './bind-scans';
import { clearBindingCodes } from './clear-codes';
import { createBinding } from './create-binding';
import { getBinding, getBindingNews } from './get-binding';
import { listBindings } from './list-bindings';
import { setReturnOrigins } from './return-origins';
import { bindFirst } from './store';
import { watchBinding } from './watch-bindings';

const appSecret = 'a secret for tests, 32 characters or more';
const personSecret = randomBytes(32);
let bench: Awaited<ReturnType<typeof openTestBench>>;
let accountId: string;
const seconds = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  process.env.APP_SECRET = appSecret;
  bench = await openTestBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  ({ accountId } = await bench.addAccount());
  await bench.db.officialAccount.update({
    where: { id: accountId },
    data: {
      personSecretSealed: seal(appSecret, personSecretPlace(accountId), personSecret.toString('base64')),
    },
  });
});

const key = () => bench.as('marketer');
const create = (more: object = {}) => createBinding(key(), accountId, { externalUserId: 'u-1', ...more });
type Binding = Awaited<ReturnType<typeof create>>;
const stateOf = ({ id }: Binding) => getBinding(key(), accountId, id);

function scanOf(binding: Binding, openid: string, more: Partial<PushedEvent> = {}): PushedEvent {
  const kind = 'subscribe' as const;
  return {
    ...{ openid, kind, createTime: seconds(), event: kind, eventKey: 'qrscene_x' },
    ...{ ticket: binding.code?.ticket ?? null, scene: 'x', ...more },
  };
}
const unfollowOf = (openid: string): PushedEvent => ({
  ...{ openid, kind: 'unsubscribe', createTime: seconds() + 1, event: 'unsubscribe' },
  ...{ eventKey: '', ticket: null, scene: null },
});

function record(pushes: PushedEvent[]) {
  return recordGroup(
    { pool: bench.database.pool, shard: 0, now: () => new Date(), steps: [bindingStep] },
    {
      ...{ id: accountId, personSecret, asksUserInfo: false, retentionDays: 400 },
      sealOpenid: (openid) => seal(appSecret, openidPlace(accountId), openid),
    },
    pushes,
  );
}

describe('a binding', () => {
  it('is a code to show, and knows the openid once it was scanned', async () => {
    const made = await create({ expireSeconds: 60 });
    expect(made).toMatchObject({ state: 'pending', openid: null, externalUserId: 'u-1' });
    expect(made.url).toMatch(/^http:\/\/weixin\.qq\.com\/q\//);
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(60_000);
    const createTime = seconds();
    await record([scanOf(made, 'oFirst', { createTime })]);
    const scannedAt = new Date(createTime * 1000).toISOString();
    expect(await stateOf(made)).toMatchObject({ state: 'scanned', openid: 'oFirst', scannedAt });
    const { items } = await listBindings(key(), accountId, { externalUserId: 'u-1' });
    expect(items.map(({ id }) => id)).toEqual([made.id]);
  });

  it('binds the first by CreateTime of one group, and nobody of a later one', async () => {
    const made = await create();
    const now = seconds();
    await record([
      scanOf(made, 'oLate', { createTime: now }),
      scanOf(made, 'oEarly', { createTime: now - 5, kind: 'scan', event: 'scan' }),
    ]);
    await record([scanOf(made, 'oLater', { createTime: now - 9 })]);
    expect(await stateOf(made)).toMatchObject({ openid: 'oEarly' });
  });

  it('binds one of two groups that come at once', async () => {
    const made = await create();
    await Promise.all(['oA', 'oB', 'oC', 'oD'].map((openid) => record([scanOf(made, openid)])));
    const { openid } = await stateOf(made);
    const events = await bench.db.scanEvent.count({ where: { codeId: made.code?.id ?? '' } });
    expect([['oA', 'oB', 'oC', 'oD'].includes(openid ?? ''), events]).toEqual([true, 4]);
  });

  it('that another transaction is binding waits for it, and stays with it', async (test) => {
    if (bench.database.kind === 'embedded') return test.skip();
    const made = await create();
    const [first, second] = await Promise.all([1, 2].map(() => bench.database.pool.connect()));
    if (!first || !second) throw new Error('no connections');
    const bind = (connection: typeof first, follower: string) =>
      bindFirst(sqlOfConnection(connection), accountId, [
        { code: made.code?.id ?? '', follower, at: seconds() - 1, place: 0 },
      ]);
    const people = await Promise.all(
      [1, 2].map(() =>
        bench.db.follower.create({
          data: { accountId, personKey: randomUUID(), firstSeenAt: new Date() },
          select: { id: true },
        }),
      ),
    );
    await first.query('BEGIN');
    await second.query('BEGIN');
    expect(await bind(first, String(people[0]?.id))).toHaveLength(1);
    const waiting = bind(second, String(people[1]?.id));
    await first.query('COMMIT');
    expect(await waiting).toEqual([]);
    await second.query('COMMIT');
    first.release();
    second.release();
  });

  it('is not changed by the same push delivered again', async () => {
    const made = await create();
    const push = scanOf(made, 'oFirst');
    await record([push]);
    await record([push, scanOf(made, 'oOther')]);
    expect(await stateOf(made)).toMatchObject({ openid: 'oFirst' });
  });

  it('is bound by nobody who scans after it expired, by either clock', async () => {
    const late = await create();
    await record([scanOf(late, 'oLate', { createTime: seconds() + 3_600 })]);
    expect(await stateOf(late)).toMatchObject({ state: 'pending', openid: null });
    const over = await create();
    await bench.db.binding.update({
      where: { id: over.id },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    await record([scanOf(over, 'oLate', { createTime: seconds() - 60 })]);
    expect(await stateOf(over)).toMatchObject({ state: 'expired', openid: null });
  });

  it('forgets the openid with the person who unfollows or asks for it, and stays bound', async () => {
    const [left, forgotten] = [await create(), await create()];
    await record([scanOf(left, 'oLeft'), scanOf(forgotten, 'oForgotten')]);
    await record([unfollowOf('oLeft')]);
    await forgetPerson(bench.as('admin'), accountId, { openid: 'oForgotten' });
    expect(await stateOf(left)).toMatchObject({ state: 'scanned', openid: null });
    expect(await stateOf(forgotten)).toMatchObject({ state: 'scanned', openid: null });
  });

  it('is found again by the same request after a crash', async () => {
    const id = randomUUID();
    const make = () => createBinding(key(), accountId, { externalUserId: 'u-2' }, { id });
    const [one, two] = [await make(), await make()];
    expect([two.code?.id, two.listenToken]).toEqual([one.code?.id, one.listenToken]);
  });

  it('says nothing to another account, and to its token all but who scanned', async () => {
    const made = await create();
    await record([scanOf(made, 'oFirst')]);
    const { accountId: other } = await bench.addAccount();
    await expect(getBinding(key(), other, made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const stranger = bench.contextAs({ kind: 'stranger' });
    const { news } = await getBindingNews(stranger, made.id, made.listenToken);
    expect(news.state).toBe('scanned');
    expect(JSON.stringify(news)).not.toContain('oFirst');
    await expect(getBindingNews(stranger, made.id, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('who waits', () => {
  it('is woken by the scan', async () => {
    const made = await create();
    const woken = new Promise<void>((resolve) => {
      const end = watchBinding(bench.db, accountId, made.id, () => {
        end();
        resolve();
      });
    });
    await record([scanOf(made, 'oFirst')]);
    await woken;
  });
});

describe('webhooks', () => {
  it('are told once, of the openid whole only where they may see it', async () => {
    const admin = bench.as('admin');
    const hook = { url: 'https://crm.example/', events: ['binding.scanned' as const] };
    await createWebhook(admin, accountId, { ...hook, seesOpenids: true });
    await createWebhook(admin, accountId, hook);
    const made = await create();
    await record([scanOf(made, 'oFirst'), scanOf(made, 'oSecond')]);
    const sent = await bench.db.delivery.findMany({ where: { accountId }, select: { eventType: true } });
    expect(sent).toEqual([{ eventType: 'binding.scanned' }, { eventType: 'binding.scanned' }]);
  });
});

describe('returnUrl', () => {
  const returning = (returnUrl: string) =>
    create({ returnUrl }).then(
      (made) => made.returnUrl,
      (error) => error.details.fields.map(({ field, code }: Record<string, string>) => `${field} ${code}`),
    );

  it('is of an origin that an admin has allowed', async () => {
    const allow = (...origins: string[]) => setReturnOrigins(bench.as('admin'), accountId, { origins });
    expect(await returning('https://crm.example/done')).toEqual(['returnUrl returnUrlNotAllowed']);
    expect(await allow('https://crm.example/', 'http://127.0.0.1:9000')).toEqual([
      'https://crm.example',
      'http://127.0.0.1:9000',
    ]);
    expect(await returning('https://crm.example/done?a=1')).toBe('https://crm.example/done?a=1');
    expect(await returning('http://127.0.0.1:9000/x')).toBe('http://127.0.0.1:9000/x');
    expect(await returning('https://crm.example.evil/')).toEqual(['returnUrl returnUrlNotAllowed']);
    expect(await returning('https://crm.example:444/')).toEqual(['returnUrl returnUrlNotAllowed']);
    expect(await returning('javascript:alert(1)')).toEqual(['returnUrl webAddress']);
    expect(await returning('http://crm.example/')).toEqual(['returnUrl webAddress']);
    await expect(allow('https://crm.example/path')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('its code', () => {
  it('is in no list unless asked for', async () => {
    const made = await create();
    const ids = async (input: object) => (await listCodes(key(), accountId, input)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([]);
    expect(await ids({ origin: 'binding' })).toEqual([made.code?.id]);
  });

  it('goes a day after it expired, unless it was scanned', async () => {
    const [unscanned, scanned, fresh] = [await create(), await create(), await create()];
    await record([scanOf(scanned, 'oFirst')]);
    const longAgo = new Date(Date.now() - 2 * 86_400_000);
    await bench.db.binding.updateMany({ where: { id: unscanned.id }, data: { expiresAt: longAgo } });
    await clearBindingCodes.run(bench.system, new AbortController().signal);
    expect(await stateOf(unscanned)).toMatchObject({ state: 'expired', code: null });
    expect((await stateOf(scanned)).code).not.toBeNull();
    expect((await stateOf(fresh)).code).not.toBeNull();
  });
});
