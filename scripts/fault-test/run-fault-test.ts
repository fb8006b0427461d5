import { setTimeout as sleep } from 'node:timers/promises';
import { mulberry32 } from '../../simulator/faults';
import { Simulator } from '../../simulator/server';
import type { Order, Told } from './issuer';
import { type Server, startServer } from './start-server';

export type FaultTest = {
  codes: number;
  kills: number;
  /** A PostgreSQL that several processes share, or a folder for one process with an embedded database. */
  database: { url: string } | { dataDir: string };
  /** On PostgreSQL; they are killed in turn. */
  processes?: number;
  seed?: number;
  onProgress?: (line: string) => void;
};

export type FaultReport = Told & {
  seconds: number;
  killed: number;
  /** The stand-in's: distinct permanent scenes, calls, and what it did to them. */
  atWeChat: { permanent: number; calls: number; faults: Record<string, number> };
};

/** One call in ten goes wrong, in five ways. */
const faultKinds = ['busy', 'reset', 'lostReply', 'badJson', 'tokenExpired'];
const faultRate = 0.1;
const appId = 'wxfaulttest00000001';
const secret = '0123456789abcdef0123456789abcdef';
const createPath = '/cgi-bin/qrcode/create';

/**
 * Has permanent codes issued by real server processes over real HTTP while the stand-in WeChat answers one call in ten with
 * -1, a cut connection, a lost reply, bad JSON or an expired token, and kills the processes with SIGKILL at random.
 *
 * @returns how it stands once nothing waits any more, without anybody's help
 * @throws Error  it does not come to an end
 */
export async function runFaultTest(test: FaultTest): Promise<FaultReport> {
  const { codes, kills, processes = 1, seed = Date.now() % 1_000_000, onProgress = () => undefined } = test;
  const random = mulberry32(seed);
  const began = performance.now();
  const simulator = new Simulator();
  const base = `http://127.0.0.1:${await simulator.listen(0)}`;
  const servers: Server<Order>[] = [];
  try {
    await control(base, 'accounts', { appId, secret, dailyCreateLimit: codes * 10 + 100_000 });
    for (let i = 0; i < processes; i++) servers.push(await startServer('issuer.mjs', test.database, base));
    const [first] = servers;
    if (!first) throw new Error('no process was wanted');
    for (const [place, kind] of faultKinds.entries()) {
      const rate = faultRate / faultKinds.length;
      await control(base, 'faults', { kind, rate, path: createPath, seed: seed + place });
    }
    // So that there are always calls under way when a process is killed.
    await control(base, 'faults', { kind: 'slow', rate: 1, delayMs: 15, path: createPath, seed });
    const made = await first.ask<{ accountId: string; batchId: string }>({
      do: 'create',
      ...{ appId, secret, count: codes },
    });

    const marks = Array.from({ length: kills }, () => Math.floor(codes * (0.03 + 0.87 * random()))).sort(
      (a, b) => a - b,
    );
    for (const [place, mark] of marks.entries()) {
      await reach(base, mark);
      await sleep(random() * 60);
      const victim = servers[place % processes];
      await victim?.kill();
      onProgress(`killed ${place + 1} of ${kills} at ${await permanentAt(base)} codes`);
      servers[place % processes] = await startServer('issuer.mjs', test.database, base);
    }
    const told = await settle(servers, made, began, onProgress);
    const { calls, permanentInt, faults } = await stateOf(base);
    return {
      ...told,
      seconds: (performance.now() - began) / 1000,
      killed: kills,
      atWeChat: { permanent: permanentInt, calls: calls[createPath] ?? 0, faults },
    };
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
    await simulator.close();
  }
}

async function settle(
  servers: Server<Order>[],
  made: { accountId: string; batchId: string },
  began: number,
  onProgress: (line: string) => void,
): Promise<Told> {
  let lastSeen = { reserved: Number.POSITIVE_INFINITY, at: performance.now() };
  for (;;) {
    const told = await servers[0]?.ask<Told>({ do: 'tell', ...made });
    if (!told) throw new Error('no process is left');
    const { reserved, issued } = told.batch;
    if (reserved === 0) return told;
    if (reserved < lastSeen.reserved) lastSeen = { reserved, at: performance.now() };
    // Longer than a lease, a token's lease and the waits after failures together.
    if (performance.now() - lastSeen.at > 120_000)
      throw new Error(`${reserved} codes wait and nothing happens`);
    onProgress(
      `${issued} issued, ${reserved} wait, after ${Math.round((performance.now() - began) / 1000)} s`,
    );
    await sleep(500);
  }
}

async function reach(base: string, mark: number): Promise<void> {
  let lastSeen = { count: -1, at: performance.now() };
  for (;;) {
    const count = await permanentAt(base);
    if (count >= mark) return;
    if (count > lastSeen.count) lastSeen = { count, at: performance.now() };
    if (performance.now() - lastSeen.at > 120_000) throw new Error(`no code was issued after ${count}`);
    await sleep(20);
  }
}

type State = { permanentInt: number; calls: Record<string, number>; faults: Record<string, number> };

async function stateOf(base: string): Promise<State> {
  const state = (await (await fetch(`${base}/_sim/state`)).json()) as {
    accounts: Record<string, Omit<State, 'faults'>>;
    faults: Record<string, number>;
  };
  const account = state.accounts[appId];
  if (!account) throw new Error('the stand-in does not know the account');
  return { ...account, faults: state.faults };
}

const permanentAt = async (base: string) => (await stateOf(base)).permanentInt;

async function control(base: string, what: string, body: unknown): Promise<void> {
  const response = await fetch(`${base}/_sim/${what}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
}
