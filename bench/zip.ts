import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { closeExportPool, drawInThread, PIECES_AHEAD } from '../lib/exports/draw-pool';
import { inOrder } from '../lib/exports/in-order';
import { pieceFiles } from '../lib/exports/prove-items';
import { designDefaults } from '../lib/print/design-schemas';
import { drawAndProve } from '../lib/print/draw-and-prove';
import { encodeSymbol } from '../lib/qr';
import { writePng } from '../lib/qr/png';
import { layOutZip } from '../lib/zip/layout';
import { buildWorkers } from '../scripts/build-workers.mjs';
import type { BenchRow, BenchTable } from './harness/table';

/** Fewer with BENCH_ZIP_FILES and BENCH_ZIP_MANY, on a machine that has other work. */
const FILES = Number(process.env.BENCH_ZIP_FILES ?? 10_000);
const MANY = Number(process.env.BENCH_ZIP_MANY ?? 100_000);
const design = { ...designDefaults, sizeMm: 50, dotsPerInch: 600 };
const drawing = { format: 'png', design, logo: null } as const;
/** What one process of the comparison draws; the rest is scaled. */
const COMPARED = 12;

const urlOf = (at: number) =>
  `http://weixin.qq.com/q/02${Math.imul(at + 1, 0x9e3779b1)
    .toString(36)
    .replace('-', '_')}`.padEnd(45, 'kzIoRzvTcBl1xKzT1u5x');

/** `lateMs`: how late the process's own loop was meanwhile, in 99 of 100 cases at most: what a request waits more. */
type Run = { ms: number; bytes: number; grownBytes: number; lateMs: number };

/** The room of a file, from some of them, as an export foresees it. */
async function foresee(): Promise<number> {
  const items = Array.from({ length: 24 }, (_, at) => ({
    fileName: 'x',
    url: urlOf(at),
    caption: null,
    title: '',
  }));
  const request = { ...drawing, slotBytes: null, modifiedAt: 0, items };
  const answer = await drawInThread(request, new AbortController().signal);
  if (answer.outcome !== 'drawn') throw new Error('a measure has no place to be too long for');
  return Math.ceil(Math.max(...answer.files.map(({ bytes }) => bytes)) * 1.15) + 1_024;
}

/** As an export does it, the database left out: drawn, decoded and laid into the ZIP by threads, in order, read by one consumer. */
async function makeZip(files: number): Promise<Run> {
  const layout = layOutZip({ count: files, maxDataBytes: await foresee(), maxNameBytes: 120, lastBytes: [] });
  const count = pieceFiles(layout.slotBytes);
  async function* pieces() {
    for (let from = 0; from < files; from += count) {
      const items = Array.from({ length: Math.min(count, files - from) }, (_, at) => ({
        fileName: `poster-${from + at}.png`,
        url: urlOf(from + at),
        caption: null,
        title: '',
      }));
      yield { ...drawing, slotBytes: layout.slotBytes, modifiedAt: 0, items };
    }
  }
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  let bytes = 0;
  const signal = new AbortController().signal;
  const loop = monitorEventLoopDelay({ resolution: 2 });
  loop.enable();
  const began = performance.now();
  for await (const answer of inOrder(pieces(), PIECES_AHEAD, (piece) => drawInThread(piece, signal))) {
    if (answer.outcome !== 'drawn' || !answer.slots) throw new Error('a file does not fit');
    bytes += answer.slots.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const ms = performance.now() - began;
  loop.disable();
  return { ms, bytes, grownBytes: most - before, lateMs: loop.percentile(99) / 1e6 };
}

/** One symbol in this thread, in ms: with its proof, and without. */
async function oneSymbol(): Promise<{ drawnMs: number; provedMs: number }> {
  const times = 300;
  const measure = async (work: (at: number) => unknown) => {
    for (let at = 0; at < 50; at++) await work(at);
    const began = performance.now();
    for (let at = 0; at < times; at++) await work(at);
    return (performance.now() - began) / times;
  };
  return {
    drawnMs: await measure((at) => writePng(encodeSymbol(urlOf(at), 'Q'), design)),
    provedMs: await measure((at) => drawAndProve({ url: urlOf(at), caption: null }, drawing)),
  };
}

/** A process a core, each with a loop of qrcode into archiver. @returns ms for `FILES`, scaled from what was measured */
async function compare(processes: number): Promise<number> {
  const child = fileURLToPath(new URL('./harness/qrcode-into-archiver.mjs', import.meta.url));
  const times = await Promise.all(
    Array.from(
      { length: processes },
      () =>
        new Promise<number>((resolve, reject) => {
          const running = fork(child, [String(COMPARED)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
          running.on('message', (ms) => resolve(Number(ms)));
          running.on('error', reject);
        }),
    ),
  );
  return (Math.max(...times) / (COMPARED * processes)) * FILES;
}

/** Bytes of noise written and flushed, as fast as the disk takes them. @returns bytes a second */
async function storage(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qudao-bench-'));
  try {
    const file = await open(path.join(folder, 'bytes'), 'w');
    const block = Buffer.alloc(2 ** 22, createHash('sha512').update('noise').digest());
    const began = performance.now();
    for (let at = 0; at < 50; at++) await file.write(block);
    await file.sync();
    const seconds = (performance.now() - began) / 1_000;
    await file.close();
    return (50 * block.length) / seconds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const row = (label: string, ms: number, ours: number, note?: string): BenchRow => ({
  label,
  medianMs: ms,
  p10Ms: ms,
  p90Ms: ms,
  measures: 1,
  ratio: ms / ours,
  ...(note ? { note } : {}),
});

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** A ZIP of print PNGs to a consumer, beside what one would write with the libraries at hand. */
export default async function benchZip(): Promise<BenchTable> {
  await buildWorkers();
  const cores = availableParallelism();
  // Threads and their reader are there before memory is looked at.
  await makeZip(4_000);
  const ours = await makeZip(FILES);
  const many = await makeZip(MANY);
  await closeExportPool();
  const { drawnMs, provedMs } = await oneSymbol();
  const theirs = await compare(cores);
  const perSecond = await storage();
  const faster = theirs / ours.ms;
  return {
    name: 'zip',
    what: `A ZIP of ${FILES} print PNGs (50 mm, 600 dpi, ${megabytes(ours.bytes)}) to a consumer; ${cores} threads against ${cores} processes.`,
    rows: [
      row('drawn, decoded, stored', ours.ms, ours.ms, 'every symbol read back by ZXing'),
      row(`the same of ${MANY}`, many.ms, ours.ms, `${(many.ms / MANY).toFixed(2)} ms each`),
      row('99 of 100 turns of the loop meanwhile', many.lateMs, ours.ms, 'what a page waits more'),
      row('of which drawing, one thread a symbol', drawnMs, ours.ms),
      row('of which drawing and decoding', provedMs, ours.ms),
      row('qrcode into archiver, not decoded', theirs, ours.ms, `scaled from ${COMPARED * cores}`),
      row(
        'the bytes alone, to this disk',
        (ours.bytes / perSecond) * 1_000,
        ours.ms,
        `${megabytes(perSecond)}/s`,
      ),
    ],
    wanted: [
      {
        text: 'at least 50 times faster than qrcode into archiver',
        met: faster >= 50,
        measured: `${faster.toFixed(0)} times`,
      },
      {
        text: `memory growth under 64 MB at ${FILES}`,
        met: ours.grownBytes < 64e6,
        measured: megabytes(ours.grownBytes),
      },
      { text: `and at ${MANY}`, met: many.grownBytes < 64e6, measured: megabytes(many.grownBytes) },
    ],
  };
}
