import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { noteRefusal } from '../accounts/note-refusal';
import { tellFinishedBatchesTask } from '../batches/tell-finished-batches';
import { tellExpiringCodesTask } from '../codes/tell-expiring-codes';
import { openTestBench } from '../codes/test-bench';
import type { Actor, Context } from '../context';
import { deliverWaiting } from '../deliveries/deliver-waiting';
import { AppError } from '../errors';
import { WeChatError } from '../wechat';
import { startTestServer } from '../wechat/test-server';
import { countUnreadNotifications } from './count-unread';
import { getNotification, listNotifications } from './list-notifications';
import { listSenders } from './list-senders';
import { markAllNotificationsRead, markNotificationRead } from './mark-read';
import { type NewNotification, notify } from './notify';
import { createSender, removeSender, updateSender } from './save-sender';
import { testSender } from './test-sender';
import { startTestSmtp } from './test-smtp';

const settings = vi.hoisted(() => {
  process.env.APP_SECRET = 'a secret for tests, 32 characters or more';
  process.env.PUBLIC_URL = 'https://qudao.example';
  process.env.LOG_LEVEL = 'silent';
  return { smtp: undefined as string | undefined };
});
vi.mock('../env', async (original) => {
  const real = await original<typeof import('../env')>();
  return { ...real, env: () => ({ ...real.env(), SMTP_URL: settings.smtp }) };
});

let bench: Awaited<ReturnType<typeof openTestBench>>;
let smtp: Awaited<ReturnType<typeof startTestSmtp>>;
let robot: Awaited<ReturnType<typeof startTestServer>>;
let robotSays: { status: number; body: string };
let accountId: string;
let otherAccountId: string;

beforeAll(async () => {
  bench = await openTestBench();
  smtp = await startTestSmtp();
  robot = await startTestServer((_request, response) => {
    response.statusCode = robotSays.status;
    response.end(robotSays.body);
  });
  accountId = (await bench.addAccount()).accountId;
  otherAccountId = (await bench.addAccount()).accountId;
});
beforeEach(async () => {
  settings.smtp = smtp.url;
  robotSays = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
  await bench.db.notification.deleteMany();
  await bench.db.notificationSender.deleteMany();
  await bench.db.delivery.deleteMany();
  smtp.mails.length = 0;
  robot.seen.length = 0;
});
afterAll(async () => {
  await robot.close();
  await smtp.close();
  await bench.close();
});

async function addUser(role: 'viewer' | 'marketer' | 'admin', accountIds: string[]): Promise<Context> {
  const { id } = await bench.db.user.create({
    data: {
      email: `${randomUUID()}@example.com`,
      name: role,
      role,
      allAccounts: role === 'admin',
      createdAt: new Date(Date.now() - 60_000),
    },
    select: { id: true },
  });
  const actor: Actor = { kind: 'user', id, name: role, role, sessionId: '', allAccounts: false, accountIds };
  return bench.contextAs(actor);
}
const userIdOf = ({ actor }: Context) => (actor.kind === 'user' ? actor.id : '');
const tell = (more: Partial<NewNotification> = {}) =>
  bench.db.$transaction((tx) =>
    notify(tx, {
      kind: 'quota.threshold',
      data: { percent: 80, spent: 80_000, cap: 100_000, remaining: 20_000 },
      accountId,
      href: '/quota',
      audience: { role: 'marketer' },
      ...more,
    } as NewNotification),
  );
const kindsOf = async (ctx: Context) => (await listNotifications(ctx)).items.map(({ kind }) => kind);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const deliver = () =>
  deliverWaiting(
    { ...bench.system, clock: { now: () => new Date(Date.now() + 1000) } },
    new AbortController().signal,
  );
const robotSender = (more: object = {}) =>
  createSender(bench.system, {
    kind: 'wecom',
    name: 'group',
    kinds: ['quota.threshold'],
    locale: 'zh-CN',
    address: `${robot.base}/send?key=0123456789abcdef`,
    allowPrivate: true,
    ...more,
  });
const mailSender = (more: object = {}) =>
  createSender(bench.system, {
    kind: 'email',
    name: 'mail',
    kinds: ['quota.threshold'],
    locale: 'en',
    fromAddress: 'qudao@example.com',
    recipients: ['a@example.com', 'b@example.com'],
    ...more,
  });

it('is seen by those of its account and role, or by the one it is for', async () => {
  const marketer = await addUser('marketer', [accountId]);
  const viewer = await addUser('viewer', [accountId]);
  const stranger = await addUser('admin', [otherAccountId]);
  await tell();
  await tell({ audience: { userId: userIdOf(viewer) } });
  expect(await kindsOf(marketer)).toHaveLength(1);
  expect(await kindsOf(viewer)).toHaveLength(1);
  expect(await kindsOf(stranger)).toHaveLength(0);
  const id = (await listNotifications(marketer)).items[0]?.id ?? '';
  expect(await codeOf(getNotification(viewer, id))).toBe('NOT_FOUND');
  expect(await codeOf(markNotificationRead(stranger, id))).toBe('NOT_FOUND');
});

it('is told once with one key, and is read by each for themselves', async () => {
  expect(await tell({ dedupeKey: 'k' })).toBe(true);
  expect(await tell({ dedupeKey: 'k' })).toBe(false);
  await tell();
  const [one, other] = [await addUser('marketer', [accountId]), await addUser('admin', [accountId])];
  const { items } = await listNotifications(one);
  await markNotificationRead(one, items[1]?.id ?? '');
  expect([await countUnreadNotifications(one), await countUnreadNotifications(other)]).toEqual([1, 2]);
  expect((await listNotifications(one, { unread: true })).items.map(({ id }) => id)).toEqual([items[0]?.id]);
  await markAllNotificationsRead(one);
  expect([await countUnreadNotifications(one), await countUnreadNotifications(other)]).toEqual([0, 2]);
  await tell();
  expect(await countUnreadNotifications(one)).toBe(1);
});

it('lists page by page', async () => {
  for (let n = 0; n < 5; n++) await tell();
  const ctx = await addUser('viewer', [accountId]);
  const admin = await addUser('admin', [accountId]);
  expect((await listNotifications(ctx)).items).toEqual([]);
  const first = await listNotifications(admin, { limit: 3 });
  const rest = await listNotifications(admin, { limit: 3, cursor: first.nextCursor ?? '' });
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 2, null]);
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5);
});

it('leaves as e-mail, in text and in HTML, with a link to the decision', async () => {
  await mailSender();
  await bench.db.officialAccount.update({ where: { id: accountId }, data: { name: 'Tea & <b>Co</b>' } });
  await tell();
  await deliver();
  const [mail] = smtp.mails;
  expect(mail?.to).toEqual(['a@example.com', 'b@example.com']);
  const id = (await listNotifications(bench.system)).items[0]?.id;
  const text = mail?.data.replaceAll('=\n', '').replaceAll('=3D', '=') ?? '';
  expect(text).toContain(`https://qudao.example/notifications/${id}`);
  expect(text).toContain('80,000 of 100,000 slots are taken, 20,000 are left.');
  expect(text).toContain('Tea &amp; &lt;b&gt;Co&lt;/b&gt;');
  expect(await bench.db.delivery.findFirst()).toMatchObject({
    state: 'delivered',
    lastAnswer: '250 2.0.0 kept as 42',
  });
});

it('leaves to a robot only what it carries, in its language', async () => {
  await robotSender();
  await robotSender({ enabled: false });
  await robotSender({ kinds: ['batch.finished'] });
  await tell();
  await deliver();
  expect(robot.seen).toHaveLength(1);
  expect(robot.seen[0]?.body).toContain('永久码额度已用 80%');
  expect((await listSenders(bench.system)).senders[0]).toMatchObject({
    lastError: null,
    lastSentAt: expect.any(String),
  });
});

it('counts a refusal within HTTP 200 as a failure, and shows what was said without the key', async () => {
  const { id } = await robotSender();
  robotSays = { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url, key=0123456789abcdef"}' };
  await tell();
  await deliver();
  expect(await bench.db.delivery.findFirst()).toMatchObject({ state: 'failed', lastError: 'refused' });
  const [sender] = (await listSenders(bench.system)).senders;
  expect(sender?.lastError).toMatchObject({ error: 'refused', answer: expect.stringContaining('93000') });
  expect(JSON.stringify(sender)).not.toContain('0123456789abcdef');
  robotSays = { status: 503, body: 'busy' };
  expect(await testSender(bench.system, id)).toEqual({
    ok: false,
    status: 503,
    error: 'status',
    answer: 'busy',
  });
});

it('tries a sender at once and tells what the other side said', async () => {
  const wecom = await robotSender();
  expect(await testSender(bench.system, wecom.id)).toEqual({
    ok: true,
    status: 200,
    answer: '{"errcode":0,"errmsg":"ok"}',
  });
  const mail = await mailSender({ recipients: ['nobody@example.com'] });
  expect(await testSender(bench.system, mail.id)).toMatchObject({
    ok: false,
    status: 550,
    error: 'refused',
    answer: expect.stringContaining('no such user here'),
  });
  const partly = await mailSender({ recipients: ['nobody@example.com', 'a@example.com'] });
  expect(await testSender(bench.system, partly.id)).toMatchObject({
    ok: true,
    answer: expect.stringContaining('nobody@example.com'),
  });
  settings.smtp = undefined;
  expect(await testSender(bench.system, mail.id)).toMatchObject({ ok: false, error: 'notConfigured' });
  settings.smtp = 'smtp://127.0.0.1:1';
  expect(await testSender(bench.system, mail.id)).toMatchObject({ ok: false, error: 'connectionRefused' });
});

it('does not call this machine or a private network unless an admin allows it', async () => {
  const { id } = await robotSender({
    allowPrivate: false,
    address: `${robot.base.replace('http', 'https')}/send`,
  });
  expect(await testSender(bench.system, id)).toMatchObject({ ok: false, error: 'addressRefused' });
  const plain = await robotSender({ allowPrivate: false });
  expect(await testSender(bench.system, plain.id)).toMatchObject({ ok: false, error: 'notHttps' });
  expect(robot.seen).toHaveLength(0);
});

it('keeps address and secret sealed, and keeps them when they are left out', async () => {
  const { id } = await robotSender({ kind: 'dingtalk', secret: 'SECplanted0123456789' });
  const { rows } = await bench.database.pool.query<{ text: string }>(
    'SELECT s::text AS text FROM notification_senders s',
  );
  expect(rows[0]?.text).not.toMatch(/0123456789/);
  const change = { kind: 'dingtalk', name: 'renamed', kinds: [], locale: 'en', allowPrivate: true };
  expect(await updateSender(bench.system, id, change)).toMatchObject({ name: 'renamed', hasSecret: true });
  await testSender(bench.system, id);
  expect(robot.seen[0]?.url.searchParams.get('sign')).toBeTruthy();
  expect(await updateSender(bench.system, id, { ...change, secret: null })).toMatchObject({
    hasSecret: false,
  });
  await testSender(bench.system, id);
  expect(robot.seen[1]?.url.searchParams.get('sign')).toBeNull();
  expect(await codeOf(updateSender(bench.system, id, { ...change, kind: 'feishu' }))).toBe(
    'VALIDATION_FAILED',
  );
  expect(await codeOf(createSender(bench.system, { ...change, kind: 'wecom' }))).toBe('VALIDATION_FAILED');
});

it('takes what waits along when a sender is removed', async () => {
  const { id } = await robotSender();
  await tell();
  await removeSender(bench.system, id);
  expect(await bench.db.delivery.count()).toBe(0);
  expect(await codeOf(removeSender(bench.system, id))).toBe('NOT_FOUND');
});

it('tells of a stop once, with its reason', async () => {
  const error = new WeChatError('no', {
    kind: 'api',
    path: '/cgi-bin/qrcode/create',
    httpStatus: 200,
    errcode: 48001,
    errmsg: 'api unauthorized',
    retry: 'no',
    remedy: 'verifiedServiceAccountOnly',
    maybeDone: false,
  });
  await noteRefusal(bench.system, accountId, error);
  await noteRefusal(bench.system, accountId, error);
  const { items } = await listNotifications(bench.system);
  expect(items).toMatchObject([{ kind: 'account.stopped', data: { code: 48001, until: null } }]);
});

it('tells of a finished batch exactly once, however many processes look', async () => {
  const { campaignId } = await bench.addAccount();
  const { accountId: at } = await bench.db.campaign.findUniqueOrThrow({
    where: { id: campaignId },
    select: { accountId: true },
  });
  const make = (total: number) =>
    bench.db.batch.create({
      data: { accountId: at, campaignId, kind: 'temporary', source: 'count', total },
      select: { id: true },
    });
  const [empty, open] = [await make(0), await make(1)];
  await bench.db.batch.update({ where: { id: empty.id }, data: { total: 0 } });
  const look = () => tellFinishedBatchesTask.run(bench.system, new AbortController().signal);
  await Promise.all([look(), look(), look()]);
  await look();
  const { items } = await listNotifications(bench.system);
  expect(items.map(({ href }) => href)).toEqual([`/batches/${empty.id}`]);
  expect(open.id).not.toBe(empty.id);
});

it('tells of codes that expire within three days, each once, one line a campaign', async () => {
  const { accountId: at, campaignId } = await bench.addAccount();
  let now = new Date('2030-01-01T00:00:00Z');
  const ctx = { ...bench.system, clock: { now: () => now } };
  const add = (label: string, hours: number, expireSeconds = 30 * 86_400) =>
    bench.db.code.create({
      data: {
        accountId: at,
        kind: 'temporary',
        sceneKind: 'string',
        scene: label,
        isLiving: true,
        label,
        status: 'issued',
        expireSeconds,
        ticket: label,
        url: label,
        issuedAt: now,
        expiresAt: new Date(now.getTime() + hours * 3_600_000),
        assignments: { create: { campaignId, fromAt: new Date(0) } },
      },
      select: { id: true },
    });
  await add('a', 1);
  await add('b', 71);
  await add('c', 80);
  await add('short', 1, 3600);
  const look = async () => {
    while (await tellExpiringCodesTask.run(ctx, new AbortController().signal));
    const { items } = await listNotifications(bench.system);
    return items.flatMap((each) => (each.kind === 'codes.expiring' ? [each.data.count] : []));
  };
  expect(await look()).toEqual([2]);
  expect(await look()).toEqual([2]);
  now = new Date(now.getTime() + 86_400_000);
  expect(await look()).toEqual([1, 2]);
  now = new Date(now.getTime() + 86_400_000);
  expect(await look()).toEqual([1, 2]);
});
