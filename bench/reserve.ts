import { randomUUID } from 'node:crypto';
import { createBatch } from '../lib/batches/create-batch';
import { type Context, systemClock } from '../lib/context';
import { migrate } from '../lib/db/migrate';
import { type Database, openDatabase } from '../lib/db/open-database';
import { reserveNextIntegers } from '../lib/ledger/reserve-scenes';
import { startPostgres } from '../scripts/test/postgres.mjs';
import type { BenchGoal, BenchRow, BenchTable } from './harness/table';

const batchRows = 100_000;
const rounds = 2;
const fillings = [0, 50_000, 99_900];

type Named = { name: string; database: Database };

/** 100,000 scenes with their codes, tenures and assignments, beside the barest SQL that writes the same rows. */
export default async function benchReserve(): Promise<BenchTable> {
  const postgres = await startPostgres();
  const rows: BenchRow[] = [];
  const wanted: BenchGoal[] = [];
  try {
    const databases: Named[] = [
      { name: 'embedded', database: await openDatabase({ kind: 'embedded', dataDir: null }) },
      { name: 'PostgreSQL', database: await openDatabase({ kind: 'postgresql', url: postgres.url }) },
    ];
    for (const named of databases) {
      await migrate(named.database.pool);
      await compareWithRaw(named, rows, wanted);
      await fillAndTake(named, rows, wanted);
      await named.database.close();
    }
  } finally {
    await postgres.stop();
  }
  const what = `${batchRows} permanent scenes reserved with their rows in one transaction; then the next free 100 ids of a ledger that is ever fuller.`;
  return { name: 'reserve', what, rows, wanted };
}

function contextOf({ prisma }: Database): Context {
  const noWeChat = { clientFor: () => Promise.reject(new Error('not called')), forget: () => undefined };
  return { db: prisma, wechat: noWeChat, clock: systemClock, actor: { kind: 'system', name: 'bench' } };
}

async function addAccount({ prisma }: Database): Promise<{ accountId: string; campaignId: string }> {
  const appId = `wx${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const account = await prisma.officialAccount.create({
    data: { name: appId, appId, externalDeclaredAt: new Date() },
    select: { id: true },
  });
  const campaign = await prisma.campaign.create({
    data: { accountId: account.id, name: 'Spring' },
    select: { id: true },
  });
  return { accountId: account.id, campaignId: campaign.id };
}

/** The account goes with all that it has, so that every round writes into tables that are as empty. */
async function empty({ pool }: Database): Promise<void> {
  await pool.query('TRUNCATE official_accounts, audit_entries CASCADE').catch(async () => {
    // The audit log refuses to be emptied, as it should; what it holds does not matter here.
    await pool.query('TRUNCATE official_accounts CASCADE');
  });
  await pool.query('VACUUM ANALYZE');
}

async function writeRaw({ pool }: Database, accountId: string, campaignId: string): Promise<void> {
  const client = await pool.connect();
  const ofAccount = [accountId];
  try {
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state, spent_for_campaign_id)
       SELECT $1, 'integer', n::text, n, 'reserved', $2 FROM generate_series(1, ${batchRows}) n`,
      [accountId, campaignId],
    );
    await client.query(
      `WITH batch AS (INSERT INTO batches (account_id, campaign_id, kind, source, total)
         VALUES ($1, $2, 'permanent', 'count', ${batchRows}) RETURNING id)
       INSERT INTO codes (account_id, kind, scene_kind, scene, permanent_scene_id, label, next_attempt_at, batch_id, batch_line)
       SELECT $1, 'permanent', 'integer', n::text, (SELECT min(id) FROM permanent_scenes WHERE account_id = $1) + n - 1,
         'Spring ' || n, now(), (SELECT id FROM batch), n FROM generate_series(1, ${batchRows}) n`,
      [accountId, campaignId],
    );
    await client.query(
      'INSERT INTO scene_tenures (permanent_scene_id, code_id) SELECT permanent_scene_id, id FROM codes WHERE account_id = $1',
      ofAccount,
    );
    await client.query(
      'INSERT INTO assignments (code_id, campaign_id) SELECT id, $2 FROM codes WHERE account_id = $1',
      [accountId, campaignId],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function compareWithRaw(
  { name, database }: Named,
  rows: BenchRow[],
  wanted: BenchGoal[],
): Promise<void> {
  const ctx = contextOf(database);
  const label = (what: string) => `${name}: ${what}`;
  const contenders = [
    {
      label: label('raw INSERT … SELECT generate_series'),
      run: (accountId: string, campaignId: string) => writeRaw(database, accountId, campaignId),
    },
    {
      label: label('createBatch, from a count'),
      run: (accountId: string, campaignId: string) =>
        createBatch(ctx, accountId, { input: { campaignId, kind: 'permanent', count: batchRows } }),
    },
    {
      label: label('createBatch, from a CSV'),
      note: 'read, checked row by row, and imported',
      run: (accountId: string, campaignId: string) =>
        createBatch(ctx, accountId, {
          input: { campaignId, kind: 'permanent' },
          file: { charset: null, name: null, open: tableOf },
        }),
    },
  ];
  const times = new Map<string, number[]>(contenders.map((each) => [each.label, []]));
  for (let round = 0; round < rounds; round++) {
    for (const each of contenders) {
      await empty(database);
      const { accountId, campaignId } = await addAccount(database);
      const start = performance.now();
      await each.run(accountId, campaignId);
      times.get(each.label)?.push(performance.now() - start);
    }
  }
  const raw = median(times.get(contenders[0]?.label ?? '') ?? []);
  for (const each of contenders) rows.push(toRow(each.label, times.get(each.label) ?? [], raw, each.note));
  const counted = median(times.get(contenders[1]?.label ?? '') ?? []) / raw;
  wanted.push({
    text: `${name}: a batch of ${batchRows} takes at most 2 times as long as the raw SQL`,
    met: counted <= 2,
    measured: `${counted.toFixed(2)} times`,
  });
}

async function* tableOf(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('名称,key\n');
  for (let n = 1; n <= batchRows; n += 1_000) {
    yield Buffer.from(Array.from({ length: 1_000 }, (_, i) => `门店 ${n + i},SH-${n + i}\n`).join(''));
  }
}

/** The next free 100 ids, taken and given back, with so many taken at random. */
async function fillAndTake({ name, database }: Named, rows: BenchRow[], wanted: BenchGoal[]): Promise<void> {
  const { prisma, pool } = database;
  const medians: number[] = [];
  for (const taken of fillings) {
    await empty(database);
    const { accountId } = await addAccount(database);
    await pool.query(
      `INSERT INTO permanent_scenes (account_id, kind, scene, scene_id, state)
       SELECT $1, 'integer', picked.n::text, picked.n, 'external' FROM (
         SELECT n FROM generate_series(1, 100000) n ORDER BY md5(n::text) LIMIT ${taken}) picked ORDER BY picked.n`,
      [accountId],
    );
    await pool.query('VACUUM ANALYZE');
    const times: number[] = [];
    for (let i = 0; i < 25; i++) {
      const start = performance.now();
      const undone = new Error('undone');
      await prisma
        .$transaction(async (tx) => {
          await reserveNextIntegers(tx, accountId, 100);
          times.push(performance.now() - start);
          throw undone;
        })
        .catch((error: unknown) => {
          if (error !== undone) throw error;
        });
    }
    medians.push(median(times.slice(5)));
    rows.push(toRow(`${name}: next free 100 ids, ${taken} taken`, times.slice(5), medians[0] ?? 0));
  }
  const worst = Math.max(...medians) / (medians[0] ?? 1);
  wanted.push({
    text: `${name}: the next free 100 ids take as long in a full ledger as in an empty one (flat: within 2 times)`,
    met: worst <= 2,
    measured: `${worst.toFixed(2)} times`,
  });
}

function toRow(label: string, times: number[], base: number, note?: string): BenchRow {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? 0;
  return {
    label,
    medianMs: at(0.5),
    p10Ms: at(0.1),
    p90Ms: at(0.9),
    measures: sorted.length,
    ratio: at(0.5) / base,
    ...(note ? { note } : {}),
  };
}

function median(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) / 2)] ?? 0;
}
