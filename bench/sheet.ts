import { Writable } from 'node:stream';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { designDefaults } from '../lib/print/design-schemas';
import { closeDrawPool, drawThreads } from '../lib/print/draw-pool';
import { labelPlace, planSheet } from '../lib/print/plan-sheet';
import type { SheetLayout } from '../lib/print/sheet-types';
import { writeSheet } from '../lib/print/write-sheet';
import { buildWorkers } from '../scripts/build-workers.mjs';
import type { BenchRow, BenchTable } from './harness/table';

const PAGES = 100;
const ROUNDS = 3;
const POINTS_PER_MM = 72 / 25.4;
const OURS = 'writeSheet: vector, K100, every symbol read back';

const design = {
  ...designDefaults,
  sizeMm: 25,
  caption: { template: '{label}', textMm: 2.4, maxLines: 1 },
};
const sheet = { kind: 'stock', stock: 'L7160', cropMarks: false, bleedMm: 0, startAt: 1, copies: 1 } as const;

let drawn = 0;

function* labels(count: number) {
  for (let at = 0; at < count; at++, drawn++) {
    const tail = Math.imul(drawn, 0x9e3779b1).toString(36).replace('-', '_');
    yield {
      url: `http://weixin.qq.com/q/02${tail}${drawn}`.padEnd(45, 'kzIoRzvTcBl1xKzT1u5x'),
      caption: `Shop ${drawn}`,
    };
  }
}

/** A sheet of 2,100 labels on 100 pages, beside what one would write with pdfkit and qrcode. */
export default async function benchSheet(): Promise<BenchTable> {
  await buildWorkers();
  const plan = planSheet(sheet, design);
  if ('refusal' in plan) throw new Error(plan.refusal.reason);
  const { layout, labelsPerPage } = plan;
  const count = PAGES * labelsPerPage;
  const contenders = [
    { label: OURS, note: `${drawThreads} thread(s)`, run: () => ours(layout, count) },
    {
      label: 'pdfkit, qrcode as PNG on each label',
      note: '300 dpi, nothing read back, RGB',
      run: () => withPictures(layout, labelsPerPage, count),
    },
    {
      label: 'pdfkit, a rectangle for each module',
      note: 'vector, nothing read back, RGB',
      run: () => withRectangles(layout, labelsPerPage, count),
    },
  ];
  const times = new Map<string, number[]>(contenders.map(({ label }) => [label, []]));
  const bytes = new Map<string, number>();
  let peakGrowthBytes = 0;
  for (let round = -1; round < ROUNDS; round++) {
    for (const { label, run } of contenders) {
      const before = process.memoryUsage().rss;
      const start = performance.now();
      bytes.set(label, await run());
      if (round >= 0) times.get(label)?.push(performance.now() - start);
      if (round >= 0 && label === OURS) {
        peakGrowthBytes = Math.max(peakGrowthBytes, process.memoryUsage().rss - before);
      }
    }
  }
  await closeDrawPool();

  const median = (label: string) => (times.get(label) ?? []).sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  const rows = contenders.map(({ label, note }): BenchRow => {
    const values = times.get(label) ?? [];
    return {
      label,
      medianMs: median(label),
      p10Ms: Math.min(...values),
      p90Ms: Math.max(...values),
      measures: values.length,
      ratio: median(label) / median(OURS),
      note: `${((bytes.get(label) ?? 0) / 1e6).toFixed(1)} MB; ${note}`,
    };
  });
  const faster = Math.min(...rows.slice(1).map(({ ratio }) => ratio));
  const growthMb = Math.round(peakGrowthBytes / 2 ** 20);
  return {
    name: 'sheet',
    what: `A PDF of ${PAGES} A4 pages of labels (L7160, ${count} symbols of 25 mm with a caption), to a consumer.`,
    rows,
    wanted: [
      {
        text: 'faster than either, with every symbol read back',
        met: faster > 1,
        measured: `${faster.toFixed(2)} times`,
      },
      {
        text: 'memory grows by less than 64 MB over a sheet',
        met: growthMb < 64,
        measured: `${growthMb} MB`,
      },
    ],
  };
}

async function ours(layout: SheetLayout, count: number): Promise<number> {
  let length = 0;
  const parts = writeSheet({ layout, design, logo: null, title: 'bench' }, labels(count));
  for await (const part of parts) length += part.length;
  return length;
}

/** A pdfkit document whose bytes are counted and dropped. */
function openDocument() {
  let length = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      done();
    },
  });
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  document.pipe(sink);
  const finished = new Promise<number>((resolve) => sink.once('finish', () => resolve(length)));
  return { document, finished };
}

type Place = { x: number; y: number; side: number };

function placeOf(layout: SheetLayout, label: number): Place {
  const { leftMm, topMm } = labelPlace(layout, label);
  const left = leftMm + (layout.labelWidthMm - design.sizeMm) / 2;
  return { x: left * POINTS_PER_MM, y: topMm * POINTS_PER_MM, side: design.sizeMm * POINTS_PER_MM };
}

async function withPictures(layout: SheetLayout, perPage: number, count: number): Promise<number> {
  const { document, finished } = openDocument();
  let at = 0;
  for (const { url, caption } of labels(count)) {
    if (at % perPage === 0) document.addPage();
    const { x, y, side } = placeOf(layout, at++ % perPage);
    // 25 mm at 300 dpi: seven pixels a module, 287 in all.
    const png = await QRCode.toBuffer(url, { errorCorrectionLevel: 'Q', margin: 4, scale: 7 });
    document.image(png, x, y, { width: side });
    document.fontSize(7).text(caption, x, y + side, { width: side, align: 'center', lineBreak: false });
  }
  document.end();
  return finished;
}

async function withRectangles(layout: SheetLayout, perPage: number, count: number): Promise<number> {
  const { document, finished } = openDocument();
  let at = 0;
  for (const { url, caption } of labels(count)) {
    if (at % perPage === 0) document.addPage();
    const { x, y, side } = placeOf(layout, at++ % perPage);
    const { modules } = QRCode.create(url, { errorCorrectionLevel: 'Q' });
    const step = side / (modules.size + 8);
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        if (modules.get(row, column)) {
          document.rect(x + (column + 4) * step, y + (row + 4) * step, step, step);
        }
      }
    }
    document.fill('#000000');
    document.fontSize(7).text(caption, x, y + side, { width: side, align: 'center', lineBreak: false });
  }
  document.end();
  return finished;
}
