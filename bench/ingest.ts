import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../scripts/test/postgres.mjs';
import { writePush } from '../simulator/push-body';
import { Simulator } from '../simulator/server';
import { freePort, startApp, stopApp } from './harness/app-process';
import type { BenchGoal, BenchRow, BenchTable } from './harness/table';

const perRound = 3_000;
const rounds = 5;
const connections = 64;
const paceSeconds = 10;
const wantedShare = 0.85;
const wantedP99Ms = 100;

const appId = 'wxbenchingest000001';
const secret = '0123456789abcdef0123456789abcdef';
const token = 'tokenOfTheBench';
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const apiKey = 'an-API-key-for-the-bench-long-enough';

/** Pushes a second that the built app accepts in safe mode, against a bare route of Next in the same server. */
export default async function benchIngest(): Promise<BenchTable> {
  const copy = buildWithBareRoute();
  const postgres = await startPostgres();
  const rows: BenchRow[] = [];
  const wanted: BenchGoal[] = [];
  try {
    const embedded = { DATA_DIR: path.join(copy, 'bench-data'), DATABASE_URL: '' };
    await measure('embedded', embedded, 1);
    const one = await measure('PostgreSQL', { DATABASE_URL: postgres.url }, 1);
    const two = await measure('PostgreSQL, two processes', { DATABASE_URL: postgres.url }, 2);
    wanted.push({
      text: `two processes on PostgreSQL clearly above one, where cores allow (${os.cpus().length} here)`,
      met: two > one * 1.2,
      measured: `${Math.round(two)} a second for ${Math.round(one)}`,
    });
  } finally {
    await postgres.stop();
    rmSync(copy, { recursive: true, force: true });
  }
  const what = `Events accepted over HTTP in safe mode, ${perRound} a round over ${connections} connections, in turn with a route of Next that answers "success" and does nothing else.`;
  return { name: 'ingest', what, rows, wanted };

  async function measure(name: string, env: Record<string, string>, processes: number): Promise<number> {
    const simulator = new Simulator();
    const standIn = `http://127.0.0.1:${await simulator.listen(0)}`;
    const servers: ChildProcess[] = [];
    const load = fork(path.join(process.cwd(), 'bench', 'harness', 'push-load.mjs'));
    try {
      const ports: number[] = [];
      for (let i = 0; i < processes; i++) {
        const port = await freePort();
        servers.push(
          await startApp(copy, port, {
            ...{ ADMIN_API_KEY: apiKey, WECHAT_API_BASE: standIn, WECHAT_MP_BASE: standIn },
            ...env,
          }),
        );
        ports.push(port);
      }
      const push = await prepare(`http://localhost:${ports[0]}`, standIn);
      const bare = Array.from({ length: perRound }, () => ({
        path: '/api/bare',
        body: push(1)[0]?.body ?? '',
      }));
      const seconds: Record<'bare' | 'push', number[]> = { bare: [], push: [] };
      await ask(load, { ports, requests: push(500), connections });
      for (let round = 0; round < rounds; round++) {
        const ofBare = await ask<Flood>(load, { ports, requests: bare, connections });
        const ofPush = await ask<Flood>(load, { ports, requests: push(perRound), connections });
        if (ofBare.refused + ofPush.refused > 0)
          throw new Error(`${ofPush.refused} pushes were not accepted`);
        seconds.bare.push(ofBare.ms);
        seconds.push.push(ofPush.ms);
      }
      const calm = await ask<Paced>(load, { ports, requests: push(300 * paceSeconds), perSecond: 300 });
      const [bareMs, pushMs] = [median(seconds.bare), median(seconds.push)];
      const rateOf = (ms: number) => (perRound / ms) * 1000;
      rows.push(row(`${name}: bare route`, seconds.bare, 1, `${Math.round(rateOf(bareMs))} a second`));
      rows.push(
        row(`${name}: events`, seconds.push, pushMs / bareMs, `${Math.round(rateOf(pushMs))} a second`),
      );
      if (processes > 1) return rateOf(pushMs);
      const share = bareMs / pushMs;
      wanted.push({
        text: `${name}: at least ${wantedShare * 100} % of the bare route`,
        met: share >= wantedShare,
        measured: `${(share * 100).toFixed(1)} %`,
      });
      wanted.push({
        text: `${name}: 99th percentile at 300 a second under ${wantedP99Ms} ms`,
        met: calm.p99 < wantedP99Ms && calm.refused === 0,
        measured: `${calm.p99.toFixed(1)} ms (median ${calm.p50.toFixed(1)} ms)`,
      });
      return rateOf(pushMs);
    } finally {
      load.kill();
      await Promise.all(servers.map(stopApp));
      await simulator.close();
    }
  }
}

type Request = { path: string; body: string };
type Flood = { ms: number; refused: number };
type Paced = { p50: number; p99: number; refused: number };

function row(label: string, measures: number[], ratio: number, note: string): BenchRow {
  const sorted = [...measures].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { label, medianMs: at(0.5), p10Ms: at(0.1), p90Ms: at(0.9), measures: sorted.length, ratio, note };
}

function median(measures: number[]): number {
  return [...measures].sort((a, b) => a - b)[Math.floor(measures.length / 2)] ?? 0;
}

function ask<T>(load: ChildProcess, order: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the client ended'));
    load.once('exit', onExit);
    load.once('message', (result) => {
      load.off('exit', onExit);
      resolve(result as T);
    });
    load.send(order);
  });
}

/** The app as it is, and beside it the route that it is measured against. */
function buildWithBareRoute(): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'qudao-ingest-'));
  const left = ['node_modules', '.next', '.git', 'data', 'e2e'];
  cpSync(process.cwd(), copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (file) => !left.includes(path.relative(process.cwd(), file)),
  });
  const linked = spawnSync('cp', [
    '-al',
    path.join(process.cwd(), 'node_modules'),
    path.join(copy, 'node_modules'),
  ]);
  if (linked.status !== 0) cpSync('node_modules', path.join(copy, 'node_modules'), { recursive: true });
  mkdirSync(path.join(copy, 'app', 'api', 'bare'));
  writeFileSync(
    path.join(copy, 'app', 'api', 'bare', 'route.ts'),
    `export async function POST() {\n  return new Response('success');\n}\n`,
  );
  return copy;
}

/** An account with twenty codes. @returns makes so many pushes, none of which was there before */
async function prepare(base: string, standIn: string): Promise<(count: number) => Request[]> {
  const post = async (url: string, body: object) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
    return (await response.json()) as { id: string; ticket: string; scene: { id: number } };
  };
  const own = `${appId}${randomBytes(3).toString('hex')}`;
  const settings = { appId: own, secret, pushToken: token, encodingAesKey: aesKey, mode: 'safe' as const };
  await post(`${standIn}/_sim/accounts`, settings);
  const account = await post(`${base}/api/v1/accounts`, {
    ...{ name: own, appId: own, appSecret: secret, tokenSource: 'stable', timeZone: 'Asia/Shanghai' },
    ...{ pushToken: token, encodingAesKey: aesKey, pushMode: 'safe' },
  });
  const accountId = account.id;
  await post(`${base}/api/v1/quota/external`, { accountId, none: true });
  const campaign = await post(`${base}/api/v1/campaigns`, { accountId, name: 'Bench' });
  const channel = await post(`${base}/api/v1/channels`, { accountId, number: own, name: 'Shop' });
  const codes: { ticket: string; scene: number }[] = [];
  for (let i = 0; i < 20; i++) {
    const code = {
      accountId,
      campaignId: campaign.id,
      channelId: channel.id,
      label: `code ${i}`,
      kind: 'permanent',
    };
    const { ticket, scene } = await post(`${base}/api/v1/codes`, code);
    codes.push({ ticket, scene: scene.id });
  }
  let made = 0;
  return (count) =>
    Array.from({ length: count }, () => {
      const now = Math.floor(Date.now() / 1000);
      const { ticket, scene } = codes[made % codes.length] ?? { ticket: '', scene: 0 };
      // Two in five scan again, as followers do.
      const person = made % 5 < 3 ? made : made - (made % 500);
      const isAgain = person !== made;
      made += 1;
      const event = {
        ...{ openid: `oBench${person}`, createTime: now - (made % 3_600), msgType: 'event', ticket },
        ...{ event: isAgain ? 'SCAN' : 'subscribe', eventKey: isAgain ? String(scene) : `qrscene_${scene}` },
      };
      const { query, body } = writePush({ ...settings, originalId: 'gh_bench' }, event, now);
      return { path: `/api/wechat/${accountId}?${query}`, body };
    });
}
