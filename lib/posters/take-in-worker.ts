import 'server-only';
import path from 'node:path';
import { Piscina } from 'piscina';
import { AppError } from '../errors';
import type { PosterAnswer } from './types';

/** The largest takes some seconds; what takes longer is made to. */
const TIMEOUT_MS = 60_000;
const MAX_WAITING = 4;
const IDLE_MS = 15_000;

const poolKey = Symbol.for('qudao.poster-pool');
type Holder = typeof globalThis & { [poolKey]?: Piscina };

/** One thread: uploads are rare, and each may take some hundred MB for its moment. */
function posterPool(): Piscina {
  const holder: Holder = globalThis;
  holder[poolKey] ??= new Piscina({
    // The comment keeps the bundler from tracing the whole project for a file that it must not bundle.
    filename: path.join(/* turbopackIgnore: true */ process.cwd(), 'dist', 'workers', 'poster-worker.mjs'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    maxQueue: MAX_WAITING,
    resourceLimits: { maxOldGenerationSizeMb: 768 },
  });
  return holder[poolKey];
}

/**
 * Hands an upload to the thread that judges it and writes its page anew.
 *
 * @throws AppError BUSY  more uploads wait than will be looked at in good time
 */
export async function takeInWorker(upload: Uint8Array): Promise<PosterAnswer> {
  const pool = posterPool();
  if (pool.queueSize >= MAX_WAITING) {
    throw new AppError('BUSY', `${MAX_WAITING} posters are waiting`, { retryAfterSeconds: 10 });
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await pool.run(upload, { signal });
  } catch (error) {
    // The thread was ended in the middle of it, or ran out of memory: the file is to blame, not the server.
    if (signal.aborted || isOutOfMemory(error)) {
      return { outcome: 'refused', refusal: { code: 'posterBroken' } };
    }
    throw error;
  }
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

/** Ends the thread, for a test or a server that stops. */
export async function closePosterPool(): Promise<void> {
  const holder: Holder = globalThis;
  const pool = holder[poolKey];
  delete holder[poolKey];
  await pool?.destroy();
}
