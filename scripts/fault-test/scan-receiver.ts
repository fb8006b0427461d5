import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCode } from '../../lib/codes/create-code';
import { appSecret } from '../../lib/env';
import { startRuntime, systemContext } from '../../lib/runtime';
import { currentReceiver } from '../../lib/scans/receiver';
import { runRecount } from '../../lib/scans/run-recount';
import { seal } from '../../lib/secrets';
import type { KnownCode } from './naive-counts';

export type PushSettings = { token: string; aesKey: string };
export type ScanOrder =
  | ({ do: 'prepare'; appId: string; secret: string; zone: string; handOverAt: number } & PushSettings)
  | { do: 'adopt'; accountId: string; scene: string; campaignId: string }
  | { do: 'zone'; accountId: string; zone: string }
  | { do: 'recount'; accountId: string; reason: 'replay' | 'check'; damage?: boolean }
  | { do: 'counts'; accountId: string };
export type Prepared = { accountId: string; codes: KnownCode[]; tickets: string[] };
export type Counted = {
  rows: [string, Record<string, number>][];
  unknown: [string, number][];
  waiting: number;
};

/** A server process without its pages: the real runtime, receiver and recounts behind a bare HTTP server. */
export async function serve(): Promise<void> {
  const { database } = await startRuntime();
  const receiver = await currentReceiver();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, body } = await receiver.receive(
      url.pathname.slice(1),
      url.searchParams,
      Buffer.concat(chunks),
    );
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  void (async () => {
    const never = new AbortController().signal;
    for (;;) {
      const worked = await runRecount(database.pool, never).catch((error: unknown) => {
        console.error(error);
        return false;
      });
      if (!worked) await sleep(50);
    }
  })();
  process.on('message', (order: ScanOrder) => {
    obey(order).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  // The parent's end of the channel closes however the parent dies.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true, port: (server.address() as AddressInfo).port });
}

async function obey(order: ScanOrder): Promise<unknown> {
  const { database } = await startRuntime();
  switch (order.do) {
    case 'prepare':
      return prepare(order);
    case 'adopt': {
      const ctx = await systemContext('fault test');
      const input = {
        campaignId: order.campaignId,
        kind: 'permanent' as const,
        label: 'adopted',
        scene: { str: order.scene },
      };
      return (await createCode(ctx, order.accountId, input)).id;
    }
    case 'zone':
      await database.pool.query('UPDATE official_accounts SET time_zone = $2 WHERE id = $1', [
        order.accountId,
        order.zone,
      ]);
      return ask(order.accountId, 'time_zone');
    case 'recount': {
      if (order.damage) {
        await database.pool.query(
          'UPDATE scan_days SET scans = scans + 1, people = people - 1 WHERE account_id = $1 AND scans > 2',
          [order.accountId],
        );
        await database.pool.query(`DELETE FROM scan_hours WHERE account_id = $1 AND scope = 'code'`, [
          order.accountId,
        ]);
        await database.pool.query('UPDATE code_totals SET scans = scans + 3 WHERE account_id = $1', [
          order.accountId,
        ]);
      }
      const id = await ask(order.accountId, order.reason);
      for (;;) {
        const { rows } = await database.pool.query(
          `SELECT state, error, differences FROM recounts WHERE id = $1`,
          [id],
        );
        if (rows[0]?.state === 'failed') throw new Error(rows[0].error);
        if (rows[0]?.state === 'done') return rows[0].differences.rows;
        await sleep(100);
      }
    }
    case 'counts':
      return readCounts(order.accountId);
  }
}

async function ask(accountId: string, reason: string): Promise<string> {
  const { database } = await startRuntime();
  const { rows } = await database.pool.query(
    `INSERT INTO recounts (account_id, reason) VALUES ($1, $2::recount_reason) RETURNING id`,
    [accountId, reason],
  );
  return rows[0].id;
}

async function prepare(order: Extract<ScanOrder, { do: 'prepare' }>): Promise<Prepared> {
  const ctx = await systemContext('fault test');
  const { db } = ctx;
  const accountId = randomUUID();
  const sealed = (field: string, value: string) => seal(appSecret(), `account:${accountId}:${field}`, value);
  await db.officialAccount.create({
    data: {
      ...{
        id: accountId,
        name: order.appId,
        appId: order.appId,
        externalDeclaredAt: new Date(),
        timeZone: order.zone,
      },
      appSecretSealed: sealed('appSecret', order.secret),
      pushTokenSealed: sealed('pushToken', order.token),
      encodingAesKeySealed: sealed('encodingAesKey', order.aesKey),
      ...{ pushMode: 'safe', asksUserInfo: false, eventRetentionDays: 3660 },
    },
  });
  const [spring, summer] = await Promise.all(
    ['Spring', 'Summer'].map((name) =>
      db.campaign.create({ data: { accountId, name }, select: { id: true } }),
    ),
  );
  const [north, south] = await Promise.all(
    ['N', 'S'].map((number) =>
      db.channel.create({ data: { accountId, number, name: number }, select: { id: true } }),
    ),
  );
  if (!spring || !summer || !north || !south) throw new Error('nothing was made');
  const codes: KnownCode[] = [];
  const tickets: string[] = [];
  for (let i = 0; i < 8; i++) {
    const channelId = [north.id, south.id, null][i % 3] ?? null;
    const campaignId = i % 2 === 0 ? spring.id : summer.id;
    const code = await createCode(ctx, accountId, {
      campaignId,
      channelId,
      kind: 'permanent',
      label: `code ${i}`,
    });
    const campaigns: KnownCode['campaigns'] = [{ fromAt: 0, campaignId }];
    if (i < 3) {
      const other = campaignId === spring.id ? summer.id : spring.id;
      campaigns.push({ fromAt: order.handOverAt, campaignId: i === 2 ? null : other });
    }
    await db.assignment.deleteMany({ where: { codeId: code.id } });
    await db.assignment.createMany({
      data: campaigns.map(({ fromAt, campaignId: held }) => ({
        codeId: code.id,
        campaignId: held,
        fromAt: new Date(fromAt * 1000),
      })),
    });
    const scene = 'id' in code.scene ? String(code.scene.id) : code.scene.str;
    codes.push({ id: code.id, scene, channelId, campaigns });
    tickets.push(code.ticket ?? '');
  }
  return { accountId, codes, tickets };
}

const sumsOf = (names: string[]) => names.map((name) => `sum(${name})::int AS ${name}`).join(', ');
const ofHours = [
  'scans',
  'people',
  'people_of_pair',
  'new_followers',
  'refollows',
  'follower_scans',
  'unfollows',
];
const ofDays = [
  ...ofHours,
  ...[
    'people_of_week',
    'people_of_month',
    'people_ever',
    'people_of_pair_week',
    'people_of_pair_month',
    'people_of_pair_ever',
  ],
  ...['lost_1', 'lost_7', 'lost_30'],
];

async function readCounts(accountId: string): Promise<Counted> {
  const { pool } = (await startRuntime()).database;
  const read = async (text: string) =>
    (await pool.query<Record<string, unknown> & { key: string }>(text, [accountId])).rows;
  // First: a recount that ends while the rows are read has changed some of them.
  const waiting = await read(
    `SELECT count(*)::int AS key FROM recounts WHERE account_id = $1 AND state IN ('waiting', 'running')`,
  );
  const found = [
    ...(await read(
      `SELECT concat_ws('|', scope, scope_id, campaign_id, local_date) AS key, ${sumsOf(ofDays)} FROM scan_days WHERE account_id = $1 GROUP BY 1`,
    )),
    ...(await read(
      `SELECT concat_ws('|', scope, scope_id, campaign_id, local_date, local_hour) AS key, ${sumsOf(ofHours)} FROM scan_hours WHERE account_id = $1 GROUP BY 1`,
    )),
    ...(await read(
      `SELECT 'code|' || code_id AS key, scans, people, new_followers, refollows, unfollows FROM code_totals WHERE account_id = $1`,
    )),
  ];
  const rows = found.map(({ key, ...counts }): [string, Record<string, number>] => {
    const kept = Object.entries(counts).filter(([, count]) => count !== 0);
    return [
      key,
      Object.fromEntries(
        kept.map(([name, count]) => [
          name.replace('_of_week', '_week').replace('_of_month', '_month'),
          Number(count),
        ]),
      ),
    ];
  });
  const unknown = await read(
    `SELECT scene AS key, events FROM unknown_scenes WHERE account_id = $1 AND events <> 0`,
  );
  return {
    rows: rows.filter(([, counts]) => Object.keys(counts).length > 0),
    unknown: unknown.map(({ key, events }) => [key, Number(events)]),
    waiting: Number(waiting[0]?.key ?? 0),
  };
}
