import fc from 'fast-check';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  darkRectangles,
  encodeSymbol,
  errorCorrections,
  ReadBackError,
  readSvg,
  symbolPath,
  writeSvg,
} from './index';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const svg = writeSvg(encodeSymbol(url, 'Q'), { sizeMm: 50, quietZoneModules: 4 });

describe('symbolPath', () => {
  it('begins with the upper left finder, as rectangles that run down', () => {
    expect(symbolPath(encodeSymbol(url, 'Q'))).toMatch(/^M0 0h7v1h-7z/);
    expect(symbolPath(encodeSymbol(url, 'Q'))).toContain('M0 1h1v5h-1z');
  });

  it('covers every dark module once and no light one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,200}$/), fc.constantFrom(...errorCorrections), (text, ec) => {
        const matrix = encodeSymbol(text, ec);
        const covered = new Uint8Array(matrix.cells.length);
        for (const { x, y, width, height } of darkRectangles(matrix)) {
          for (let at = 0; at < width * height; at++) {
            const module = (y + Math.floor(at / width)) * matrix.size + x + (at % width);
            covered[module] = (covered[module] ?? 0) + 1;
          }
        }
        expect([...covered]).toEqual([...matrix.cells]);
      }),
    );
  });

  it('merges: fewer rectangles than half of the dark modules', () => {
    const matrix = encodeSymbol(url, 'Q');
    const dark = matrix.cells.reduce((sum, cell) => sum + cell, 0);
    expect(darkRectangles(matrix).length).toBeLessThan(dark / 2);
  });
});

describe('writeSvg', () => {
  it('is in millimetres outside and modules inside, one path on a white ground, nothing clipped', () => {
    expect(svg).toContain('width="50mm" height="50mm" viewBox="0 0 41 41" shape-rendering="crispEdges"');
    expect(svg).toContain('<rect width="41" height="41" fill="#fff"/>');
    expect(svg.match(/<path/g)).toHaveLength(1);
    expect(svg).not.toMatch(/clip|transform|title/);
  });

  it('escapes its title, and drops what XML cannot hold', () => {
    const title = `</title><script>alert("1")</script> & 'x' \u0000\u0007\uD800 海报 🎉`;
    const titled = writeSvg(encodeSymbol(url, 'Q'), { sizeMm: 50, quietZoneModules: 4, title });
    expect(titled).toContain(
      '<title>&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; \uFFFD\uFFFD\uFFFD 海报 🎉</title>',
    );
    expect(readSvg(titled)).toEqual(readSvg(svg));
  });

  it('is drawn by librsvg as it should be and read by jsQR', async () => {
    const { data, info } = await sharp(Buffer.from(svg), { density: 150 })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(url);
  });

  it('refuses a thin quiet zone', () => {
    const matrix = encodeSymbol(url, 'Q');
    expect(() => writeSvg(matrix, { sizeMm: 50, quietZoneModules: 3 })).toThrow(RangeError);
    expect(() => writeSvg(matrix, { sizeMm: 0, quietZoneModules: 4 })).toThrow(RangeError);
  });
});

describe('readSvg', () => {
  it('gives back the modules and the size', () => {
    const matrix = encodeSymbol(url, 'H');
    const { raster, sizeMm } = readSvg(writeSvg(matrix, { sizeMm: 12.5, quietZoneModules: 6 }));
    expect(sizeMm).toBe(12.5);
    expect(raster.side).toBe(matrix.size + 12);
    raster.cells.forEach((cell, at) => {
      const x = (at % raster.side) - 6;
      const y = Math.floor(at / raster.side) - 6;
      const isInside = x >= 0 && y >= 0 && x < matrix.size && y < matrix.size;
      if (cell !== (isInside ? matrix.cells[y * matrix.size + x] : 0)) expect.fail(`module ${x} ${y}`);
    });
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['a size in pixels', (text) => text.replace('50mm', '50px'), /size in mm/],
    ['another height', (text) => text.replace('height="50mm"', 'height="60mm"'), /square/],
    ['no ground', (text) => text.replace(/<rect[^>]*>/, ''), /ground/],
    ['a clip-path', (text) => text.replace('<path', '<path clip-path="url(#a)"'), /clipped/],
    [
      'a second path',
      (text) => text.replace('</svg>', '<path fill="#000" d="M0 0h1v1h-1z"/></svg>'),
      /one black path/,
    ],
    ['a module twice', (text) => text.replace('d="', 'd="M4 4h1v1h-1z'), /cover the module at 4 4/],
    ['half a module', (text) => text.replace('d="M4 4h7', 'd="M4 4h7.5'), /unknown/],
    ['a rectangle outside', (text) => text.replace('d="', 'd="M40 40h3v1h-3z'), /leaves the picture/],
    ['a shape with a step', (text) => text.replace('d="', 'd="M0 0h2v1h-1v1z'), /not a rectangle/],
    ['a triangle', (text) => text.replace('d="', 'd="M0 0h2v1z'), /not a rectangle/],
    ['an open end', (text) => text.replace(/z"/, '"'), /breaks off|not closed/],
    [
      'a picture of a billion modules',
      (text) => text.replace('0 0 41 41', '0 0 99999 99999'),
      /more than a symbol/,
    ],
  ])('refuses %s', (_, change, message) => {
    const read = () => readSvg(change(svg));
    expect(read).toThrow(ReadBackError);
    expect(read).toThrow(message);
  });
});
