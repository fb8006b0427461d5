import PdfKit from 'pdfkit';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fromBuffer } from 'yauzl';
import { buildWorkers } from '../../scripts/build-workers.mjs';
import { openTestBench, type TestBench } from '../codes/test-bench';
import { closeExportPool } from '../exports/draw-pool';
import { previewExport } from '../exports/preview-export';
import { streamExport } from '../exports/stream-export';
import { addPoster } from './add-poster';
import { placeOnPoster, removePoster } from './change-poster';
import { listPosters } from './list-posters';
import { closePosterPool } from './take-in-worker';

let bench: TestBench;
let accountId: string;

beforeAll(async () => {
  vi.stubEnv('APP_SECRET', 'a secret for tests, 32 characters or more');
  await buildWorkers();
  bench = await openTestBench();
  ({ accountId } = await bench.addAccount());
  await bench.db.code.createMany({
    data: [1, 2, 3].map((at) => ({
      accountId,
      ...{ kind: 'temporary' as const, sceneKind: 'integer' as const, scene: String(200_000 + at) },
      ...{
        label: `门店 ${at}`,
        isLiving: true,
        expireSeconds: 2_592_000,
        status: 'issued' as const,
        ticket: `t${at}`,
      },
      url: `http://weixin.qq.com/q/02${at}kzIoRzvTcBl1xKzT1uP7`,
      expiresAt: new Date(Date.now() + 20 * 86_400_000),
      issuedAt: new Date(),
    })),
  });
});
afterAll(async () => {
  await closeExportPool();
  await closePosterPool();
  await bench.close();
});

function poster(): Promise<Buffer> {
  const pdf = new PdfKit({ size: 'A4' });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  pdf.rect(0, 0, 900, 1200).fill('#7a0010');
  const done = new Promise<Buffer>((resolve) => pdf.on('end', () => resolve(Buffer.concat(chunks))));
  pdf.end();
  return done;
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

it('is one more recipe of an export: a page a code, each read back, with its row', async () => {
  const { id } = await addPoster(bench.system, accountId, '春季海报', once(await poster()));
  await placeOnPoster(bench.system, accountId, id, {
    code: { leftMm: 140, topMm: 220, sizeMm: 50 },
    hasPatch: true,
    line: {
      ...{ leftMm: 10, topMm: 250, widthMm: 100, textMm: 8 },
      ...{ align: 'left', colour: '#ffffff', template: '{label}' },
    },
  });
  const preview = await previewExport(bench.system, accountId, { poster: id, temporary: 'ok' });
  expect(preview.first).toHaveLength(2);
  const [first] = preview.first;
  const picture = await sharp(Buffer.from(first?.href.split(',')[1] ?? '', 'base64'));
  const { width, height, format } = await picture.metadata();
  expect(format).toBe('jpeg');
  expect(width / height).toBeCloseTo(210 / 297, 1);
  // The poster's own ground, not a symbol alone.
  const { channels } = await picture.extract({ left: 20, top: 20, width: 40, height: 40 }).stats();
  expect(channels[0]?.mean).toBeGreaterThan(100);
  expect(channels[1]?.mean).toBeLessThan(30);

  const { bytes, chunks } = await streamExport(bench.system, accountId, { poster: id, temporary: 'ok' });
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const file = Buffer.concat(pieces);
  expect(file.length).toBe(bytes);
  const names = await new Promise<string[]>((resolve, reject) => {
    fromBuffer(file, (error, zip) => {
      if (error) return reject(error);
      const found: string[] = [];
      zip.on('entry', ({ fileName }) => found.push(fileName));
      zip.on('end', () => resolve(found));
    });
  });
  expect(names.filter((name) => /_expires-\d{4}-\d\d-\d\d\.pdf$/.test(name))).toHaveLength(3);
  expect(names.at(-1)).toBe('manifest.csv');

  await removePoster(bench.system, accountId, id);
  await removePoster(bench.system, accountId, id);
  expect(await listPosters(bench.system, accountId)).toEqual([]);
});
