import 'server-only';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Piscina } from 'piscina';
import { AppError } from '../errors';
import { toRefusal } from '../print/draw-codes';
import type { PosterPictureAnswer, PosterPictureRequest } from './draw-poster-picture';
import type { DrawnPage, PieceAnswer, PieceRequest, SheetPagesAnswer, SheetPagesRequest } from './drawing';

const THREADS = Math.min(8, availableParallelism());
const IDLE_MS = 60_000;
/** What is drawn lives for a moment: a thread that may gather more of it only holds more memory. */
const YOUNG_MB = 8;

/** How many pieces one export has under way: enough that no thread waits, few enough to hold. */
export const PIECES_AHEAD = THREADS + 2;

const poolKey = Symbol.for('qudao.export-pool');
type Holder = typeof globalThis & { [poolKey]?: Piscina };

/**
 * Draws a piece in a thread. Apart from the pool of single pictures, which must not wait behind 100,000.
 *
 * @throws AppError IMAGE_UNREADABLE | IMAGE_OUT_OF_BOUNDS
 */
export async function drawInThread(
  request: PieceRequest,
  signal: AbortSignal,
): Promise<Exclude<PieceAnswer, { outcome: 'unreadable' | 'outOfBounds' }>> {
  const answer: PieceAnswer = await pool().run(request, { signal });
  return refusing(answer);
}

/** @throws AppError IMAGE_UNREADABLE | IMAGE_OUT_OF_BOUNDS */
export async function drawPosterInThread(
  request: PosterPictureRequest,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const answer: PosterPictureAnswer = await pool().run(request, { name: 'drawPosterPicture', signal });
  return refusing(answer).jpeg;
}

function refusing<A extends { outcome: string }>(
  answer: A | { outcome: 'unreadable' | 'outOfBounds'; why: string },
): Exclude<A, { outcome: 'unreadable' | 'outOfBounds' }> {
  if ('why' in answer) {
    const code = answer.outcome === 'unreadable' ? 'IMAGE_UNREADABLE' : 'IMAGE_OUT_OF_BOUNDS';
    throw new AppError(code, `A file of an export cannot be handed out: ${answer.why}`);
  }
  return answer as Exclude<A, { outcome: 'unreadable' | 'outOfBounds' }>;
}

/**
 * Draws some pages of labels in a thread.
 *
 * @throws AppError IMAGE_UNREADABLE | IMAGE_OUT_OF_BOUNDS | VALIDATION_FAILED
 */
export async function drawPagesInThread(
  request: SheetPagesRequest,
  signal: AbortSignal,
): Promise<DrawnPage[]> {
  const answer: SheetPagesAnswer = await pool().run(request, { name: 'drawSheetPages', signal });
  switch (answer.outcome) {
    case 'drawn':
      return answer.pages;
    case 'refused':
      throw toRefusal(request, answer.refusal);
    case 'unreadable':
      throw new AppError('IMAGE_UNREADABLE', `A page of an export did not prove itself: ${answer.why}`);
  }
}

function pool(): Piscina {
  const holder: Holder = globalThis;
  holder[poolKey] ??= startPool();
  return holder[poolKey];
}

function startPool(): Piscina {
  // The comment keeps the bundler from tracing the whole project for a file that it must not bundle.
  const filename = path.join(
    /* turbopackIgnore: true */ process.cwd(),
    'dist',
    'workers',
    'export-worker.mjs',
  );
  if (!existsSync(filename)) {
    throw new Error(`${filename} is missing: node scripts/build-workers.mjs makes it, as npm start does`);
  }
  return new Piscina({
    filename,
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: IDLE_MS,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
}

/** Ends the threads, for a test or a server that stops. */
export async function closeExportPool(): Promise<void> {
  const holder: Holder = globalThis;
  const open = holder[poolKey];
  delete holder[poolKey];
  await open?.destroy();
}
