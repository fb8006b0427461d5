import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { migrate } from '../lib/db/migrate';
import { type DatabaseSource, openDatabase } from '../lib/db/open-database';
import { startPostgres } from '../scripts/test/postgres.mjs';
import { freePort, startApp, stopApp } from './harness/app-process';
import type { BenchGoal, BenchRow, BenchTable } from './harness/table';

/** Fewer with BENCH_EXPORT_CODES, on a machine that has other work. */
const CODES = Number(process.env.BENCH_EXPORT_CODES ?? 100_000);
/** How often a page is asked for, one after the other, with a pause as somebody makes who reads. */
const PAGES = 60;
const PAUSE_MS = 250;
/** What an export is busy with at its begin is over by then. */
const SETTLE_MS = 3_000;

const email = 'bench@example.com';
const password = 'a password for the bench';
const apiKey = 'an-API-key-for-the-bench-long-enough';

/** What a page may take longer while all cores draw: half as long again, or what nobody notices. */
const MOST_TIMES = 1.5;
const UNNOTICED_MS = 50;

/** The list of codes as a browser gets it, before and while an export of all of them is drawn, decoded and sent. */
export default async function benchListUnderExport(): Promise<BenchTable> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'qudao-list-'));
  const postgres = await startPostgres();
  const rows: BenchRow[] = [];
  const wanted: BenchGoal[] = [];
  try {
    const embedded: DatabaseSource = { kind: 'embedded', dataDir: path.join(folder, 'database') };
    await measure('embedded', embedded, { DATA_DIR: folder, DATABASE_URL: '' }, { rows, wanted });
    const own: DatabaseSource = { kind: 'postgresql', url: postgres.url };
    await measure('PostgreSQL', own, { DATA_DIR: folder, DATABASE_URL: postgres.url }, { rows, wanted });
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: 'list-under-export',
    what: `The first page of ${CODES} codes over HTTP, ${PAGES} times, before and while a ZIP of all of them (50 mm, 600 dpi) is sent to another process.`,
    rows,
    wanted,
  };
}

async function measure(
  name: string,
  source: DatabaseSource,
  env: Record<string, string>,
  { rows, wanted }: Pick<BenchTable, 'rows' | 'wanted'>,
): Promise<void> {
  const accountId = await fill(source);
  const port = await freePort();
  const app = await startApp(process.cwd(), port, {
    ...{ ADMIN_API_KEY: apiKey, ADMIN_EMAIL: email, ADMIN_PASSWORD: password },
    ...env,
  });
  const base = `http://localhost:${port}`;
  const reader = fork(path.join(process.cwd(), 'bench', 'harness', 'drop-download.mjs'));
  try {
    const cookie = await signIn(base);
    const list = () => load(`${base}/codes`, cookie);
    await repeat(15, list);
    const before = await repeat(PAGES, list);

    const query = new URLSearchParams({ accountId, mm: '50', dpi: '600', temporary: 'ok' });
    reader.send({ url: `${base}/api/v1/exports?${query}`, apiKey });
    const began = await told(reader);
    await pause(SETTLE_MS);
    const during = await repeat(PAGES, list);
    reader.send({});
    const { bytes, ms, total, isWhole } = await told(reader);
    if (isWhole) throw new Error(`The export was over before the pages were: take more than ${CODES} codes`);

    const files = Math.round((bytes / total) * CODES);
    rows.push(row(`${name}: before`, before, 1));
    const ratio = at(during, 0.5) / at(before, 0.5);
    rows.push(row(`${name}: meanwhile`, during, ratio, `${Math.round((files / ms) * 1_000)} files a second`));
    rows.push(row(`${name}: first byte of the export`, [began.ms], began.ms / at(before, 0.5)));
    for (const share of [0.5, 0.95]) {
      const [former, now] = [at(before, share), at(during, share)];
      wanted.push({
        text: `${name}: p${share * 100} of the list as before (${MOST_TIMES} times, or ${UNNOTICED_MS} ms more)`,
        met: now <= Math.max(former * MOST_TIMES, former + UNNOTICED_MS),
        measured: `${now.toFixed(0)} ms after ${former.toFixed(0)} ms`,
      });
    }
    wanted.push({
      text: `${name}: the export begins within a second`,
      met: began.ms <= 1_000,
      measured: `${began.ms.toFixed(0)} ms`,
    });
  } finally {
    reader.kill();
    await stopApp(app);
  }
}

/** An account with so many issued codes of one campaign. @returns its id */
async function fill(source: DatabaseSource): Promise<string> {
  const { pool, prisma, close } = await openDatabase(source);
  try {
    await migrate(pool);
    const { id: accountId } = await prisma.officialAccount.create({
      data: { name: 'Bench', appId: 'wxbenchlist00000001', externalDeclaredAt: new Date() },
      select: { id: true },
    });
    const { id: campaignId } = await prisma.campaign.create({
      data: { accountId, name: '双十二' },
      select: { id: true },
    });
    await pool.query(
      `INSERT INTO codes (account_id, kind, scene_kind, scene, is_living, label, expire_seconds, status, ticket, url, issued_at, expires_at)
       SELECT $1, 'temporary', 'integer', (200000 + n)::text, true, 'Shop ' || n, 2592000, 'issued', 't' || n,
         rpad('http://weixin.qq.com/q/02' || n, 45, 'kzIoRzvTcBl1xKzT1u5x'), now(), now() + interval '29 days'
       FROM generate_series(1, $2::int) n`,
      [accountId, CODES],
    );
    await pool.query(
      `INSERT INTO assignments (code_id, campaign_id, from_at) SELECT id, $1, now() FROM codes WHERE account_id = $2`,
      [campaignId, accountId],
    );
    await pool.query('ANALYZE');
    return accountId;
  } finally {
    await close();
  }
}

/** As the form does it. @returns the cookies of the session */
async function signIn(base: string): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair);
    }
  };
  const given = await fetch(`${base}/api/auth/csrf`);
  keep(given);
  const { csrfToken } = (await given.json()) as { csrfToken: string };
  const answer = await fetch(`${base}/api/auth/callback/password`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [...jar.values()].join('; ') },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  });
  keep(answer);
  return [...jar.values()].join('; ');
}

/** @returns how long the whole page took, in ms */
async function load(address: string, cookie: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(address, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
  const text = await response.text();
  if (response.status !== 200 || !text.includes('Shop '))
    throw new Error(`The list answered ${response.status}`);
  return performance.now() - began;
}

async function repeat(times: number, work: () => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    taken.push(await work());
    await pause(PAUSE_MS);
  }
  return taken.sort((a, b) => a - b);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const row = (label: string, sorted: readonly number[], ratio: number, note?: string): BenchRow => ({
  ...{ label, medianMs: at(sorted, 0.5), p10Ms: at(sorted, 0.1), p90Ms: at(sorted, 0.9) },
  ...{ measures: sorted.length, ratio, ...(note ? { note } : {}) },
});

type Told = { ms: number; bytes: number; total: number; isWhole: boolean };

function told(reader: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    reader.once('message', (message) => {
      const answer = message as Told & { error?: string };
      if (answer.error) reject(new Error(answer.error));
      else resolve(answer);
    });
  });
}
