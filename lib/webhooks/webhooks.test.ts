import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, Context } from '../context';
import { createTestDatabase } from '../db/test-database';
import { deliverWaiting } from '../deliveries/deliver-waiting';
import { createWebhook } from './create-webhook';
import { deleteWebhook } from './delete-webhook';
import { getWebhook } from './get-webhook';
import { listWebhookDeliveries } from './list-webhook-deliveries';
import { listWebhooks } from './list-webhooks';
import { pingWebhook } from './ping-webhook';
import { publishEvents } from './publish-events';
import { repeatWebhookDelivery } from './repeat-webhook-delivery';
import { rotateWebhookSecret } from './rotate-webhook-secret';
import { webhookSender } from './send-webhook';
import type { WebhookPayload } from './types';
import { updateWebhook } from './update-webhook';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let receiver: Server;
let url = '';
let accountId = '';
let now = new Date('2026-11-24T06:00:00Z');
let status = 200;
let received: { headers: IncomingMessage['headers']; body: string }[] = [];

const contextOf = (actor: Actor): Context => ({
  db: database.prisma,
  wechat: { clientFor: () => Promise.reject(new Error('no call is made')), forget: () => undefined },
  clock: { now: () => now },
  actor,
});
const admin = () => contextOf({ kind: 'system', name: 'test' });
const deliver = () => deliverWaiting(admin(), new AbortController().signal, { webhook: webhookSender });
const hours = (count: number) => {
  now = new Date(now.getTime() + count * 3_600_000);
};
const scanOf = (openid: string) => ({
  type: 'scan.recorded' as const,
  at: now,
  data: { scene: '7' },
  openid: { whole: openid, masked: 'oAbc…', personKey: randomUUID() },
});

beforeAll(async () => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  database = await createTestDatabase();
  const account = await database.prisma.officialAccount.create({
    data: { name: 'a', appId: 'wx1' },
    select: { id: true },
  });
  accountId = account.id;
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(status).end('noted');
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  receiver.close();
  await database.close();
});
beforeEach(async () => {
  await database.prisma.webhook.deleteMany();
  await database.prisma.delivery.deleteMany();
  now = new Date(Date.now() + 1000);
  status = 200;
  received = [];
});

const create = (events: Parameters<typeof createWebhook>[2]['events'] = ['scan.recorded'], more = {}) =>
  createWebhook(admin(), accountId, { url, events, allowPrivate: true, ...more });

describe('what is sent', () => {
  it('is signed over time stamp and body with the secret that was told once', async () => {
    const { id, secret } = await create();
    await database.prisma.$transaction((tx) => publishEvents(tx, accountId, [scanOf('oWhole')]));
    await deliver();
    const [message] = received;
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(message?.headers['qudao-signature'])) ?? [];
    expect(createHmac('sha256', secret).update(`${t}.${message?.body}`).digest('hex')).toBe(v1);
    expect(Number(t)).toBe(Math.floor(now.getTime() / 1000));
    const payload = JSON.parse(message?.body ?? '') as WebhookPayload;
    expect(payload).toMatchObject({
      type: 'scan.recorded',
      accountId,
      data: { scene: '7', openid: 'oAbc…' },
    });
    const [shown] = await listWebhooks(admin(), accountId);
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(shown).toMatchObject({ id, enabled: true, failures: 0 });
  });

  it('goes to those who asked for the event, with the openid whole only for those who may see it', async () => {
    await create(['follower.gained']);
    await create(['scan.recorded'], { seesOpenids: true });
    await database.prisma.$transaction((tx) => publishEvents(tx, accountId, [scanOf('oWhole')]));
    await deliver();
    expect(received.map(({ body }) => JSON.parse(body).data.openid)).toEqual(['oWhole']);
    const { personKey } = await database.prisma.delivery.findFirstOrThrow({ orderBy: { sequence: 'desc' } });
    expect(personKey).not.toBeNull();
  });

  it('never leaves when the transaction is undone', async () => {
    await create();
    await database.prisma
      .$transaction(async (tx) => {
        await publishEvents(tx, accountId, [scanOf('o')]);
        throw new Error('undone');
      })
      .catch(() => undefined);
    await deliver();
    expect(received).toEqual([]);
  });

  it('is signed with the new secret once there is one', async () => {
    const { id, secret } = await create();
    const { secret: next } = await rotateWebhookSecret(admin(), accountId, id);
    expect(next).not.toBe(secret);
    await pingWebhook(admin(), accountId, id);
    await deliver();
    const [, t, v1] = /t=(\d+),v1=(.*)/.exec(String(received[0]?.headers['qudao-signature'])) ?? [];
    expect(createHmac('sha256', next).update(`${t}.${received[0]?.body}`).digest('hex')).toBe(v1);
  });
});

describe('failure', () => {
  it('is tried again with the same id, logged, and can be repeated by hand', async () => {
    const { id } = await create();
    status = 503;
    await pingWebhook(admin(), accountId, id);
    await deliver();
    expect(await getWebhook(admin(), accountId, id)).toMatchObject({ enabled: true, failures: 1 });
    hours(1);
    status = 200;
    await deliver();
    expect(received.map(({ body }) => JSON.parse(body).id)).toEqual([
      JSON.parse(received[0]?.body ?? '{}').id,
      JSON.parse(received[0]?.body ?? '{}').id,
    ]);
    const { items } = await listWebhookDeliveries(admin(), accountId, id, {});
    expect(items).toMatchObject([{ state: 'delivered', attempts: 2, lastStatus: 200, lastAnswer: 'noted' }]);
    expect(await getWebhook(admin(), accountId, id)).toMatchObject({ failures: 0, failingSince: null });
    await repeatWebhookDelivery(admin(), accountId, id, items[0]?.id ?? '');
    await deliver();
    expect(received).toHaveLength(3);
  });

  it('of a whole day switches it off, tells the admins, and sends nothing more until it is switched on', async () => {
    const { id } = await create();
    status = 500;
    for (let hour = 0; hour < 25; hour++) {
      await pingWebhook(admin(), accountId, id);
      await deliver();
      hours(1);
    }
    expect(await getWebhook(admin(), accountId, id)).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
    });
    const told = await database.prisma.notification.findMany({
      where: { kind: 'webhook.disabled', accountId },
    });
    expect(told).toHaveLength(1);
    const before = received.length;
    hours(1);
    await deliver();
    await database.prisma.$transaction((tx) => publishEvents(tx, accountId, [scanOf('o')]));
    await deliver();
    expect(received).toHaveLength(before);
    status = 200;
    await updateWebhook(admin(), accountId, id, { enabled: true });
    await pingWebhook(admin(), accountId, id);
    await deliver();
    expect(received).toHaveLength(before + 1);
  });

  it('of an address that has become private is not sent there', async () => {
    const { id } = await create(['scan.recorded'], { allowPrivate: true });
    await database.prisma.webhook.update({ where: { id }, data: { allowPrivate: false } });
    await pingWebhook(admin(), accountId, id);
    await deliver();
    expect(received).toEqual([]);
    const { items } = await listWebhookDeliveries(admin(), accountId, id, {});
    expect(items).toMatchObject([{ state: 'waiting', lastError: 'notHttps' }]);
  });
});

describe('bad input', () => {
  const refused = (input: object) =>
    createWebhook(admin(), accountId, input as never).then(
      () => [],
      (error) =>
        error.details.fields.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`),
    );

  it('is told by its field', async () => {
    expect(await refused({ url: 'ftp://x', events: ['scan.recorded'] })).toEqual(['url webAddress']);
    expect(await refused({ url: 'https://a:b@x.example', events: ['scan.recorded'] })).toEqual([
      'url webAddress',
    ]);
    expect(await refused({ url: 'http://x.example', events: ['scan.recorded'] })).toEqual([
      'url httpsWanted',
    ]);
    expect(await refused({ url: 'https://x.example', events: [] })).toEqual(['events tooFew']);
    expect(await refused({ url: 'https://x.example', events: ['a'] })).toEqual(['events.0 notInList']);
  });

  it('is judged for what it comes to', async () => {
    const { id } = await create();
    await expect(updateWebhook(admin(), accountId, id, { allowPrivate: false })).rejects.toThrow('url');
  });

  it('names what is gone', async () => {
    const { id } = await create();
    await deleteWebhook(admin(), accountId, id);
    await expect(getWebhook(admin(), accountId, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
