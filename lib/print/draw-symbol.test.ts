import fc from 'fast-check';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorkers } from '../../scripts/build-workers.mjs';
import { type AppError, isAppError } from '../errors';
import { errorCorrections } from '../qr';
import { closeDrawPool, drawSymbol } from './draw-symbol';
import type { DrawRequest } from './schemas';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const common: DrawRequest = {
  url,
  format: 'png',
  sizeMm: 50,
  dotsPerInch: 600,
  errorCorrection: 'Q',
  quietZoneModules: 4,
};

beforeAll(buildWorkers);
afterAll(closeDrawPool);

async function refusalOf(request: DrawRequest): Promise<AppError> {
  const error: unknown = await drawSymbol(request).catch((caught: unknown) => caught);
  if (!isAppError(error)) throw error;
  return error;
}

async function readWithJsQr(file: Uint8Array, density = 72): Promise<string | undefined> {
  const { data, info } = await sharp(file, { density })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

describe('drawSymbol', () => {
  it('draws a PNG for print and hands the proof over with it', async () => {
    const drawn = await drawSymbol(common);
    expect(drawn).toMatchObject({
      contentType: 'image/png',
      sidePx: 1_189,
      version: 4,
      modules: 33,
      proof: { reader: 'zxing', text: url },
    });
    const { width, bitsPerSample, density } = await sharp(drawn.bytes).metadata();
    expect({ width, bitsPerSample, density }).toEqual({ width: 1_189, bitsPerSample: 1, density: 604 });
  });

  it('draws an SVG with its title', async () => {
    const drawn = await drawSymbol({ ...common, format: 'svg', title: '地铁海报 <1>' });
    expect(drawn).toMatchObject({ contentType: 'image/svg+xml', sidePx: null, proof: { text: url } });
    expect(new TextDecoder().decode(drawn.bytes)).toContain('<title>地铁海报 &lt;1&gt;</title>');
    expect(await readWithJsQr(drawn.bytes)).toBe(url);
  });

  it('draws files that a second reader reads too, over a spread of sizes, resolutions and levels', async () => {
    for (const [sizeMm, dotsPerInch] of [
      [16, 203],
      [25, 300],
      [33.3, 411],
      [80, 150],
    ] as const) {
      for (const errorCorrection of errorCorrections) {
        const { bytes } = await drawSymbol({ ...common, sizeMm, dotsPerInch, errorCorrection });
        expect(await readWithJsQr(bytes), `${sizeMm} mm, ${dotsPerInch} dpi, ${errorCorrection}`).toBe(url);
      }
    }
  });

  it('proves any url in any shape that is within bounds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          url: fc.webUrl({ withQueryParameters: true }),
          format: fc.constantFrom('png', 'svg'),
          sizeMm: fc.double({ min: 30, max: 200, noNaN: true }),
          dotsPerInch: fc.integer({ min: 300, max: 1_200 }),
          errorCorrection: fc.constantFrom(...errorCorrections),
          quietZoneModules: fc.integer({ min: 4, max: 40 }),
        }),
        async (request) => {
          expect((await drawSymbol(request)).proof.text).toBe(request.url);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('refuses 5,000 mm at 2,400 dpi with the largest that fits, and 3 mm with the smallest', async () => {
    const large = await refusalOf({ ...common, sizeMm: 5_000, dotsPerInch: 2_400 });
    expect(large.code).toBe('IMAGE_OUT_OF_BOUNDS');
    expect(large.details).toMatchObject({ reason: 'tooLarge', largestMm: 127 });
    const small = await refusalOf({ ...common, sizeMm: 3 });
    expect(small.details).toMatchObject({ reason: 'tooSmall', smallestMm: 8.2 });
    await expect(drawSymbol({ ...common, sizeMm: 8.2 })).resolves.toMatchObject({ modules: 33 });
    await expect(drawSymbol({ ...common, sizeMm: 127, dotsPerInch: 2_400 })).resolves.toMatchObject({
      sidePx: 41 * 293,
    });
    await expect(
      drawSymbol({ ...common, format: 'svg', sizeMm: 5_000, dotsPerInch: 2_400 }),
    ).resolves.toBeTruthy();
  });

  it('lets a bounded number wait and tells the others to come back', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 300 }, () => drawSymbol(common)));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.length).toBeGreaterThan(100);
    expect(refused.every(({ reason }) => isAppError(reason) && reason.code === 'BUSY')).toBe(true);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(128);
    await expect(drawSymbol(common)).resolves.toBeTruthy();
  });
});
