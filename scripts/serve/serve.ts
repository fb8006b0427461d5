import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import next from 'next';
import { DataDirError, lockDataDir } from '../../lib/db/lock-data-dir';
import type { BootReport, Host } from '../../lib/host';
import type { Runtime } from '../../lib/runtime';
import type { Receiver } from '../../lib/scans/receiver';
import { deriveKey } from '../../lib/secrets';
import { parseSettings, type Settings, SettingsError } from '../../lib/settings';
import { judgeRequest } from '../../lib/web/request-guard';
import { buildWorkers } from '../build-workers.mjs';
import { answerPush } from './answer-push';
import { loadOrCreateAppSecret } from './app-secret';
import { buildIfStale } from './build';
import { checkPort, describeListenError } from './check-ports';
import { checkPostgres } from './check-postgres';
import { settleClientAddress, trustedProxies } from './client-address';
import { listenForCommands } from './control';
import { keepLength } from './keep-length';
import { SimulatorProcess } from './simulator-process';
import { StartError } from './start-error';

/** Long enough for a large migration; a boot that fails says so at once. */
const BOOT_SECONDS = 600;

const say = (line: string) => process.stdout.write(`${line}\n`);
const shared = globalThis as { qudaoHost?: Host; qudaoRuntime?: Promise<Runtime> };

/** Checks what can be wrong, builds, opens the database, serves; tells when ready. Never leaves half of it running. */
export async function serve({ isDevelopment }: { isDevelopment: boolean }): Promise<void> {
  const stopping = new Stopping();
  try {
    const settings = parseSettings(process.env);
    await start(settings, isDevelopment, stopping);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error)}\n`);
    await stopping.run(1);
  }
}

async function start(settings: Settings, isDevelopment: boolean, stopping: Stopping): Promise<void> {
  await checkPort(settings.HOST, settings.PORT, 'PORT');
  if (settings.mayBeDemo) await checkPort('127.0.0.1', settings.SIMULATOR_PORT, 'SIMULATOR_PORT');
  if (settings.DATABASE_URL) await checkPostgres(settings.DATABASE_URL);
  else {
    const lock = await lockDataDir(settings.DATA_DIR);
    stopping.last(() => lock.release());
  }
  const secret = settings.APP_SECRET ?? (await loadOrCreateAppSecret(settings.DATA_DIR));
  Object.assign(process.env, {
    APP_SECRET: secret,
    PUBLIC_URL: settings.PUBLIC_URL,
    NODE_ENV: isDevelopment ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: deriveKey(secret, 'server-actions').toString('base64'),
  });
  await buildWorkers();
  if (!isDevelopment) await buildIfStale(say);

  const simulator = new SimulatorProcess(
    settings.SIMULATOR_PORT,
    path.join(settings.DATA_DIR, 'simulator.journal'),
  );
  stopping.last(() => simulator.stop());
  say('Opening the database …');
  const booted = new Promise<BootReport>((resolve) => {
    shared.qudaoHost = {
      holdsDataDir: !settings.DATABASE_URL,
      startSimulator: () => simulator.start(),
      reportBoot: resolve,
    };
  });
  const app = next({ dev: isDevelopment, hostname: settings.HOST, port: settings.PORT, dir: process.cwd() });
  await app.prepare();
  const handle = app.getRequestHandler();
  // Next listens for hot reloading on the server of its first request, which must not be the one that only wakes it.
  if (!isDevelopment) await wake(handle);
  const boot = await Promise.race([booted, silence(BOOT_SECONDS)]);
  if (!boot.ok) {
    if (boot.error !== undefined) process.stderr.write(`${describeUnexpected(boot.error)}\n`);
    throw new StartError(boot.sentence);
  }
  stopping.first(boot.stop);
  if (!settings.DATABASE_URL && shared.qudaoRuntime) {
    const { database } = await shared.qudaoRuntime;
    const control = await listenForCommands(settings.DATA_DIR, database.pool);
    stopping.first(async () => void control.close());
  }

  const server = createServer(guard(settings, handle, isDevelopment ? null : boot.receivePush));
  // Idle connections outlive those of the usual proxies, which otherwise reuse one that has just been closed.
  server.keepAliveTimeout = 65_000;
  if (isDevelopment) server.on('upgrade', app.getUpgradeHandler());
  await listen(server, settings);
  stopping.first(() => closeServer(server));

  if (boot.isDemo) {
    say(
      `demo: a stand-in WeChat at http://127.0.0.1:${settings.SIMULATOR_PORT} and made-up data; nothing here reaches the real WeChat`,
    );
  }
  say(`ready: ${settings.PUBLIC_URL}`);
  if (boot.startLink) say(`sign in (once, within 15 minutes): ${boot.startLink}`);
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What holds for every request before Next sees it: who called, and that it was meant for us. */
function guard(settings: Settings, handle: Handler, receivePush: Receiver['receive'] | null) {
  const proxies = trustedProxies(settings.TRUSTED_PROXIES);
  const isSecure = settings.PUBLIC_URL.startsWith('https:');
  return (request: IncomingMessage, response: ServerResponse) => {
    settleClientAddress(request, proxies);
    if (isSecure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    const verdict = judgeRequest({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      host: request.headers.host ?? '',
      origin: request.headers.origin ?? null,
      publicUrl: settings.PUBLIC_URL,
    });
    if ('redirectTo' in verdict) {
      response.writeHead(307, { Location: verdict.redirectTo }).end();
    } else if ('refuse' in verdict) {
      const problem = {
        type: 'about:blank',
        title: verdict.title,
        status: verdict.refuse,
        code: verdict.code,
      };
      response.writeHead(verdict.refuse, { 'Content-Type': 'application/problem+json', Connection: 'close' });
      response.end(JSON.stringify(problem));
    } else if (receivePush === null || !answerPush(request, response, receivePush)) {
      keepLength(response);
      void handle(request, response);
    }
  };
}

async function silence(seconds: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000).unref());
  throw new StartError(`The app did not come up within ${seconds} seconds; what it said stands above.`);
}

/** Next runs `instrumentation.ts` with the first request in production. Nobody else shall be kept waiting by it. */
async function wake(handle: Handler): Promise<void> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/api/health/live`).catch(() => undefined);
  server.close();
  server.closeAllConnections();
}

async function listen(server: Server, { HOST, PORT }: Settings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new StartError(describeListenError(error, HOST, PORT, 'PORT'))));
    server.listen(PORT, HOST, resolve);
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(timer);
}

function sentenceFor(error: unknown): string {
  if (error instanceof SettingsError || error instanceof StartError || error instanceof DataDirError)
    return error.message;
  return `Qudao could not start.\n${describeUnexpected(error)}`;
}

function describeUnexpected(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Ends everything that was begun, in order, once. */
class Stopping {
  #steps: (() => Promise<void>)[] = [];
  #isRunning = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.run(0));
    this.#stopWithNpm();
  }

  first(step: () => Promise<void>): void {
    this.#steps.unshift(step);
  }

  last(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async run(code: number): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const timer = setTimeout(() => process.exit(code || 1), 15_000);
    for (const step of this.#steps)
      await step().catch((error) => process.stderr.write(`${describeUnexpected(error)}\n`));
    clearTimeout(timer);
    process.exit(code);
  }

  /** npm that is killed outright passes no signal on; a changed parent tells. */
  #stopWithNpm(): void {
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void this.run(1);
    }, 500).unref();
  }
}
