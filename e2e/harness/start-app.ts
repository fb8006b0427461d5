import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qudao-e2e-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export class StartedProcess {
  output = '';
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor(
    readonly child: ChildProcess,
    readonly command: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  }

  /** Waits for a line of the output. @throws Error  the process ended, or the time is over */
  async waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray> {
    const deadline = Date.now() + timeoutMs;
    let hasEnded = false;
    void this.ended.then(() => {
      hasEnded = true;
    });
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (hasEnded) throw new Error(`${this.command} ended before ${pattern}:\n${this.output}`);
      if (Date.now() > deadline)
        throw new Error(`${this.command} did not print ${pattern} in time:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop(
    signal: NodeJS.Signals = 'SIGTERM',
  ): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.ended;
  }
}

/** The settings that would leak from the machine that runs the tests. */
const cleared = [
  'DATABASE_URL',
  'PUBLIC_URL',
  'APP_SECRET',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'ADMIN_API_KEY',
  'DEMO',
];

export function run(script: string, args: string[], env: Record<string, string>): StartedProcess {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !cleared.includes(name) && !name.startsWith('npm_')),
  );
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
  });
  return new StartedProcess(child, `${script} ${args.join(' ')}`);
}

export type StartedApp = StartedProcess & { url: string; link: string | null };

/** `npm start`, built or not, until it says that it is ready. */
export async function startApp(env: Record<string, string>): Promise<StartedApp> {
  const started = run('scripts/start.mjs', [], env);
  const [, url = ''] = await started.waitFor(/^ready: (\S+)$/m, 300_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const link = /^sign in .*: (\S+)$/m.exec(started.output)?.[1] ?? null;
  return Object.assign(started, { url, link });
}
