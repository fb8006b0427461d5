import { randomUUID } from 'node:crypto';
import { getBreakdown } from '../lib/analytics/get-breakdown';
import { getFunnel } from '../lib/analytics/get-funnel';
import { getHeatMap } from '../lib/analytics/get-heat-map';
import { getSeries } from '../lib/analytics/get-series';
import { getWeekHours } from '../lib/analytics/get-week-hours';
import { listMovers } from '../lib/analytics/list-movers';
import { summariseScans } from '../lib/analytics/summarise-scans';
import type { Context } from '../lib/context';
import { migrate } from '../lib/db/migrate';
import { type Database, openDatabase } from '../lib/db/open-database';
import { startPostgres } from '../scripts/test/postgres.mjs';
import type { BenchGoal, BenchRow, BenchTable } from './harness/table';
import { timeInterleaved } from './harness/time-interleaved';

/** Lower them with ANALYTICS_BENCH_EVENTS=100000,1000000; half a million are the least, two a code and day. */
const scales = (process.env.ANALYTICS_BENCH_EVENTS ?? '1000000,10000000').split(',').map(Number);
const codes = 100_000;
const channels = 2_000;
const campaigns = 20;
const days = 60;
/** Every code is scanned on so many days, the same ones at every scale. */
const activeDays = 5;
const today = '2026-11-23';
const from = '2026-10-25';
const rounds = 3;

/**
 * Each query over the roll-ups beside GROUP BY over the raw events, for the same codes and days. An account for each scale
 * stands in one database and all are asked in turn, so that what slows the machine down slows all of them.
 */
export default async function benchAnalytics(): Promise<BenchTable> {
  const postgres = await startPostgres();
  const rows: BenchRow[] = [];
  const wanted: BenchGoal[] = [];
  try {
    const database = await openDatabase({ kind: 'postgresql', url: postgres.url });
    await migrate(database.pool);
    const places: { events: number; queries: Query[] }[] = [];
    for (const [scale, events] of scales.entries()) {
      const accountId = await fill(database, scale, events);
      places.push({ events, queries: queriesOf(database, scale, accountId) });
    }
    await database.pool.query('VACUUM ANALYZE');
    for (const [place, { name }] of (places[0]?.queries ?? []).entries()) {
      const asked = places.flatMap(({ events, queries }) => {
        const query = queries[place];
        return query ? [{ ...query, of: `${events.toLocaleString('en')} events: ${name}` }] : [];
      });
      for (const { check } of asked) await check();
      const measured = await timeInterleaved(
        asked.flatMap(({ of, raw, service }) => [
          { label: `${of}, GROUP BY over events`, run: raw, repeat: 1 },
          { label: `${of}, roll-ups`, run: service, repeat: 1, turns: 5 },
        ]),
        rounds,
        `${asked.at(-1)?.of}, roll-ups`,
      );
      rows.push(...measured);
      const medians = measured.map(({ medianMs }) => medianMs);
      const [fewest = 0, raw = 0, most = 0] = [medians[1], medians.at(-2), medians.at(-1)];
      wanted.push(
        {
          text: `${asked.at(-1)?.of}: at least 100 times faster than GROUP BY`,
          met: raw / most >= 100,
          measured: `${(raw / most).toFixed(raw / most < 10 ? 1 : 0)} times`,
        },
        {
          text: `${name}: flat from the fewest to the most events (at most 1.3 times)`,
          met: most / fewest <= 1.3,
          measured: `${(most / fewest).toFixed(2)} times`,
        },
      );
    }
    await database.close();
  } finally {
    await postgres.stop();
  }
  const what = `${codes.toLocaleString('en')} codes in ${channels} channels and ${campaigns} campaigns, ${days} days, on PostgreSQL; every answer's scans are first compared with those of the events.`;
  return { name: 'analytics', what, rows, wanted };
}

const none = '00000000-0000-0000-0000-000000000000';
const [campaignKind, channelKind, codeKind] = [1, 2, 3];

/** Ids of one scale that SQL can make again from a number. */
function idsOf(scale: number) {
  const head = (kind: number) => `${String(scale * 10 + kind).padStart(8, '0')}-0000-4000-8000-`;
  return {
    idSql: (kind: number, number: string) => `('${head(kind)}' || lpad((${number})::text, 12, '0'))::uuid`,
    idOf: (kind: number, number: number) => head(kind) + String(number).padStart(12, '0'),
  };
}

async function fill({ pool }: Database, scale: number, events: number): Promise<string> {
  const { idSql } = idsOf(scale);
  const accountId = randomUUID();
  const perCell = Math.max(1, Math.round(events / (codes * activeDays)));
  const run = (sql: string) => pool.query(sql);
  await run(
    `INSERT INTO official_accounts (id, name, app_id, counted_since)
     VALUES ('${accountId}', 'bench', 'wx${accountId.slice(0, 8)}', '2026-01-01')`,
  );
  await run(
    `INSERT INTO campaigns (id, account_id, name) SELECT ${idSql(campaignKind, 'n')}, '${accountId}', 'campaign ' || n
     FROM generate_series(0, ${campaigns - 1}) n`,
  );
  await run(
    `INSERT INTO channels (id, account_id, number, name, city) SELECT ${idSql(channelKind, 'n')}, '${accountId}', n::text,
       'channel ' || n, 'city ' || n % 50 FROM generate_series(0, ${channels - 1}) n`,
  );
  await run(
    `INSERT INTO codes (id, account_id, kind, scene_kind, scene, label, status, ticket, url, channel_id, issued_at, expires_at, expire_seconds)
     SELECT ${idSql(codeKind, 'n')}, '${accountId}', 'temporary', 'integer', (1000000 + n)::text, 'code ' || n, 'issued', 'ticket ' || n, 'http://weixin.qq.com/q/' || n,
       ${idSql(channelKind, `n % ${channels}`)}, '2026-09-01', '2027-01-01', 2592000
     FROM generate_series(0, ${codes - 1}) n`,
  );
  const people = 200_000;
  await run(
    `INSERT INTO followers (account_id, person_key, first_seen_at) SELECT '${accountId}', gen_random_uuid(), '2026-09-01'
     FROM generate_series(1, ${people})`,
  );
  const { rows } = await pool.query<{ first: string }>(
    `SELECT min(id)::text AS first FROM followers WHERE account_id = '${accountId}'`,
  );
  const firstFollower = rows[0]?.first ?? '1';
  // The nth code's kth day of `activeDays`, and an hour of it.
  const cells = `SELECT n, k, (date '${today}' - (n * 7 + k * 12) % ${days})::date AS day, 8 + (n + k) % 12 AS hour
    FROM generate_series(0, ${codes - 1}) n, generate_series(0, ${activeDays - 1}) k`;
  await run(
    `INSERT INTO scan_events (account_id, digest, kind, at, local_date, local_hour, follower_id, scene, code_id, channel_id, campaign_id)
     SELECT '${accountId}', gen_random_uuid(), CASE WHEN e % 5 = 0 THEN 'subscribe' ELSE 'scan' END::scan_event_kind,
       (day + make_interval(hours => hour)) AT TIME ZONE 'Asia/Shanghai', day, hour,
       ${firstFollower} + (n * 31 + k * 17 + e * 7919) % ${people}, (1000000 + n)::text, ${idSql(codeKind, 'n')},
       ${idSql(channelKind, `n % ${channels}`)}, ${idSql(campaignKind, `n % ${campaigns}`)}
     FROM (${cells}) cell, generate_series(0, ${perCell - 1}) e ORDER BY day, hour`,
  );
  const follows = Math.ceil(perCell / 5);
  const sums = `sum(${perCell}), sum(${perCell}), sum(${perCell}), sum(${perCell}), sum(${perCell}), sum(${perCell}),
    sum(${follows}), sum(${perCell - follows})`;
  const scopes = [
    ['account', `'${accountId}'::uuid`, `'${none}'::uuid`],
    ['campaign', idSql(campaignKind, `n % ${campaigns}`), idSql(campaignKind, `n % ${campaigns}`)],
    ['channel', idSql(channelKind, `n % ${channels}`), idSql(campaignKind, `n % ${campaigns}`)],
    ['code', idSql(codeKind, 'n'), idSql(campaignKind, `n % ${campaigns}`)],
  ];
  for (const [scope, id, campaign] of scopes) {
    await run(
      `INSERT INTO scan_days (account_id, scope, scope_id, campaign_id, local_date, scans, people, people_of_week,
         people_of_month, people_of_pair, people_of_pair_month, new_followers, follower_scans)
       SELECT '${accountId}', '${scope}', ${id}, ${campaign}, day, ${sums} FROM (${cells}) cell GROUP BY 3, 4, 5`,
    );
    await run(
      `INSERT INTO scan_hours (account_id, scope, scope_id, campaign_id, local_date, local_hour, scans, people)
       SELECT '${accountId}', '${scope}', ${id}, ${campaign}, day, hour, sum(${perCell}), sum(${perCell})
       FROM (${cells}) cell GROUP BY 3, 4, 5, 6`,
    );
  }
  return accountId;
}

type Query = {
  name: string;
  service: () => Promise<unknown>;
  raw: () => Promise<unknown>;
  check: () => Promise<void>;
};

function queriesOf({ prisma, pool }: Database, scale: number, accountId: string): Query[] {
  const { idOf } = idsOf(scale);
  const noWeChat = { clientFor: () => Promise.reject(new Error('not called')), forget: () => undefined };
  const ctx: Context = {
    db: prisma,
    wechat: noWeChat,
    clock: { now: () => new Date(`${today}T12:00:00Z`) },
    actor: { kind: 'system', name: 'bench' },
  };
  const range = { from, to: today };
  const campaignId = idOf(campaignKind, 3);
  const channelId = idOf(channelKind, 3);
  const codeId = idOf(codeKind, 3);
  const raw = async (select: string, where: string, rest = '') => {
    const { rows } = await pool.query<{ scans: string }>(
      `SELECT ${select} count(*) AS scans, count(DISTINCT follower_id) AS people FROM scan_events
       WHERE account_id = '${accountId}' AND local_date BETWEEN '${from}' AND '${today}'
         AND at >= '${from}'::date - 1 AND ${where} ${rest}`,
    );
    return rows;
  };
  const query = (
    name: string,
    service: () => Promise<readonly { scans: number }[]>,
    rawRows: () => Promise<readonly { scans: string }[]>,
  ): Query => ({
    name,
    service,
    raw: rawRows,
    async check() {
      const sumOf = (rows: readonly { scans: string | number }[]) =>
        rows.reduce((sum, { scans }) => sum + Number(scans), 0);
      const [own, events] = [sumOf(await service()), sumOf(await rawRows())];
      if (own !== events) throw new Error(`${name}: the roll-ups say ${own}, the events ${events}`);
    },
  });
  const breakdown = (by: 'campaign' | 'channel' | 'code' | 'city', filter = {}, limit = 50) =>
    getBreakdown(ctx, accountId, { ...range, ...filter, by, limit }).then(({ items }) => items);
  const top = 'ORDER BY 2 DESC, 1 LIMIT 50';

  return [
    query(
      'summary',
      async () => [await summariseScans(ctx, accountId, range)],
      () => raw('', 'true'),
    ),
    query(
      'summary of a code',
      async () => [await summariseScans(ctx, accountId, { ...range, codeId })],
      () => raw('', `code_id = '${codeId}'`),
    ),
    query(
      'series by day',
      async () => (await getSeries(ctx, accountId, { ...range, by: 'day' })).items,
      () => raw('local_date,', 'true', 'GROUP BY 1'),
    ),
    query(
      'series by hour of a campaign',
      async () => (await getSeries(ctx, accountId, { ...range, by: 'hour', campaignId })).items,
      () => raw('local_date, local_hour,', `campaign_id = '${campaignId}'`, 'GROUP BY 1, 2'),
    ),
    query(
      'by campaign',
      () => breakdown('campaign'),
      () => raw('campaign_id,', 'true', `GROUP BY 1 ${top}`),
    ),
    query(
      'by channel',
      () => breakdown('channel'),
      () => raw('channel_id,', 'true', `GROUP BY 1 ${top}`),
    ),
    query(
      'by city',
      () => breakdown('city'),
      async () => raw('', 'true'),
    ),
    query(
      'by code, all of the account',
      () => breakdown('code'),
      () => raw('code_id,', 'true', `GROUP BY 1 ${top}`),
    ),
    query(
      'by code of a channel',
      () => breakdown('code', { channelId }),
      () => raw('code_id,', `channel_id = '${channelId}'`, `GROUP BY 1 ${top}`),
    ),
    query(
      'campaign × channel',
      async () =>
        (await getHeatMap(ctx, accountId, { ...range, channelId })).rows.map(({ scans }) => ({
          scans: scans.reduce((sum, each) => sum + each, 0),
        })),
      () => raw('campaign_id, channel_id,', `channel_id = '${channelId}'`, 'GROUP BY 1, 2'),
    ),
    query(
      'hour × weekday',
      async () => (await getWeekHours(ctx, accountId, range)).scans.flat().map((scans) => ({ scans })),
      () => raw('extract(isodow FROM local_date), local_hour,', 'true', 'GROUP BY 1, 2'),
    ),
    query(
      'funnel',
      async () => [await getFunnel(ctx, accountId, range)],
      () => raw('', 'true'),
    ),
    {
      name: 'movers among channels',
      service: () => listMovers(ctx, accountId),
      raw: () =>
        pool.query(
          `SELECT channel_id, count(*) FILTER (WHERE local_date >= '${from}') - count(*) FILTER (WHERE local_date < '${from}')
           FROM scan_events WHERE account_id = '${accountId}' GROUP BY 1 ORDER BY 2 DESC LIMIT 5`,
        ),
      check: async () => undefined,
    },
  ];
}
