import 'server-only';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Piscina } from 'piscina';
import { AppError } from '../errors';

/** One core is left to the server's own loop. The largest picture takes 100 MB to draw and prove, so four at most. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

/** Waiting longer than these take is no use to the person: the usual one takes 2 ms, the largest some seconds. */
const MAX_WAITING = 128;

const IDLE_MS = 60_000;

const poolKey = Symbol.for('qudao.draw-pool');
type Holder = typeof globalThis & { [poolKey]?: Piscina };

type Tasks = typeof import('./draw-worker');

/**
 * Runs one piece of drawing in a worker thread, so that the server's loop never waits.
 *
 * @param signal  a client that went away: what waits is dropped, what runs is ended
 * @throws AppError BUSY  more wait than will be drawn in good time
 */
export async function runDrawTask<T extends keyof Tasks>(
  task: T,
  request: Parameters<Tasks[T]>[0],
  signal?: AbortSignal,
): Promise<Awaited<ReturnType<Tasks[T]>>> {
  const pool = drawPool();
  if (pool.queueSize >= MAX_WAITING) {
    throw new AppError('BUSY', `${MAX_WAITING} symbols are waiting to be drawn`, { retryAfterSeconds: 2 });
  }
  return pool.run(request, { name: task, ...(signal ? { signal } : {}) });
}

/** How many pieces of work run side by side: what a caller keeps under way to use all threads. */
export const drawThreads: number = THREADS;

/** One pool for the process: a server bundle may hold this module several times over. */
function drawPool(): Piscina {
  const holder: Holder = globalThis;
  holder[poolKey] ??= startPool();
  return holder[poolKey];
}

function startPool(): Piscina {
  // The comment keeps the bundler from tracing the whole project for a file that it must not bundle.
  const filename = path.join(/* turbopackIgnore: true */ process.cwd(), 'dist', 'workers', 'draw-worker.mjs');
  if (!existsSync(filename)) {
    throw new Error(`${filename} is missing: node scripts/build-workers.mjs makes it, as npm start does`);
  }
  return new Piscina({
    filename,
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: IDLE_MS,
    maxQueue: MAX_WAITING + THREADS,
  });
}

/** Ends the threads, for a test or a server that stops. */
export async function closeDrawPool(): Promise<void> {
  const holder: Holder = globalThis;
  const pool = holder[poolKey];
  delete holder[poolKey];
  await pool?.destroy();
}
