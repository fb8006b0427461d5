import 'server-only';
import path from 'node:path';
import { Piscina } from 'piscina';
import { AppError } from '../errors';
import type { LogoAnswer } from './rasterise-logo';

/** The largest picture takes about a second; what takes longer is made to. */
const TIMEOUT_MS = 15_000;
const MAX_WAITING = 8;
const IDLE_MS = 30_000;

const poolKey = Symbol.for('qudao.logo-pool');
type Holder = typeof globalThis & { [poolKey]?: Piscina };

/** One thread: uploads are rare, and each may take 100 MB for its moment. */
function logoPool(): Piscina {
  const holder: Holder = globalThis;
  holder[poolKey] ??= new Piscina({
    // The comment keeps the bundler from tracing the whole project for a file that it must not bundle.
    filename: path.join(/* turbopackIgnore: true */ process.cwd(), 'dist', 'workers', 'logo-worker.mjs'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    maxQueue: MAX_WAITING,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return holder[poolKey];
}

/**
 * Hands an upload to the thread that judges and redraws it.
 *
 * @throws AppError BUSY  more uploads wait than will be looked at in good time
 */
export async function rasteriseInWorker(upload: Uint8Array): Promise<LogoAnswer> {
  const pool = logoPool();
  if (pool.queueSize >= MAX_WAITING) {
    throw new AppError('BUSY', `${MAX_WAITING} logos are waiting`, { retryAfterSeconds: 5 });
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await pool.run(upload, { signal });
  } catch (error) {
    // The thread was ended in the middle of it, or ran out of memory: the picture is to blame, not the server.
    if (signal.aborted || isOutOfMemory(error))
      return { outcome: 'refused', refusal: { code: 'logoBroken' } };
    throw error;
  }
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** Ends the thread, for a test or a server that stops. */
export async function closeLogoPool(): Promise<void> {
  const holder: Holder = globalThis;
  const pool = holder[poolKey];
  delete holder[poolKey];
  await pool?.destroy();
}
