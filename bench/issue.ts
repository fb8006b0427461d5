import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { createWeChatGateway } from '../lib/accounts/wechat-gateway';
import { createBatch } from '../lib/batches/create-batch';
import { getBatch } from '../lib/batches/get-batch';
import { startIssuing } from '../lib/codes/start-issuing';
import { type Context, systemClock } from '../lib/context';
import { migrate } from '../lib/db/migrate';
import { type DatabaseSource, openDatabase } from '../lib/db/open-database';
import { seal } from '../lib/secrets';
import { startPostgres } from '../scripts/test/postgres.mjs';
import type { BenchGoal, BenchRow, BenchTable } from './harness/table';

const codes = 2_000;
const callMs = 50;
const bound = 16;
const wechatSecret = '0123456789abcdef0123456789abcdef';
const appSecret = 'a secret for the bench, long enough';

/** What the bound allows: each place takes a call of 50 ms after the other. */
const idealMs = (codes * callMs) / bound;

/** 2,000 permanent codes over HTTP from a stand-in that takes 50 ms a call, by the worker as the server runs it. */
export default async function benchIssue(): Promise<BenchTable> {
  process.env.LOG_LEVEL = 'silent';
  const standIn = await startStandIn();
  const postgres = await startPostgres();
  const rows: BenchRow[] = [row(`ideal: ${bound} calls at a time and nothing else`, idealMs)];
  const wanted: BenchGoal[] = [];
  try {
    await control(standIn.base, 'faults', {
      kind: 'slow',
      rate: 1,
      delayMs: callMs,
      path: '/cgi-bin/qrcode/create',
      seed: 1,
    });
    await measure('embedded', { kind: 'embedded', dataDir: null });
    await measure('PostgreSQL', { kind: 'postgresql', url: postgres.url });
  } finally {
    await postgres.stop();
    standIn.child.kill();
  }
  const what = `${codes} permanent codes issued over HTTP, the stand-in at ${callMs} ms a call, at most ${bound} calls at once.`;
  return { name: 'issue', what, rows, wanted };

  async function measure(name: string, source: DatabaseSource): Promise<void> {
    const { ms, heapGrowthMb } = await issueAll(source, standIn.base);
    const share = idealMs / ms;
    const note = `${Math.round((codes / ms) * 1000)} a second; heap ${heapGrowthMb >= 0 ? '+' : ''}${heapGrowthMb.toFixed(1)} MB after them`;
    rows.push(row(name, ms, note));
    wanted.push({
      text: `${name}: at least 90 % of the ideal rate`,
      met: share >= 0.9,
      measured: `${(share * 100).toFixed(1)} %`,
    });
    wanted.push({
      text: `${name}: flat memory (2,000 codes later the heap holds at most 5 MB more)`,
      met: heapGrowthMb <= 5,
      measured: `${heapGrowthMb.toFixed(1)} MB`,
    });
  }

  function row(label: string, ms: number, note?: string): BenchRow {
    return {
      label,
      medianMs: ms,
      p10Ms: ms,
      p90Ms: ms,
      measures: 1,
      ratio: ms / idealMs,
      ...(note ? { note } : {}),
    };
  }
}

async function issueAll(source: DatabaseSource, base: string): Promise<{ ms: number; heapGrowthMb: number }> {
  const database = await openDatabase(source);
  await migrate(database.pool);
  const { prisma } = database;
  const bases = { api: base, mp: base };
  const wechat = createWeChatGateway(prisma, systemClock, {
    appSecret: () => appSecret,
    bases,
    demoBase: base,
  });
  const ctx: Context = { db: prisma, wechat, clock: systemClock, actor: { kind: 'system', name: 'bench' } };
  const appId = `wx${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await control(base, 'accounts', { appId, secret: wechatSecret });
  const accountId = randomUUID();
  await prisma.officialAccount.create({
    data: {
      ...{ id: accountId, appId, name: appId, externalDeclaredAt: new Date() },
      appSecretSealed: seal(appSecret, `account:${accountId}:appSecret`, wechatSecret),
    },
  });
  const campaign = await prisma.campaign.create({
    data: { accountId, name: 'Spring' },
    select: { id: true },
  });
  const issue = async (count: number) => {
    const input = { campaignId: campaign.id, kind: 'permanent' as const, count };
    const { id } = await createBatch(ctx, accountId, { input });
    for (;;) {
      const { state, startedAt, finishedAt } = await getBatch(ctx, accountId, id);
      if (state === 'done') return Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '');
      await sleep(500);
    }
  };
  const issuing = await startIssuing(database, async () => ctx);
  try {
    // As on a server that has been running: its code is compiled, the token is there, the pace is found.
    await issue(200);
    const before = heldMb();
    const ms = await issue(codes);
    return { ms, heapGrowthMb: heldMb() - before };
  } finally {
    await issuing.stop();
    await wechat.close();
    await database.close();
  }
}

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

/** What is held, not what waits to be collected. */
function heldMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_048_576;
}

/** In a process of its own, as in life: its work is not this process's. */
async function startStandIn(): Promise<{ child: ChildProcess; base: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, SIMULATOR_PORT: '0' },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`the stand-in ended with ${code}`)));
  });
  return { child, base: `http://127.0.0.1:${port}` };
}

async function control(base: string, what: string, body: unknown): Promise<void> {
  const response = await fetch(`${base}/_sim/${what}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
}
