import {
  createServer,
  type Server as HttpServer,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { mulberry32 } from '../../simulator/faults';
import { Simulator } from '../../simulator/server';
import { countNaively, type KnownCode, type NaiveCounts, type ToldEvent } from './naive-counts';
import type { Counted, Prepared, ScanOrder } from './scan-receiver';
import { type Server, type ServerDatabase, startServer } from './start-server';

export type ScanFaultTest = {
  events: number;
  kills: number;
  database: ServerDatabase;
  /** On PostgreSQL; they are killed in turn. */
  processes?: number;
  seed?: number;
  onProgress?: (line: string) => void;
};

export type ScanFaultReport = {
  events: number;
  deliveries: number;
  killed: number;
  seconds: number;
  /** Rows in which the app and the separate count differ; the first few. */
  wrong: string[];
  rowsCompared: number;
  /** What the app's own check found, and what a replay mended after counts were damaged on purpose. */
  checkFound: number;
  replayMended: number;
  wrongAfterReplay: string[];
};

const appId = 'wxscanfaulttest0001';
const secret = '0123456789abcdef0123456789abcdef';
const token = 'the token of the fault test';
const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
/** Both change their clocks within the time told of. */
const [firstZone, lastZone] = ['Europe/Berlin', 'America/New_York'];
const begins = Date.UTC(2026, 1, 20) / 1000;
const spanSeconds = 120 * 86_400;
const unknownScenes = ['login-1', 'login-2', 'to be adopted'];
const adoptedScene = 'to be adopted';

/**
 * Has the stand-in WeChat tell a believable history in random order, each event two or three times, to real server
 * processes that are killed with SIGKILL meanwhile; on the way a scene is adopted, the time zone changed, counts checked.
 *
 * @returns how the counts stand against those worked out by other code from the stand-in's own log
 */
export async function runScanFaultTest(test: ScanFaultTest): Promise<ScanFaultReport> {
  const { events, kills, processes = 1, seed = Date.now() % 1_000_000, onProgress = () => undefined } = test;
  const random = mulberry32(seed);
  const began = performance.now();
  const simulator = new Simulator();
  const base = `http://127.0.0.1:${await simulator.listen(0)}`;
  const servers: Server<ScanOrder>[] = [];
  let proxy: HttpServer | null = null;
  try {
    const control = <T>(what: string, body?: unknown) => call<T>(base, what, body);
    await control('accounts', {
      appId,
      secret,
      pushToken: token,
      encodingAesKey: aesKey,
      mode: 'safe',
      pushRetryMs: 20,
    });
    for (let i = 0; i < processes; i++)
      servers.push(await startServer('scan-receiver.mjs', test.database, base));
    const first = () => {
      const [server] = servers;
      if (!server) throw new Error('no process was wanted');
      return server;
    };
    const prepared = await first().ask<Prepared>({
      ...{ do: 'prepare', appId, secret, zone: firstZone ?? '', token, aesKey },
      handOverAt: begins + Math.floor(spanSeconds * 0.6),
    });
    const { accountId, codes, tickets } = prepared;
    await makeHistory(control, { events, tickets, random });
    onProgress(`the stand-in has ${events} events to tell`);

    proxy = await startProxy(() => servers.map(({ port }) => port));
    const pushUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/${accountId}`;
    await control('accounts', { appId, secret, pushUrl });
    const told = tell(control, seed);
    let isTold = false;
    const ended = told.then(() => {
      isTold = true;
    });
    const kinds = ['adopt', 'zone', 'check'] as const;
    const marks = Array.from({ length: kills }, () => Math.floor(events * 2 * (0.05 + 0.85 * random()))).sort(
      (a, b) => a - b,
    );
    for (const [place, mark] of marks.entries()) {
      while (!isTold && (await deliveredAt(base)) < mark) await sleep(20);
      const at = place % processes;
      await servers[at]?.kill();
      onProgress(`killed ${place + 1} of ${kills} after ${await deliveredAt(base)} deliveries`);
      servers[at] = await startServer('scan-receiver.mjs', test.database, base);
      const kind = kinds[place];
      const campaignId = codes[0]?.campaigns[0]?.campaignId ?? '';
      if (kind === 'adopt') codes.push(await adopt(first(), { accountId, campaignId }));
      if (kind === 'zone') await first().ask({ do: 'zone', accountId, zone: lastZone ?? '' });
    }
    await ended;
    onProgress('everything is told');

    const log = await readLog(base, events);
    const hasAdopted = codes.some(({ scene }) => scene === adoptedScene);
    if (!hasAdopted)
      codes.push(await adopt(first(), { accountId, campaignId: codes[0]?.campaigns[0]?.campaignId ?? '' }));
    await first()
      .ask({ do: 'zone', accountId, zone: lastZone ?? '' })
      .catch(() => undefined);
    const expected = countNaively(accountId, log.events, codes, lastZone ?? '');
    const present = await settled(first(), accountId);
    const checkFound = await first().ask<number>({ do: 'recount', accountId, reason: 'check' });
    const replayMended = await first().ask<number>({
      do: 'recount',
      accountId,
      reason: 'replay',
      damage: true,
    });
    const mended = await settled(first(), accountId);
    return {
      ...{ events: log.events.length, deliveries: log.deliveries, killed: kills, checkFound, replayMended },
      seconds: Math.round((performance.now() - began) / 1000),
      rowsCompared: expected.rows.size,
      wrong: differences(expected, present),
      wrongAfterReplay: differences(expected, mended),
    };
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    proxy?.closeAllConnections();
    proxy?.close();
    await simulator.close();
  }
}

type Control = <T>(what: string, body?: unknown) => Promise<T>;

async function makeHistory(
  control: Control,
  { events, tickets, random }: { events: number; tickets: string[]; random: () => number },
): Promise<void> {
  const people = Math.ceil(events / 7);
  const following = new Set<string>();
  for (let i = 0; i < events; i++) {
    const openid = `oPerson${Math.floor(random() * random() * people)}`;
    const createTime = begins + Math.floor((i / events) * spanSeconds);
    const dice = random();
    if (following.has(openid) && dice < 0.25) {
      following.delete(openid);
      await control('unfollow', { appId, openid, createTime });
    } else if (!following.has(openid) && dice < 0.15) {
      following.add(openid);
      await control('follow', { appId, openid, createTime });
    } else {
      following.add(openid);
      const scene = unknownScenes[Math.floor(random() * unknownScenes.length)];
      const what =
        random() < 0.1
          ? { sceneOf: { appId, scene } }
          : { ticket: tickets[Math.floor(random() * tickets.length)] };
      await control('scan', {
        ...what,
        openid,
        createTime,
        dropTicket: random() < 0.1,
        lowerCase: random() < 0.2,
      });
    }
  }
}

/** All of it twice, in two orders at once; then again what was not acknowledged, until all is. */
async function tell(control: Control, seed: number): Promise<void> {
  await Promise.all(
    [1, 2].map((n) => control('redeliver', { which: 'all', seed: seed + n, concurrency: 24 })),
  );
  for (let round = 1; ; round++) {
    const { failed } = await control<{ failed: number }>('redeliver', {
      which: 'failed',
      seed: seed + round,
      concurrency: 24,
    });
    if (failed === 0) return;
    if (round > 50) throw new Error(`${failed} events are never taken`);
    await sleep(200);
  }
}

async function adopt(
  server: Server<ScanOrder>,
  { accountId, campaignId }: { accountId: string; campaignId: string },
): Promise<KnownCode> {
  const id = await server.ask<string>({ do: 'adopt', accountId, scene: adoptedScene, campaignId });
  return { id, scene: adoptedScene, channelId: null, campaigns: [{ fromAt: 0, campaignId }] };
}

async function settled(server: Server<ScanOrder>, accountId: string): Promise<Counted> {
  for (let rounds = 0; rounds < 6_000; rounds++) {
    const counted = await server.ask<Counted>({ do: 'counts', accountId });
    if (counted.waiting === 0) return counted;
    await sleep(100);
  }
  throw new Error('a recount does not come to an end');
}

function differences(expected: NaiveCounts, { rows, unknown }: Counted): string[] {
  const present = new Map(rows);
  const wrong: string[] = [];
  for (const key of new Set([...expected.rows.keys(), ...present.keys()])) {
    const [wanted, got] = [expected.rows.get(key) ?? {}, present.get(key) ?? {}];
    const names = new Set([...Object.keys(wanted), ...Object.keys(got)]);
    for (const name of names)
      if ((wanted[name] ?? 0) !== (got[name] ?? 0))
        wrong.push(`${key} ${name}: ${got[name] ?? 0} for ${wanted[name] ?? 0}`);
  }
  const found = new Map(unknown);
  for (const scene of new Set([...expected.unknown.keys(), ...found.keys()])) {
    if (expected.unknown.get(scene) !== found.get(scene))
      wrong.push(`unknown ${scene}: ${found.get(scene)} for ${expected.unknown.get(scene)}`);
  }
  return wrong.slice(0, 20);
}

type Logged = {
  openid: string;
  createTime: number;
  event?: string;
  eventKey?: string;
  deliveries: { attempts: unknown[] }[];
};

/** The stand-in's own account of what it told; the same person, second, event and key is one event. */
async function readLog(base: string, events: number): Promise<{ events: ToldEvent[]; deliveries: number }> {
  const told = new Map<string, ToldEvent>();
  let deliveries = 0;
  for (let after: number | null = 0; after !== null; ) {
    const page = (await (await fetch(`${base}/_sim/deliveries?limit=10000&after=${after}`)).json()) as {
      items: Logged[];
      next: number | null;
    };
    for (const { openid, createTime, event = '', eventKey = '', deliveries: tried } of page.items) {
      const kind = event.toLowerCase() as ToldEvent['kind'];
      const scene =
        kind === 'scan'
          ? eventKey
          : eventKey.startsWith('qrscene_')
            ? eventKey.slice('qrscene_'.length)
            : null;
      told.set(`${openid} ${createTime} ${kind} ${eventKey}`, { openid, at: createTime, kind, scene });
      deliveries += tried.reduce((sum, { attempts }) => sum + attempts.length, 0);
    }
    after = page.next;
  }
  if (told.size > events) throw new Error('the log has more than was made');
  return { events: [...told.values()], deliveries };
}

/** Shares pushes out between the processes that live. */
async function startProxy(ports: () => number[]): Promise<HttpServer> {
  let turn = 0;
  const proxy = createServer((request, response) => {
    const targets = ports();
    const port = targets[turn++ % targets.length];
    const onward = httpRequest(
      { host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

async function deliveredAt(base: string): Promise<number> {
  const state = (await (await fetch(`${base}/_sim/state`)).json()) as {
    accounts: Record<string, { pushesDelivered: number }>;
  };
  return state.accounts[appId]?.pushesDelivered ?? 0;
}

/** Not by fetch, which waits five minutes for an answer: telling 200,000 events twice takes longer on a slow machine. */
async function call<T>(base: string, what: string, body: unknown): Promise<T> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${base}/_sim/${what}`, { method: 'POST' }, resolve)
      .on('error', reject)
      .end(JSON.stringify(body));
  });
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(answer);
  return JSON.parse(answer) as T;
}
