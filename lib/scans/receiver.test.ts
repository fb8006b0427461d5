import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '@/lib/db/test-database';
import { readPushBody } from '@/lib/web/read-push-body';
import { sign } from '@/simulator/cipher';
import { type PushEvent, writePush, writeVerification } from '@/simulator/push-body';
import { seal } from '../secrets';
import type { PushMode } from '../wechat';
import { createReceiver, type Receiver } from './receiver';

const appSecret = vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.LOG_LEVEL ??= 'silent';
  return process.env.APP_SECRET;
});
const token = 'the token';
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let receiver: Receiver;
beforeAll(async () => {
  database = await createTestDatabase();
  receiver = createReceiver(database, []);
});
afterAll(() => database.close());

type Account = { id: string; appId: string; mode: PushMode };

async function addAccount(mode: PushMode): Promise<Account> {
  const id = randomUUID();
  const appId = `wx${id.slice(0, 8)}`;
  const sealed = (field: string, value: string) => seal(appSecret, `account:${id}:${field}`, value);
  await database.prisma.officialAccount.create({
    data: {
      ...{ id, appId, name: appId, pushMode: mode, pushTokenSealed: sealed('pushToken', token) },
      encodingAesKeySealed: sealed('encodingAesKey', encodingAesKey),
    },
  });
  return { id, appId, mode };
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

function write({ appId }: Account, mode: PushMode, event: Partial<PushEvent> = {}, seconds = nowSeconds()) {
  const settings = { pushToken: token, encodingAesKey, mode, appId, originalId: 'gh_1' };
  const full = {
    ...{ openid: 'oA', createTime: nowSeconds(), msgType: 'event', event: 'SCAN', eventKey: '7' },
    ...event,
  };
  return writePush(settings, full, seconds);
}

async function send(account: Account, { query, body }: { query: URLSearchParams; body: string }) {
  const { status, body: answer } = await receiver.receive(account.id, query, Buffer.from(body));
  return status === 200 ? answer : status;
}

const countEvents = (accountId: string) => database.prisma.scanEvent.count({ where: { accountId } });

describe('a push', () => {
  it('is taken in the modes that its account allows, and in no other', async () => {
    const table: Record<string, unknown[]> = {};
    for (const mode of ['plain', 'compat', 'safe'] as const) {
      const account = await addAccount(mode);
      table[mode] = [];
      for (const sent of ['plain', 'compat', 'safe'] as const) {
        table[mode].push(await send(account, write(account, sent, { openid: `o${sent}` })));
      }
    }
    expect(table).toEqual({
      plain: ['success', 'success', 403],
      compat: ['success', 'success', 'success'],
      safe: [403, 403, 'success'],
    });
  });

  it('counts once, in whatever letters its event is written and however often it comes at once', async () => {
    const account = await addAccount('safe');
    const createTime = nowSeconds();
    const same = ['SCAN', 'scan', 'Scan', 'SCAN'].map((event) =>
      write(account, 'safe', { event, createTime }),
    );
    expect(await Promise.all(same.map((push) => send(account, push)))).toEqual([
      'success',
      'success',
      'success',
      'success',
    ]);
    expect(await countEvents(account.id)).toBe(1);
    const unknown = await database.prisma.unknownScene.findMany({ where: { accountId: account.id } });
    expect(unknown).toMatchObject([{ scene: '7', events: 1 }]);
  });

  it('that another system forwards is taken unchanged, also late, or signed anew, and counts once', async () => {
    const account = await addAccount('safe');
    const createTime = nowSeconds() - 3_600;
    const event = { createTime, openid: 'oForwarded' };
    const fromWeChat = write(account, 'safe', event, createTime);
    expect(await send(account, fromWeChat), 'an hour later, as it was').toBe('success');
    const withMore = new URLSearchParams([['route', 'qudao'], ...fromWeChat.query]);
    expect(await send(account, { ...fromWeChat, query: withMore }), 'its own parameter beside').toBe(
      'success',
    );
    expect(await send(account, write(account, 'safe', event)), 'sealed by the forwarder').toBe('success');
    expect(await send(account, write(account, 'plain', event)), 'opened by the forwarder').toBe(403);
    const rewritten = { ...fromWeChat, body: fromWeChat.body.replace(/(CDATA\[.{40})./, '$1x') };
    expect(await send(account, rewritten)).toBe(403);
    expect(await countEvents(account.id)).toBe(1);
  });

  it('in plain mode is taken from a forwarder within ten minutes, unchanged or signed anew', async () => {
    const account = await addAccount('plain');
    const event = { createTime: nowSeconds() - 1_200, openid: 'oForwarded' };
    expect(await send(account, write(account, 'plain', event, nowSeconds() - 500))).toBe('success');
    expect(await send(account, write(account, 'plain', event, nowSeconds() - 700))).toBe(403);
    expect(await send(account, write(account, 'plain', event))).toBe('success');
    expect(await countEvents(account.id)).toBe(1);
  });

  it('of another kind is accepted and not kept', async () => {
    const account = await addAccount('safe');
    for (const other of [
      { msgType: 'text', event: undefined, content: 'hello' },
      { event: 'TEMPLATESENDJOBFINISH' },
    ]) {
      expect(await send(account, write(account, 'safe', other))).toBe('success');
    }
    expect(await countEvents(account.id)).toBe(0);
  });

  it('that is refused leaves a note of why, and floods leave one', async () => {
    const account = await addAccount('safe');
    for (let i = 0; i < 50; i++) await send(account, write(account, 'plain'));
    await vi.waitFor(async () => {
      const notes = await database.prisma.pushRefusal.findMany({ where: { accountId: account.id } });
      expect(notes).toMatchObject([{ reason: 'plainNotAllowed', cameAs: 'plain' }]);
    });
  });

  it('that cannot be committed is answered by 500, so that WeChat comes again', async () => {
    const account = await addAccount('safe');
    await send(account, write(account, 'safe', { openid: 'oFirst' }));
    const broken = createReceiver(database, [
      { name: 'breaks', inTransaction: () => Promise.reject(new Error('no')) },
    ]);
    const push = write(account, 'safe', { openid: 'oSecond' });
    expect((await broken.receive(account.id, push.query, push.body)).status).toBe(500);
    expect(await countEvents(account.id)).toBe(1);
    expect(await send(account, push)).toBe('success');
    expect(await countEvents(account.id)).toBe(2);
  });

  it('keeps the openid of those who follow, sealed, and of nobody else', async () => {
    const account = await addAccount('safe');
    const at = nowSeconds() - 100;
    const person = () => database.prisma.follower.findFirstOrThrow({ where: { accountId: account.id } });
    await send(account, write(account, 'safe', { event: 'subscribe', eventKey: '', createTime: at }));
    const { openidSealed, personKey } = await person();
    expect(openidSealed).toMatch(/^v1\./);
    await send(account, write(account, 'safe', { event: 'unsubscribe', eventKey: '', createTime: at + 9 }));
    expect(await person()).toMatchObject({ openidSealed: null, isFollowing: false, personKey });
    await send(account, write(account, 'safe', { event: 'subscribe', eventKey: '', createTime: at + 5 }));
    expect(await person()).toMatchObject({ openidSealed: null, isFollowing: false });
    await send(account, write(account, 'safe', { event: 'subscribe', eventKey: '', createTime: at + 20 }));
    expect(await person()).toMatchObject({ isFollowing: true, personKey });
    expect((await person()).openidSealed).toMatch(/^v1\./);
  });
});

it('echoes WeChat, and remembers that it asked', async () => {
  const account = await addAccount('safe');
  const query = writeVerification(token, nowSeconds());
  expect(await receiver.verify(account.id, query)).toEqual({ status: 200, body: query.get('echostr') });
  const row = await database.prisma.officialAccount.findUniqueOrThrow({ where: { id: account.id } });
  expect(row.pushVerifiedAt).not.toBeNull();
  expect((await receiver.verify(account.id, writeVerification('another token', nowSeconds()))).status).toBe(
    403,
  );
  expect((await receiver.verify('no id', query)).status).toBe(403);
});

it('reads no more of a body than a push may have', async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(16_384));
    },
  });
  const init = { method: 'POST', body: endless, duplex: 'half' };
  expect(await readPushBody(new Request('http://a/', init as RequestInit))).toBeNull();
  expect(pulled).toBeLessThan(10);
  const announced = new Request('http://a/', {
    method: 'POST',
    body: 'x',
    headers: { 'content-length': '10000000' },
  });
  expect(await readPushBody(announced)).toBeNull();
});

describe('20,000 malformed pushes', () => {
  const cases = 20_000;
  const bombs = [
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xml>&b;</xml>',
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><FromUserName>&e;</FromUserName></xml>',
    `<xml>${'<a>'.repeat(20_000)}`,
    `<xml><![CDATA[${'x'.repeat(60_000)}]]></xml>`,
  ];
  const damage = fc.record({
    at: fc.nat(2_000),
    cut: fc.integer({ min: 1, max: 40 }),
    put: fc.string({ unit: 'binary', maxLength: 6 }),
  });
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.record({ what: fc.constant('damagedBody' as const), damage }) },
    { weight: 3, arbitrary: fc.record({ what: fc.constant('damagedQuery' as const), damage }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('otherAppId' as const) }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('otherToken' as const) }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('noSignature' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant('bomb' as const), bomb: fc.constantFrom(...bombs) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant('bytes' as const), bytes: fc.uint8Array({ maxLength: 400 }) }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('utf16' as const) }) },
  );

  it('are refused, none with 500, and nothing is counted', async () => {
    const account = await addAccount('safe');
    const settings = {
      pushToken: token,
      encodingAesKey,
      mode: 'safe' as const,
      appId: account.appId,
      originalId: 'gh_1',
    };
    const event = {
      openid: 'oFuzz',
      createTime: nowSeconds(),
      msgType: 'event',
      event: 'SCAN',
      eventKey: '7',
    };
    const right = writePush(settings, event, nowSeconds());
    const cut = (text: string, { at, cut: length, put }: { at: number; cut: number; put: string }) => {
      const from = at % text.length;
      const changed = text.slice(0, from) + put + text.slice(from + length);
      // NULs are dropped in reading, since no text of the database may hold one.
      return changed.replaceAll('\0', '') === text ? text.slice(1) : changed;
    };
    const answers = new Map<number, number>();
    const attempt = async (query: URLSearchParams, body: string | Uint8Array) => {
      const { status } = await receiver.receive(account.id, query, body);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      return status;
    };
    await fc.assert(
      fc.asyncProperty(piece, async (one) => {
        const query = new URLSearchParams(right.query);
        let body: string | Uint8Array = right.body;
        if (one.what === 'damagedBody') {
          // Beside `Encrypt` nothing is believed, so damage there may be harmless; within it the signature breaks.
          const start = body.indexOf('<Encrypt>') + 18;
          const end = body.indexOf(']]></Encrypt>');
          body = body.slice(0, start) + cut(body.slice(start, end), one.damage) + body.slice(end);
        }
        if (one.what === 'damagedQuery')
          query.set('msg_signature', cut(query.get('msg_signature') ?? '', one.damage));
        if (one.what === 'otherAppId') ({ body } = resealed({ ...settings, appId: 'wxother' }, event, query));
        if (one.what === 'otherToken')
          ({ body } = resealed({ ...settings, pushToken: 'other' }, event, query));
        if (one.what === 'noSignature') query.delete('msg_signature');
        if (one.what === 'bomb') ({ body } = { body: one.bomb });
        if (one.what === 'bytes') body = one.bytes;
        if (one.what === 'utf16') body = Buffer.from(right.body, 'utf16le');
        expect(await attempt(query, body)).toBe(403);
      }),
      { numRuns: cases },
    );
    expect([...answers]).toEqual([[403, cases]]);
    expect(await countEvents(account.id)).toBe(0);
    expect(await database.prisma.follower.count({ where: { accountId: account.id } })).toBe(0);
    const noted = await database.prisma.pushRefusal.count({ where: { accountId: account.id } });
    expect(noted).toBeLessThanOrEqual(200);
  }, 120_000);

  function resealed(settings: Parameters<typeof writePush>[0], event: PushEvent, query: URLSearchParams) {
    const push = writePush(settings, event, nowSeconds());
    for (const [name, value] of push.query) query.set(name, value);
    return push;
  }

  it('refuses truncated cipher text and bad padding under a right signature', async () => {
    const account = await addAccount('safe');
    const [timestamp, nonce] = [String(nowSeconds()), '1'];
    for (const encrypted of [
      '',
      'AAAA',
      'A'.repeat(22),
      Buffer.alloc(31).toString('base64'),
      Buffer.alloc(64).toString('base64'),
    ]) {
      const query = new URLSearchParams({
        timestamp,
        nonce,
        encrypt_type: 'aes',
        msg_signature: sign(token, timestamp, nonce, encrypted),
      });
      const body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      expect((await receiver.receive(account.id, query, body)).status).toBe(403);
    }
  });
});
