import 'server-only';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Piscina } from 'piscina';
import { AppError } from '../errors';
import { checkPrintSize } from '../qr';
import type { DrawAnswer } from './draw-and-prove';
import type { DrawRequest } from './schemas';

/** One core is left to the server's own loop. The largest picture takes 18 MB to prove, so four at once stay under 100 MB. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

/** Waiting longer than these take is no use to the person: the usual one takes 1 ms, the largest some 100. */
const MAX_WAITING = 128;

const IDLE_MS = 60_000;

/** Modules on a side of a version 1 symbol: until the url is encoded, only what no symbol can pass is refused. */
const SMALLEST_SYMBOL = 21;

export type DrawnSymbol = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: 'image/png' | 'image/svg+xml';
  /** Pixels on a side; a vector file has none. */
  readonly sidePx: number | null;
  readonly version: number;
  /** Modules on a side, without quiet zone. */
  readonly modules: number;
  /** Who read the file before it left, and what was read: exactly the url. */
  readonly proof: { readonly reader: 'zxing'; readonly text: string };
};

/**
 * Draws one symbol for print and reads the finished file back, both in a worker thread, so that the server's loop never waits.
 *
 * A file that comes out of here states the size asked for, has even modules and a white quiet zone, and was decoded by an
 * independent reader to exactly `url`.
 *
 * @param request  sizes in mm (outer, quiet zone included) and dots per inch; dpi is ignored for an SVG
 * @throws AppError IMAGE_OUT_OF_BOUNDS  size, dpi, level and quiet zone do not go together; `details`: `reason` is tooLarge or
 *   tooSmall, `smallestMm` and `largestMm` are what does
 * @throws AppError BUSY              more symbols wait than will be drawn in good time
 * @throws AppError IMAGE_UNREADABLE  the file did not prove itself; nothing of it is handed out
 */
export async function drawSymbol(request: DrawRequest): Promise<DrawnSymbol> {
  const refusal = checkPrintSize({
    sizeMm: request.sizeMm,
    dotsPerInch: request.format === 'png' ? request.dotsPerInch : null,
    ec: request.errorCorrection,
    quietZoneModules: request.quietZoneModules,
    modules: SMALLEST_SYMBOL,
  });
  if (refusal?.reason === 'tooLarge') throw outOfBounds(request, refusal);

  const pool = drawPool();
  if (pool.queueSize >= MAX_WAITING) {
    throw new AppError('BUSY', `${MAX_WAITING} symbols are waiting to be drawn`, { retryAfterSeconds: 2 });
  }
  const answer: DrawAnswer = await pool.run(request);
  if (answer.outcome === 'outOfBounds') throw outOfBounds(request, answer.refusal);
  if (answer.outcome === 'unreadable') {
    throw new AppError('IMAGE_UNREADABLE', `A drawn ${request.format} did not prove itself: ${answer.why}`);
  }
  return {
    bytes: answer.bytes,
    contentType: request.format === 'png' ? 'image/png' : 'image/svg+xml',
    sidePx: request.format === 'png' ? answer.sidePx : null,
    version: answer.version,
    modules: answer.modules,
    proof: { reader: 'zxing', text: answer.text },
  };
}

type Refusal = NonNullable<ReturnType<typeof checkPrintSize>>;

function outOfBounds({ sizeMm, dotsPerInch }: DrawRequest, refusal: Refusal): AppError {
  const { reason, smallestMm, largestMm } = refusal;
  return new AppError(
    'IMAGE_OUT_OF_BOUNDS',
    `${sizeMm} mm at ${dotsPerInch} dpi is ${reason === 'tooLarge' ? 'too large' : 'too small'}: ${smallestMm} to ${largestMm} mm`,
    { ...refusal, sizeMm, dotsPerInch },
  );
}

const poolKey = Symbol.for('qudao.draw-pool');
type Holder = typeof globalThis & { [poolKey]?: Piscina };

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
