import { describe, expect, it } from 'vitest';
import { type ErrorCorrection, encodeSymbol, ReadBackError, writeSvg } from '../qr';
import { writePng } from '../qr/png';
import { designDefaults } from './design-schemas';
import { drawAndProve } from './draw-and-prove';
import { layOutPicture } from './drawing/picture';
import { proveFile } from './prove-file';
import { readSymbol } from './read-symbol';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const other = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5y';
const design = { ...designDefaults, dotsPerInch: 600 };

function layOut() {
  const laidOut = layOutPicture({ url, caption: null }, design, true);
  if ('refusal' in laidOut) throw new Error(laidOut.refusal.reason);
  return laidOut.picture;
}
const picture = layOut();

type Change = Partial<{ sizeMm: number; dotsPerInch: number; quietZoneModules: number }>;
const png = (text: string, change: Change = {}) =>
  writePng(encodeSymbol(text, 'Q'), { ...design, ...change });
const svg = (text: string, change: Change = {}) =>
  new TextEncoder().encode(writeSvg(encodeSymbol(text, 'Q'), { ...design, ...change }));

describe('proveFile', () => {
  it('reads the url out of the file', async () => {
    await expect(proveFile(png(url), picture, 'png')).resolves.toBe(url);
    await expect(proveFile(svg(url), picture, 'svg')).resolves.toBe(url);
  });

  it('fails when the file holds the code of another', async () => {
    await expect(proveFile(png(other), picture, 'png')).rejects.toThrow(/another text/);
    await expect(proveFile(svg(other), picture, 'svg')).rejects.toThrow(/another text/);
  });

  it('fails when the file has another size than the one asked for', async () => {
    await expect(proveFile(png(url, { dotsPerInch: 300 }), picture, 'png')).rejects.toThrow(ReadBackError);
    await expect(proveFile(png(url, { sizeMm: 50.01 }), picture, 'png')).rejects.toThrow(/per metre/);
    await expect(proveFile(svg(url, { sizeMm: 51 }), picture, 'svg')).rejects.toThrow(
      /51 mm wide instead of 50/,
    );
  });

  it('fails when something lies in the quiet zone, or the symbol lies beside its place', async () => {
    const text = new TextDecoder().decode(svg(url));
    const dirty = text.replace('d="', 'd="M1 2h1v1h-1z');
    await expect(proveFile(new TextEncoder().encode(dirty), picture, 'svg')).rejects.toThrow(
      /quiet zone is dark at module 1 2/,
    );
    const wide = svg(url, { quietZoneModules: 6 });
    await expect(proveFile(wide, picture, 'svg')).rejects.toThrow(/not where it should be/);
  });

  it('fails when the symbol can no longer be read', async () => {
    const text = new TextDecoder().decode(svg(url));
    // Without its finders nothing is left to find; every other module is still there.
    const blind = text.replace(/M\d+ \d+h7v1h-7z|M\d+ \d+h1v5h-1z/g, '');
    await expect(proveFile(new TextEncoder().encode(blind), picture, 'svg')).rejects.toThrow(ReadBackError);
  });
});

it.each([12.7, 25.4, 38.1, 50.8, 63.5, 76.2, 88.9, 101.6])(
  'passes an EPS whose %s mm are whole points',
  async (sizeMm) => {
    for (const quietZoneModules of [4, 5, 6, 7]) {
      const item = { url, caption: null };
      const request = {
        format: 'eps',
        design: { ...designDefaults, sizeMm, quietZoneModules },
        logo: null,
      } as const;
      await expect(drawAndProve(item, request)).resolves.toMatchObject({ outcome: 'drawn' });
    }
  },
);

describe('readSymbol', () => {
  const levels: ErrorCorrection[] = ['L', 'M', 'Q', 'H'];

  it.each(levels)('reads level %s, and texts that are not ASCII, as UTF-8', async (level) => {
    for (const text of [
      url,
      '12345678901234567890',
      'HTTP://EXAMPLE.COM/A',
      'https://例子.example/路径?q=码',
      '🎉',
    ]) {
      const { size, cells } = encodeSymbol(text, level);
      const side = size + 8;
      const raster = { side, cells: new Uint8Array(side * side) };
      cells.forEach((cell, at) => {
        raster.cells[(Math.floor(at / size) + 4) * side + (at % size) + 4] = cell;
      });
      expect(await readSymbol(raster)).toBe(text);
    }
  });

  it('says so when there is nothing to read', async () => {
    expect(await readSymbol({ side: 41, cells: new Uint8Array(41 * 41) })).toBeNull();
  });
});
