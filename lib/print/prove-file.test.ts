import { describe, expect, it } from 'vitest';
import { type ErrorCorrection, encodeSymbol, printGeometry, ReadBackError, writeSvg } from '../qr';
import { writePng } from '../qr/png';
import { proveFile } from './prove-file';
import { readSymbol } from './read-symbol';
import type { DrawRequest } from './schemas';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const other = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5y';
const request: DrawRequest = {
  url,
  format: 'png',
  sizeMm: 50,
  dotsPerInch: 600,
  errorCorrection: 'Q',
  quietZoneModules: 4,
};
const geometry = printGeometry({ ...request, modules: 33 });

const png = (text: string, change: Partial<DrawRequest> = {}) =>
  writePng(encodeSymbol(text, 'Q'), { ...request, ...change });
const svg = (text: string, change: Partial<DrawRequest> = {}) =>
  new TextEncoder().encode(writeSvg(encodeSymbol(text, 'Q'), { ...request, ...change }));

describe('proveFile', () => {
  it('reads the url out of the file', async () => {
    await expect(proveFile(png(url), request, geometry)).resolves.toBe(url);
    await expect(proveFile(svg(url), { ...request, format: 'svg' }, geometry)).resolves.toBe(url);
  });

  it('fails when the file holds the code of another', async () => {
    await expect(proveFile(png(other), request, geometry)).rejects.toThrow(/another text/);
    await expect(proveFile(svg(other), { ...request, format: 'svg' }, geometry)).rejects.toThrow(
      /another text/,
    );
  });

  it('fails when the file has another size than the one asked for', async () => {
    await expect(proveFile(png(url, { dotsPerInch: 300 }), request, geometry)).rejects.toThrow(ReadBackError);
    await expect(proveFile(png(url, { sizeMm: 50.01 }), request, geometry)).rejects.toThrow(/per metre/);
    await expect(
      proveFile(svg(url, { sizeMm: 51 }), { ...request, format: 'svg' }, geometry),
    ).rejects.toThrow(/51 mm instead of 50/);
  });

  it('fails when something lies in the quiet zone, or the symbol lies beside its place', async () => {
    const asSvg = { ...request, format: 'svg' } as const;
    const text = new TextDecoder().decode(svg(url));
    const dirty = text.replace('d="', 'd="M1 2h1v1h-1z');
    await expect(proveFile(new TextEncoder().encode(dirty), asSvg, geometry)).rejects.toThrow(
      /quiet zone is dark at module 1 2/,
    );
    const wide = svg(url, { quietZoneModules: 6 });
    await expect(proveFile(wide, asSvg, geometry)).rejects.toThrow(/not where it should be/);
  });

  it('fails when the symbol can no longer be read', async () => {
    const text = new TextDecoder().decode(svg(url));
    // Without its finders nothing is left to find; every other module is still there.
    const blind = text.replace(/M\d+ \d+h7v1h-7z|M\d+ \d+h1v5h-1z/g, '');
    await expect(
      proveFile(new TextEncoder().encode(blind), { ...request, format: 'svg' }, geometry),
    ).rejects.toThrow(ReadBackError);
  });
});

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
