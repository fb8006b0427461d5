import zlib from 'node:zlib';
import fc from 'fast-check';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { checkPrintSize, encodeSymbol, errorCorrections, printGeometry, ReadBackError } from './index';
import { readPng, writePng } from './png';
import { crc32, crc32ByTable } from './png-crc';

const url = 'http://weixin.qq.com/q/02kzIoRzvTcBl1xKzT1u5x';
const common = { sizeMm: 50, dotsPerInch: 600, quietZoneModules: 4 };

type Chunk = { type: string; data: Buffer };

function chunksOf(png: Uint8Array): Chunk[] {
  const file = Buffer.from(png);
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    chunks.push({
      type: file.toString('latin1', at + 4, at + 8),
      data: file.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function rebuild(png: Uint8Array, change: (chunk: Chunk) => Buffer | null): Buffer {
  const parts = [Buffer.from(png.subarray(0, 8))];
  for (const chunk of chunksOf(png)) {
    const data = change(chunk);
    if (!data) continue;
    const body = Buffer.concat([Buffer.from(chunk.type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeUInt32BE(crc32ByTable(body), 4);
    parts.push(frame.subarray(0, 4), body, frame.subarray(4));
  }
  return Buffer.concat(parts);
}

/** A PNG with one of its pixels turned; everything else, checksums included, as it should be. */
function turnPixel(png: Uint8Array, x: number, y: number): Buffer {
  return rebuild(png, ({ type, data }) => {
    if (type !== 'IDAT') return data;
    const raw = zlib.inflateSync(data);
    const stride = raw.length / 1_189;
    turnBits(raw, y * stride + 1 + (x >> 3), 0x80 >> (x & 7));
    return zlib.deflateSync(raw);
  });
}

describe('writePng', () => {
  const png = writePng(encodeSymbol(url, 'Q'), common);

  it('is 1-bit greyscale, not interlaced, of 1,189 px, and opens at exactly 50 mm', () => {
    const [header, physical, pixels, end] = chunksOf(png);
    expect([header?.type, physical?.type, pixels?.type, end?.type]).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
    expect(header?.data.readUInt32BE(0)).toBe(1_189);
    expect(header?.data.readUInt32BE(4)).toBe(1_189);
    expect([...(header?.data.subarray(8) ?? [])]).toEqual([1, 0, 0, 0, 0]);
    expect(physical?.data.readUInt32BE(0)).toBe(23_780);
    expect(physical?.data.readUInt32BE(4)).toBe(23_780);
    expect(physical?.data[8]).toBe(1);
    expect(png.length).toBeLessThan(3_000);
  });

  it('shows libpng the very modules, each 29 px wide, in a white quiet zone of 4', async () => {
    const matrix = encodeSymbol(url, 'Q');
    const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 1_189, height: 1_189, channels: 1 });
    for (let y = 0; y < 1_189; y++) {
      for (let x = 0; x < 1_189; x++) {
        const column = Math.floor(x / 29) - 4;
        const row = Math.floor(y / 29) - 4;
        const isInside = column >= 0 && row >= 0 && column < matrix.size && row < matrix.size;
        const dark = isInside ? matrix.cells[row * matrix.size + column] : 0;
        if (data[y * 1_189 + x] !== (dark ? 0 : 255)) expect.fail(`pixel ${x} ${y}`);
      }
    }
  });

  it('survives zlib, its Adler-32 and another reader at any size, level and quiet zone', () => {
    fc.assert(
      fc.property(
        fc.record({
          text: fc.stringMatching(/^[!-~]{1,120}$/),
          ec: fc.constantFrom(...errorCorrections),
          sizeMm: fc.double({ min: 3, max: 400, noNaN: true }),
          dotsPerInch: fc.integer({ min: 72, max: 2_400 }),
          quietZoneModules: fc.integer({ min: 4, max: 40 }),
        }),
        (print) => {
          const matrix = encodeSymbol(print.text, print.ec);
          fc.pre(checkPrintSize({ ...print, modules: matrix.size }) === null);
          const geometry = printGeometry({ ...print, modules: matrix.size });
          const { raster, sidePx, pixelsPerMetre } = readPng(writePng(matrix, print), geometry.pxPerModule);
          expect({ sidePx, pixelsPerMetre }).toEqual({
            sidePx: geometry.sidePx,
            pixelsPerMetre: geometry.pixelsPerMetre,
          });
          const quiet = print.quietZoneModules;
          expect(raster.side).toBe(matrix.size + 2 * quiet);
          raster.cells.forEach((cell, at) => {
            const x = (at % raster.side) - quiet;
            const y = Math.floor(at / raster.side) - quiet;
            const isInside = x >= 0 && y >= 0 && x < matrix.size && y < matrix.size;
            if (cell !== (isInside ? matrix.cells[y * matrix.size + x] : 0)) expect.fail(`module ${x} ${y}`);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([1, 2, 3, 5, 7, 8, 9, 16, 29, 64, 290])('writes modules of %i px', (pxPerModule) => {
    const matrix = encodeSymbol(url, 'L');
    const side = (matrix.size + 8) * pxPerModule;
    const file = writePng(matrix, { sizeMm: (side / 300) * 25.4, dotsPerInch: 300, quietZoneModules: 4 });
    expect(readPng(file, pxPerModule).sidePx).toBe(side);
  });

  it('is read by jsQR', async () => {
    for (const ec of errorCorrections) {
      const file = writePng(encodeSymbol(url, ec), { sizeMm: 20, dotsPerInch: 300, quietZoneModules: 4 });
      const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      expect(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(url);
    }
  });

  it('does not share its bytes with the next picture', () => {
    const before = Buffer.from(png).toString('hex');
    writePng(encodeSymbol('https://example.com/another', 'H'), common);
    expect(Buffer.from(png).toString('hex')).toBe(before);
  });

  it('refuses a thin quiet zone and a picture that is no picture', () => {
    const matrix = encodeSymbol(url, 'Q');
    expect(() => writePng(matrix, { ...common, quietZoneModules: 3 })).toThrow(RangeError);
    expect(() => writePng(matrix, { ...common, quietZoneModules: 4.5 })).toThrow(RangeError);
    expect(() => writePng(matrix, { ...common, sizeMm: 5_000, dotsPerInch: 2_400 })).toThrow(RangeError);
    expect(() => writePng(matrix, { ...common, sizeMm: Number.NaN })).toThrow(RangeError);
  });
});

describe('readPng', () => {
  const png = writePng(encodeSymbol(url, 'Q'), common);

  it('finds a single pixel that is not as its module', () => {
    expect(() => readPng(turnPixel(png, 4 * 29 + 13, 4 * 29 + 13), 29)).toThrow(/Row 129 differs/);
    expect(() => readPng(turnPixel(png, 0, 1_188), 29)).toThrow(/Row 1188 differs/);
  });

  it('finds modules of uneven width', () => {
    expect(() => readPng(png, 41)).toThrow(/uneven|differs/);
    expect(() => readPng(png, 30)).toThrow(/whole number of modules/);
  });

  it('understands every filter of PNG', () => {
    for (const filter of [1, 2, 3, 4]) {
      const filtered = rebuild(png, ({ type, data }) => {
        if (type !== 'IDAT') return data;
        const raw = zlib.inflateSync(data);
        const stride = raw.length / 1_189;
        const out = Buffer.from(raw);
        for (let y = 0; y < 1_189; y++) {
          out[y * stride] = filter;
          for (let i = 1; i < stride; i++) {
            const left = i > 1 ? (raw[y * stride + i - 1] ?? 0) : 0;
            const up = y > 0 ? (raw[(y - 1) * stride + i] ?? 0) : 0;
            const corner = i > 1 && y > 0 ? (raw[(y - 1) * stride + i - 1] ?? 0) : 0;
            const distances = [left, up, corner].map((value) => Math.abs(left + up - corner - value));
            const nearest = [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0;
            const guess = [0, left, up, (left + up) >> 1, nearest][filter] ?? 0;
            out[y * stride + i] = (raw[y * stride + i] ?? 0) - guess;
          }
        }
        return zlib.deflateSync(out);
      });
      expect(readPng(filtered, 29)).toEqual(readPng(png, 29));
    }
  });

  it.each<[string, (chunk: Chunk) => Buffer | null, RegExp]>([
    ['no pHYs', ({ type, data }) => (type === 'pHYs' ? null : data), /state its size/],
    ['no end', ({ type, data }) => (type === 'IEND' ? null : data), /breaks off/],
    ['an indexed picture', ({ type, data }) => (type === 'IHDR' ? withByte(data, 9, 3) : data), /palette/],
    ['colours', ({ type, data }) => (type === 'IHDR' ? withByte(data, 9, 2) : data), /greyscale/],
    ['interlace', ({ type, data }) => (type === 'IHDR' ? withByte(data, 12, 1) : data), /interlaced/],
    ['pHYs of no unit', ({ type, data }) => (type === 'pHYs' ? withByte(data, 8, 0) : data), /metres/],
    [
      'a bomb',
      ({ type, data }) => (type === 'IHDR' ? withByte(withByte(data, 0, 9), 4, 9) : data),
      /too many/,
    ],
    [
      'pixels beyond the last',
      ({ type, data }) => (type === 'IDAT' ? zlib.deflateSync(Buffer.alloc(10_000_000)) : data),
      /unpacked|as many pixels/,
    ],
    ['half of the pixels', ({ type, data }) => (type === 'IDAT' ? data.subarray(0, 900) : data), /unpacked/],
  ])('refuses %s', (_, change, message) => {
    const read = () => readPng(rebuild(png, change), 29);
    expect(read).toThrow(ReadBackError);
    expect(read).toThrow(message);
  });

  it('refuses a byte that was changed on the way', () => {
    for (const at of [0, 20, 50, 500, png.length - 3]) {
      const changed = Buffer.from(png);
      turnBits(changed, at, 1);
      expect(() => readPng(changed, 29)).toThrow(ReadBackError);
    }
  });
});

describe('crc32', () => {
  it('is that of the PNG specification, with and without zlib', () => {
    const check = new TextEncoder().encode('123456789');
    expect(crc32ByTable(check)).toBe(0xcbf43926);
    expect(crc32(check)).toBe(0xcbf43926);
  });
});

function turnBits(bytes: Buffer, at: number, mask: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ mask;
}

function withByte(data: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(data);
  changed[at] = byte;
  return changed;
}
